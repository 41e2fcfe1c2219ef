from typing import Any

from django.core.management.base import BaseCommand, CommandError

from mypart_wagtail.generator.models import Snapshot
from mypart_wagtail.generator.services.snapshots import store_pdf


class Command(BaseCommand):
    help = "Make the PDFs that are missing: of tasks that failed, and of those whose worker died."

    def handle(self, *args: Any, **options: Any) -> None:
        made = failed = 0
        for snapshot in Snapshot.objects.awaiting_pdf().with_document().order_by("pk").iterator():
            try:
                store_pdf(snapshot)
            except Exception as error:  # noqa: BLE001 - one that fails must not hold up the others
                failed += 1
                self.stderr.write(f"Snapshot {snapshot.uuid} ({snapshot.checksum}): {error!r}")
            else:
                made += 1
        if failed:
            raise CommandError(f"Made {made}, failed {failed}.")
        self.stdout.write(f"Made {made}.")
