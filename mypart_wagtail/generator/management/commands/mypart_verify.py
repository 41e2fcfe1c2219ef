from typing import Any

from django.core.management.base import BaseCommand, CommandError

from mypart_wagtail.generator.models import Event, Snapshot
from mypart_wagtail.generator.verification import mismatches


class Command(BaseCommand):
    help = "Recompute every snapshot, PDF and chain of events, and name what does not match."

    def handle(self, *args: Any, **options: Any) -> None:
        found = 0
        for mismatch in mismatches():
            found += 1
            self.stdout.write(str(mismatch))
        checked = f"Checked {Snapshot.objects.count()} snapshots and {Event.objects.count()} events"
        if found:
            raise CommandError(f"{checked}: {found} mismatches.")
        self.stdout.write(f"{checked}: everything matches.")
