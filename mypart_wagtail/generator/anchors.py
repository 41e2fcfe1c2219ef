"""One line a day, kept where nobody who can change the database can change it.

A chain shows what was altered or taken out within it. What was taken off its end, or a chain taken out whole,
it does not show: nothing is left that would point to it. So a line tells of all events at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from django.utils import timezone

from mypart_wagtail.generator.models import Event
from mypart_wagtail.generator.verification import Mismatch

ON_THE_WAY = timedelta(minutes=15)
"""Events as old as that have all been written, those too whose requests had to wait."""


@dataclass(frozen=True)
class Anchor:
    """All events from before ``until``: how many there are, and a SHA-256 over their hashes in order."""

    until: datetime
    count: int
    sha256: str

    @classmethod
    def of_now(cls) -> Anchor:
        return cls.of(timezone.now() - ON_THE_WAY)

    @classmethod
    def of(cls, until: datetime) -> Anchor:
        """All events from before ``until``, read in portions, however many there are."""
        digest, count = sha256(), 0
        events = Event.objects.filter(at__lt=until).order_by("stream", "sequence")
        for each in events.values_list("hash", flat=True).iterator():
            digest.update(each.encode())
            count += 1
        return cls(until, count, digest.hexdigest())

    @classmethod
    def read(cls, line: str) -> Anchor:
        """The anchor that ``line`` tells of. Raises ``ValueError``."""
        until, count, digest = line.split()
        return cls(datetime.fromisoformat(until), int(count), digest)

    def __str__(self) -> str:
        return f"{self.until.isoformat()} {self.count} {self.sha256}"


def anchor_problems(lines: Iterable[str]) -> Iterator[Mismatch]:
    """Whether the events are still those of the last of ``lines``, which tells of all before it too."""
    written = [line for line in lines if line.strip()]
    if not written:
        return
    try:
        kept = Anchor.read(written[-1])
        found = Anchor.of(kept.until)
    except (ValueError, TypeError):
        yield Mismatch("Anchor", f"its last line cannot be read: {written[-1].strip()}")
        return
    subject = f"Anchor of {kept.until.isoformat()}"
    if found.count != kept.count:
        yield Mismatch(subject, f"it was made of {kept.count} events, {found.count} are there")
    elif found.sha256 != kept.sha256:
        yield Mismatch(subject, "the events before it are not those it was made of")
