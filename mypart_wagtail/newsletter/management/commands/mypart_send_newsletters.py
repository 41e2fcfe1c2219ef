from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from mypart_wagtail.newsletter.services.clock import send_due_editions
from mypart_wagtail.newsletter.services.sending import send_all_due


class Command(BaseCommand):
    help = "Begin to send the newsletters that are due, and send what failed or what a worker has left."

    def handle(self, *args: Any, **options: Any) -> None:
        begun = send_due_editions(at=timezone.now())
        self.stdout.write(f"Began {begun} editions, took up {send_all_due()} mails.")
