"""The events of an offer or a call in words, with who did what, for staff."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib.auth import get_user_model
from django.utils.translation import gettext_lazy as _

from mypart_wagtail.generator.fields import Words
from mypart_wagtail.generator.models import Event
from mypart_wagtail.people import name_of

EVENT_NAMES: dict[str, Words] = {
    "started": _("Draft begun"),
    "reminded": _("Reminded that the draft is not submitted"),
    "signer_asked": _("A signer asked to submit"),
    "submitted": _("Submitted"),
    "pdf_stored": _("PDF made"),
    "correction_started": _("Correction begun"),
    "correction_abandoned": _("Correction thrown away"),
    "authorisation_confirmed": _("Authorisation confirmed"),
    "withdrawn": _("Withdrawn"),
    "opened": _("Opened by staff"),
    "erased": _("Content erased after the term of retention"),
    # Of a call.
    "announced": _("Announced"),
    "changed": _("Terms changed"),
    "short_notice_allowed": _("Less than 21 days allowed, with a reason"),
    "intake_ended_early": _("Intake ended early"),
    "cancelled": _("Call cancelled"),
    "source_named": _("Another source page named"),
    "offer_submitted": _("Offer submitted"),
    "offer_withdrawn": _("Offer withdrawn"),
}

OF_OFFERS = ("offer_submitted", "offer_withdrawn")
"""Events of a call that tell who has an offer in it."""


@dataclass(frozen=True)
class Happening:
    """One event as people read it. ``who`` is ``""`` for the system itself."""

    sequence: int
    name: Words
    at: datetime
    who: Words
    hash: str


def history(stream: UUID, *, sealed: Collection[str] = (), left_out: Collection[str] = ()) -> list[Happening]:
    """What happened to the document or call ``stream``, in order; two queries.

    Who did it is not told of events named in ``sealed``; those named in ``left_out`` are not told at all.
    """
    events = list(Event.objects.filter(stream=stream).exclude(name__in=left_out).order_by("sequence"))
    actors = {event.actor for event in events if event.actor}
    people = {str(user.pk): user for user in get_user_model().objects.filter(pk__in=actors)}
    return [
        Happening(
            sequence=event.sequence,
            name=EVENT_NAMES.get(event.name, event.name),
            at=event.at,
            who=_("sealed") if event.name in sealed else _who(event, people),
            hash=event.hash,
        )
        for event in events
    ]


def _who(event: Event, people: Mapping[str, Any]) -> str:
    return name_of(people.get(event.actor)) if event.actor else ""
