"""The chain of events: each hashes the one before it, so that nothing can be slipped in or taken out."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import rfc8785
from django.db import transaction
from django.utils import timezone

from mypart_wagtail.generator.models import Event


def append_event(
    *,
    stream: UUID,
    name: str,
    actor: Any = None,
    payload: dict[str, Any] | None = None,
    at: datetime | None = None,
) -> Event:
    """Add the event ``name`` (past tense, such as ``"submitted"``) to the chain of ``stream``.

    Call it inside the transaction of the deed, with the row that owns the stream locked, so that two
    deeds at once cannot take the same place; the unique sequence refuses the second if they do.
    ``actor`` is a user or None for the system itself; only its id is kept. ``payload`` holds ids, hashes
    and numbers as strings or integers.
    """
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError("append_event belongs into the transaction of its deed")
    last = Event.objects.filter(stream=stream).order_by("-sequence").first()
    event = Event(
        stream=stream,
        sequence=last.sequence + 1 if last else 1,
        name=name,
        at=at or timezone.now(),
        actor=str(actor.pk) if actor is not None and actor.pk is not None else "",
        payload=payload or {},
        previous=last.hash if last else "",
    )
    event.hash = event_hash(event)
    event.save()
    return event


def event_hash(event: Event) -> str:
    """SHA-256 over the canonical JSON of everything the event says, the hash before it included."""
    return hashlib.sha256(
        rfc8785.dumps(
            {
                "stream": str(event.stream),
                "sequence": event.sequence,
                "name": event.name,
                "at": event.at.astimezone(UTC).isoformat(timespec="microseconds"),
                "actor": event.actor,
                "payload": event.payload,
                "previous": event.previous,
            }
        )
    ).hexdigest()


def head(stream: UUID, *, before: datetime) -> str:
    """The hash of the last event of ``stream`` that happened before a moment; ``""`` where nothing had."""
    events = Event.objects.filter(stream=stream, at__lt=before).order_by("-sequence")
    return events.values_list("hash", flat=True).first() or ""


def broken_links(events: Iterable[Event]) -> list[Event]:
    """Events of one stream, in order, that do not follow from the one before them."""
    broken = []
    previous, sequence = "", 0
    for event in events:
        follows = event.previous == previous and event.sequence == sequence + 1
        if not follows or event.hash != event_hash(event):
            broken.append(event)
        previous, sequence = event.hash, event.sequence
    return broken
