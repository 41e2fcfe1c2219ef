"""The life of a document: started, submitted, corrected, withdrawn. Who may do so is its owner's business."""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import Any

import rfc8785
from django.core.files.base import ContentFile
from django.db import transaction

from mypart_wagtail.generator.events import append_event
from mypart_wagtail.generator.filled import FilledForm
from mypart_wagtail.generator.kinds import kind_of
from mypart_wagtail.generator.models import FormDocument, Snapshot
from mypart_wagtail.generator.rules import Failure, Severity, failures
from mypart_wagtail.generator.structure import FormTemplate
from mypart_wagtail.storage import removed_on_failure

STATUS_AFTER: dict[str, str] = {
    "started": FormDocument.Status.DRAFT,
    "submitted": FormDocument.Status.SUBMITTED,
    "correction_started": FormDocument.Status.CORRECTING,
    "correction_abandoned": FormDocument.Status.SUBMITTED,
    "withdrawn": FormDocument.Status.WITHDRAWN,
}
"""The status that follows from each event; other events leave it as it is."""


class NotComplete(Exception):
    """The form has gaps or wrong values; ``failures`` names them all."""

    def __init__(self, failures: list[Failure]) -> None:
        super().__init__(f"{len(failures)} checks failed")
        self.failures = failures


class WrongStatus(Exception):
    """The document is not in a state in which this can be done. ``status`` is the one it is in."""

    def __init__(self, status: str) -> None:
        super().__init__(status)
        self.status = status


@transaction.atomic
def start_document(
    actor: Any,
    *,
    kind: str,
    template: FormTemplate,
    data: dict[str, Any] | None = None,
    at: datetime | None = None,
) -> FormDocument:
    """A new draft of ``kind`` that follows ``template``, with its event ``started``."""
    document = FormDocument.objects.create(
        kind=kind,
        template_id=template.id,
        template_revision=template.revision,
        data=data or {},
        created_by=actor,
        changed_by=actor,
    )
    append_event(stream=document.uuid, name="started", actor=actor, at=at)
    return document


def errors(form: FilledForm) -> list[Failure]:
    """The failed checks that block submission."""
    return [failure for failure in failures(form) if failure.severity is Severity.ERROR]


@transaction.atomic
def submit_document(
    actor: Any, *, document: FormDocument, form: FilledForm, content: dict[str, Any], at: datetime
) -> Snapshot:
    """Freeze ``content`` as the next snapshot of ``document``, with its event ``submitted``.

    The revision of the template that ``form`` follows becomes the document's for good.

    ``document`` must be locked by the caller, who takes the file of the snapshot away, as with
    ``removed_on_failure``, if the rest of the transaction fails. Raises ``WrongStatus`` unless the document
    is open, ``NotComplete`` if a check fails.
    """
    if not document.is_open:
        raise WrongStatus(document.status)
    found = errors(form)
    if found:
        raise NotComplete(found)
    document.template_revision = form.template.revision
    document.save(update_fields=["template_revision"])
    snapshot = _freeze(actor, document=document, content=content, at=at)
    with removed_on_failure(snapshot.content):
        snapshot.save()
        payload = {"snapshot": str(snapshot.uuid), "number": snapshot.number, "sha256": snapshot.sha256}
        _record(actor, document, "submitted", at=at, payload=payload)
    return snapshot


@transaction.atomic
def start_correction(actor: Any, *, document: FormDocument) -> None:
    """Open the working copy of a submitted document: it is what was submitted, which stays in force.

    Raises ``SnapshotUnreadable`` where what was submitted cannot be read.
    """
    _require(document, FormDocument.Status.SUBMITTED)
    _put_back(document)
    _record(actor, document, "correction_started")


@transaction.atomic
def abandon_correction(actor: Any, *, document: FormDocument) -> None:
    """Throw the correction away: the working copy becomes again what was last submitted."""
    _require(document, FormDocument.Status.CORRECTING)
    _put_back(document)
    _record(actor, document, "correction_abandoned")


def _put_back(document: FormDocument) -> None:
    """Make the working copy what was last submitted."""
    content = document.snapshots.latest("number").read()
    document.data = with_hidden(content["data"], document.data)
    document.title = kind_of(document).form_from(content).title[:250]
    document.save(update_fields=["data", "title"])


def with_hidden(shown: dict[str, Any], kept: dict[str, Any]) -> dict[str, Any]:
    """``shown`` with what ``kept`` holds beside it: answers that the form does not ask for now.

    A call may ask for them again, and no answer given is ever lost.
    """
    restored = dict(kept)
    for key, value in shown.items():
        restored[key] = _with_hidden_cells(value, kept.get(key)) if isinstance(value, dict) else value
    return restored


def _with_hidden_cells(shown: dict[str, Any], kept: Any) -> dict[str, Any]:
    """A table as it was shown, each row with its cells in columns that are hidden now."""
    if "rows" not in shown or not isinstance(kept, dict):
        return shown
    known = {row: removed["cells"] for row, removed in kept.get("removed", {}).items()} | kept.get("rows", {})
    return shown | {"rows": {row: {**known.get(row, {}), **cells} for row, cells in shown["rows"].items()}}


@transaction.atomic
def withdraw_document(actor: Any, *, document: FormDocument, at: datetime) -> None:
    """Withdraw a submitted document. Its snapshots stay; nothing of it counts any more."""
    if not document.is_in_force:
        raise WrongStatus(document.status)
    _record(actor, document, "withdrawn", at=at)


def _freeze(actor: Any, *, document: FormDocument, content: dict[str, Any], at: datetime) -> Snapshot:
    """The next snapshot with its file stored; its row is for the caller to save."""
    canonical = rfc8785.dumps(content)
    snapshot = Snapshot(
        document=document,
        number=document.snapshots.count() + 1,
        template_id=document.template_id,
        template_revision=document.template_revision,
        sha256=hashlib.sha256(canonical).hexdigest(),
        submitted_at=at,
        submitted_by=actor,
    )
    snapshot.content.save(f"{snapshot.uuid}.json", ContentFile(canonical), save=False)
    return snapshot


def _require(document: FormDocument, status: FormDocument.Status) -> None:
    if document.status != status:
        raise WrongStatus(document.status)


def _record(actor: Any, document: FormDocument, event: str, **facts: Any) -> None:
    """Append ``event`` to the chain of ``document`` and give it the status that follows."""
    append_event(stream=document.uuid, name=event, actor=actor, **facts)
    document.status = STATUS_AFTER[event]
    document.save(update_fields=["status"])
