from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from mypart_wagtail.grants.services.reminders import remind_of_drafts


class Command(BaseCommand):
    help = "Remind people of drafts three days and one day before the deadline. Run it every hour or so."

    def handle(self, *args: Any, **options: Any) -> None:
        count = remind_of_drafts(at=timezone.now())
        self.stdout.write(f"Reminded of {count} drafts.")
