"""Reminding people of drafts before the deadline: three days and one day before it, once each."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import Q

from mypart_wagtail.batches import count_done
from mypart_wagtail.generator.events import append_event
from mypart_wagtail.generator.models import Event, FormDocument
from mypart_wagtail.grants.models import Application, Call
from mypart_wagtail.grants.permissions import may_edit
from mypart_wagtail.grants.receipts import send_draft_reminder

DAYS_BEFORE = (1, 3)
"""When people are reminded; the most pressing first, so that a late run sends that one alone."""


def remind_of_drafts(*, at: datetime) -> int:
    """Mail everyone with a draft whose reminder is due at ``at``; gives the number of drafts.

    Each reminder is an event of its draft, so that running this again sends nothing twice.
    """
    return count_done(_remind, _due(at))


def _due(at: datetime) -> Iterator[tuple[int, int, datetime]]:
    for call in Call.objects.open_at(at).order_by("pk"):
        days = next((days for days in DAYS_BEFORE if at >= call.deadline - timedelta(days=days)), None)
        if days is None:
            continue
        # Whoever began after the moment of a reminder needs none.
        drafts = Application.objects.filter(
            call=call,
            document__status=FormDocument.Status.DRAFT,
            document__created_at__lt=call.deadline - timedelta(days=days),
        )
        for pk in drafts.order_by("pk").values_list("pk", flat=True):
            yield pk, days, at


@transaction.atomic
def _remind(pk: int, days: int, at: datetime) -> bool:
    application = Application.objects.locked(pk)
    document = application.document
    reminded = Event.objects.filter(stream=document.uuid, name="reminded", payload={"days": days})
    if document.status != FormDocument.Status.DRAFT or not application.has_room or reminded.exists():
        return False
    append_event(stream=document.uuid, name="reminded", at=at, payload={"days": days})
    for person in _people_of(application):
        send_draft_reminder(person, application=application, at=at)
    return True


def _people_of(application: Application) -> list[Any]:
    """Everyone who has written in the draft and may still do so."""
    document = application.document
    wrote = Q(pk__in=[document.created_by_id, document.changed_by_id]) | Q(
        pk__in=document.changes.values("author")
    )
    people = get_user_model().objects.filter(wrote, is_active=True).exclude(email="").order_by("pk")
    return [person for person in people if may_edit(person, application)]
