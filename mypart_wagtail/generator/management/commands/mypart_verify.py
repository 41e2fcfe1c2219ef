from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from mypart_wagtail.generator.anchors import Anchor, anchor_problems
from mypart_wagtail.generator.models import Event, Snapshot
from mypart_wagtail.generator.verification import Mismatch, mismatches


class Command(BaseCommand):
    help = "Recompute every snapshot, PDF and chain of events, and name what does not match."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--anchor",
            type=Path,
            metavar="FILE",
            help="Compare with the last line of FILE too, and add one for today if everything matches.",
        )

    def handle(self, *args: Any, anchor: Path | None = None, **options: Any) -> None:
        found = 0
        for mismatch in self._mismatches(anchor):
            found += 1
            self.stdout.write(str(mismatch))
        checked = f"Checked {Snapshot.objects.count()} snapshots and {Event.objects.count()} events"
        if found:
            raise CommandError(f"{checked}: {found} mismatches.")
        if anchor:
            self._add_line(anchor)
        self.stdout.write(f"{checked}: everything matches.")

    def _mismatches(self, anchor: Path | None) -> Iterator[Mismatch]:
        yield from mismatches()
        if anchor and anchor.exists():
            yield from anchor_problems(anchor.read_text().splitlines())

    def _add_line(self, anchor: Path) -> None:
        try:
            with anchor.open("a") as file:
                file.write(f"{Anchor.of_now()}\n")
        except OSError as error:
            raise CommandError(f"Nothing can be written to {anchor}: {error}") from error
