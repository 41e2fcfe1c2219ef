from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from mypart_wagtail.newsletter.services.subscribing import erase_old


class Command(BaseCommand):
    help = "Erase addresses that nobody confirmed, and who was sent which newsletter. Run it once a day."

    def handle(self, *args: Any, **options: Any) -> None:
        unconfirmed, deliveries = erase_old(at=timezone.now())
        self.stdout.write(f"Erased {unconfirmed} unconfirmed addresses and {deliveries} deliveries.")
