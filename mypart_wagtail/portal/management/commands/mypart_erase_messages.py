from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from mypart_wagtail.portal.services import erase_old_messages


class Command(BaseCommand):
    help = "Erase messages that nobody confirmed, and those older than their site keeps. Run it once a day."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"Erased {erase_old_messages(at=timezone.now())} messages.")
