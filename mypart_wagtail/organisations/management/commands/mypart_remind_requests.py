"""Reminds of requests to join that nobody has answered for seven days. To be run every day."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from mypart_wagtail.organisations.services import remind_of_requests


class Command(BaseCommand):
    help = "Mail administrators of cards, and the staff who may decide, about requests unanswered for 7 days."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"Reminded of {remind_of_requests(at=timezone.now())} requests.")
