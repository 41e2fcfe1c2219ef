"""Reminds organisations to look at their profile once a year. To be run every day."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from mypart_wagtail.organisations.services import remind_of_profiles


class Command(BaseCommand):
    help = "Mail administrators of organisations whose profile was last confirmed a year ago or more."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"Reminded of {remind_of_profiles(at=timezone.now())} profiles.")
