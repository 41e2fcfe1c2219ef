"""What becomes of a snapshot after its submission: its PDF is made, and one day it is erased."""

from __future__ import annotations

import hashlib
from datetime import datetime
from functools import partial
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.urls import reverse
from django.utils import translation
from wagtail.models import Site

from mypart_wagtail.generator.events import append_event
from mypart_wagtail.generator.kinds import kind_of
from mypart_wagtail.generator.models import FormDocument, Snapshot
from mypart_wagtail.generator.pdf import render_pdf
from mypart_wagtail.mail import absolute_url
from mypart_wagtail.storage import removed_on_failure


def pdf_of(snapshot: Snapshot, *, is_waited_for: bool = False) -> bytes:
    """The PDF of what was submitted, with the canonical JSON inside. Raises what ``render_pdf`` raises."""
    canonical = snapshot.read_bytes()
    content = snapshot.read()
    kind = kind_of(snapshot.document)
    form = kind.form_from(content)
    return render_pdf(
        form.blocks(content),
        title=form.title,
        language=form.template.language,
        checksum=snapshot.checksum,
        number=content["number"],
        submitted_at=snapshot.submitted_at,
        verified_at=_verified_at(kind.site_id(snapshot.document), form.template.language),
        attachment=canonical,
        is_waited_for=is_waited_for,
    )


def _verified_at(site_id: int | None, language: str) -> str:
    """The address where whoever holds the paper may verify it; ``""`` where the document has no site."""
    site = Site.objects.filter(pk=site_id).first()
    if site is None:
        return ""
    with translation.override(language):
        return absolute_url(site, reverse("mypart_generator:verify"))


def store_pdf(snapshot: Snapshot, *, is_waited_for: bool = False) -> None:
    """Make and store the PDF of ``snapshot``, with its event ``pdf_stored``, unless it has one or is erased.

    The PDF is made before anything is locked, so that nobody waits for it. Raises what
    ``render_pdf`` raises.
    """
    if not snapshot.awaits_pdf:
        return
    pdf = pdf_of(snapshot, is_waited_for=is_waited_for)
    with transaction.atomic():
        locked = _locked(snapshot)
        if not locked.awaits_pdf:
            return
        locked.pdf_sha256 = hashlib.sha256(pdf).hexdigest()
        locked.pdf.save(f"{locked.uuid}.pdf", ContentFile(pdf), save=False)
        with removed_on_failure(locked.pdf):
            locked.save(update_fields=["pdf", "pdf_sha256"])
            append_event(
                stream=locked.document.uuid,
                name="pdf_stored",
                payload={"snapshot": str(locked.uuid), "sha256": locked.pdf_sha256},
            )


@transaction.atomic
def erase_snapshot(actor: Any, *, snapshot: Snapshot, at: datetime) -> None:
    """Erase what was submitted, and its PDF, after the term of retention; the checksum stays.

    Once nothing submitted is left of a document, its working copy, who changed what in it, and what its kind
    keeps beside it are erased too. The chain of events stays whole, with the event ``erased`` at its end. The
    files go after the commit. Erasing twice is erasing once.
    """
    locked = _locked(snapshot)
    if locked.is_erased:
        return
    for file in filter(None, (locked.content, locked.pdf)):
        transaction.on_commit(partial(file.storage.delete, str(file.name)))
    locked.content = locked.pdf = ""  # type: ignore[assignment]
    locked.erased_at = at
    locked.save(update_fields=["content", "pdf", "erased_at"])
    if not locked.document.snapshots.filter(erased_at=None).exists():
        _erase_working_copy(locked.document)
    append_event(
        stream=locked.document.uuid,
        name="erased",
        actor=actor,
        at=at,
        payload={"snapshot": str(locked.uuid), "sha256": locked.sha256},
    )


def _erase_working_copy(document: FormDocument) -> None:
    document.changes.all().delete()
    document.data = {}
    document.title = ""
    document.save(update_fields=["data", "title"])
    kind_of(document).erased(document)


def _locked(snapshot: Snapshot) -> Snapshot:
    """The newest state of ``snapshot`` with its document, which owns the chain of events, locked."""
    return (
        Snapshot.objects.select_related("document")
        .select_for_update(of=("self", "document"))
        .get(pk=snapshot.pk)
    )
