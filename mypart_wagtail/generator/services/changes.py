"""Autosave: applying what people type, one small deed at a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mypart_wagtail.generator.deeds import MOST_KEPT, MOST_TYPED, Conflict, Deed, DeedRefused, SetField
from mypart_wagtail.generator.fields import Words
from mypart_wagtail.generator.filled import FilledForm, address, characters
from mypart_wagtail.generator.kinds import Access, kind_of
from mypart_wagtail.generator.models import Change, FormDocument

MOST_CHANGES = 100
MOST_CHARACTERS = 4 * MOST_TYPED
"""What is applied under one lock: so much, and no other person waits long. One change always fits: the
longest text, based on the longest text."""


class Result(StrEnum):
    APPLIED = "applied"
    CONFLICT = "conflict"
    REFUSED = "refused"


@dataclass(frozen=True)
class ChangeRequest:
    """A deed with the id its browser made for it; the same id is the same change, however often it comes."""

    id: UUID
    deed: Deed


@dataclass(frozen=True)
class Outcome:
    """What became of a change. In a conflict ``current`` is the text that stands there now."""

    id: UUID
    result: Result
    message: Words = ""
    current: str = ""


def apply_changes(
    actor: Any, *, document: FormDocument, changes: Sequence[ChangeRequest]
) -> tuple[FilledForm, list[Outcome]]:
    """Apply ``changes`` in their order to the newest state of ``document``.

    Each is applied, found in conflict, or refused on its own: one that fails does not hold up the others.
    They go in portions, each in a transaction of its own, so that the document is never locked for long;
    their texts are cleaned before.
    Safe to retry. Raises ``PermissionDenied`` unless ``actor`` may edit the document.
    """
    outcomes: list[Outcome] = []
    for portion in portions(changes) or [[]]:
        for change in portion:
            change.deed.prepare()
        form, found = _apply_portion(actor, document, portion)
        outcomes += found
    return form, outcomes


def portions(changes: Sequence[ChangeRequest]) -> list[list[ChangeRequest]]:
    """``changes`` in their order, each portion within what is applied under one lock."""
    found: list[list[ChangeRequest]] = []
    room = 0
    for change in changes:
        if not found or len(found[-1]) == MOST_CHANGES or change.deed.characters > room:
            found.append([])
            room = MOST_CHARACTERS
        found[-1].append(change)
        room -= change.deed.characters
    return found


@transaction.atomic
def _apply_portion(
    actor: Any, document: FormDocument, changes: Sequence[ChangeRequest]
) -> tuple[FilledForm, list[Outcome]]:
    locked = lock(document)
    kind = kind_of(locked)
    if kind.access(actor, locked) < Access.EDIT:
        raise PermissionDenied
    form = kind.form(locked)
    seen = set(locked.changes.filter(uuid__in=[c.id for c in changes]).values_list("uuid", flat=True))
    room = MOST_KEPT - characters(form.data)
    outcomes = []
    applied = []
    for change in changes:
        if change.id in seen:
            outcomes.append(Outcome(change.id, Result.APPLIED))
            continue
        outcome = _apply(form, locked, change, room)
        outcomes.append(outcome)
        if outcome.result is Result.APPLIED:
            seen.add(change.id)
            room -= change.deed.growth
            applied.append(_record(actor, locked, change))
    if applied:
        Change.objects.bulk_create(applied)
        locked.title = form.title[:250]
        locked.changed_at = applied[-1].at
        locked.changed_by = actor
        locked.save(update_fields=["data", "title", "changed_at", "changed_by"])
    return form, outcomes


def lock(document: FormDocument) -> FormDocument:
    """The newest state of ``document``, locked until the transaction ends, joined as its kind says."""
    return kind_of(document).documents().select_for_update(of=("self",)).get(pk=document.pk)


def _apply(form: FilledForm, document: FormDocument, change: ChangeRequest, room: int) -> Outcome:
    """What became of ``change``, which may make the form longer by ``room`` characters."""
    if not document.is_open:
        return Outcome(
            change.id, Result.REFUSED, _("This version is submitted. Open a correction to change it.")
        )
    if change.deed.growth > max(room, 0):
        message = _("The whole form is too long to be kept. Shorten texts that are over their limit first.")
        return Outcome(change.id, Result.REFUSED, message)
    try:
        change.deed.apply(form)
    except Conflict as conflict:
        message = _("Someone else has changed this in the meantime.")
        return Outcome(change.id, Result.CONFLICT, message, conflict.current)
    except DeedRefused as refused:
        return Outcome(change.id, Result.REFUSED, refused.message)
    return Outcome(change.id, Result.APPLIED)


def _record(actor: Any, document: FormDocument, change: ChangeRequest) -> Change:
    deed = change.deed
    path = deed.path if isinstance(deed, SetField) else address(deed.table, deed.row)
    return Change(
        document=document, uuid=change.id, deed=deed.name, path=path, author=actor, at=timezone.now()
    )
