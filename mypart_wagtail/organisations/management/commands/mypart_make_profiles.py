"""Makes the profiles that the directories lack, where the task that makes them could not."""

from typing import Any

from django.core.management.base import BaseCommand

from mypart_wagtail.organisations.services import make_profiles


class Command(BaseCommand):
    help = "Make the profile of every organisation in a directory that has none."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"Made {make_profiles()} profiles.")
