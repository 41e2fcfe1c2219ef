"""Recomputing everything that was submitted and everything that happened.

What lies in files, in rows and in the chains of events was written together, and each vouches for the
others. Whoever changes one of them is found out by the rest. Reads one record at a time, however many
there are.
"""

from __future__ import annotations

import hashlib
import json
import logging
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from itertools import groupby

import rfc8785
from django.core.files.base import File
from django.core.files.storage import Storage
from django.db.models import OuterRef, Subquery
from django.utils import timezone

from mypart_wagtail.generator.accounts import was_deleted
from mypart_wagtail.generator.events import broken_links
from mypart_wagtail.generator.kinds import kind_of, public_name
from mypart_wagtail.generator.models import (
    Event,
    FormDocument,
    Snapshot,
    SnapshotDamaged,
    SnapshotMissing,
    SnapshotUnreadable,
)
from mypart_wagtail.generator.services.documents import STATUS_AFTER
from mypart_wagtail.providers import providers_of

logger = logging.getLogger("mypart_wagtail.verification")

PREFIX = "verification."
"""Providers under this prefix, ``() -> Iterator[Mismatch]``, compare what documents are for with them."""
LONGEST_TRANSACTION = timedelta(minutes=10)


@dataclass(frozen=True)
class Mismatch:
    """``subject`` names what it is about, ``problem`` says what is wrong with it."""

    subject: str
    problem: str

    def __str__(self) -> str:
        return f"{self.subject}: {self.problem}"


def mismatches() -> Iterator[Mismatch]:
    """Everything that does not match: snapshots, chains of events, statuses of documents, stored files."""
    checks = (_of_snapshots, _of_chains, _of_submissions, _of_statuses, _of_working_copies, _of_files)
    for check in (*checks, *providers_of(PREFIX)):
        yield from _to_its_end(check)


def _to_its_end(check: Callable[[], Iterable[Mismatch]]) -> Iterator[Mismatch]:
    """What ``check`` finds; that it broke off is one more finding."""
    try:
        yield from check()
    except Exception as error:
        logger.exception("A check broke off")
        yield Mismatch(f"Check {check.__module__}.{check.__qualname__}", _broke_off(error))


def told(subject: str, problems: Iterable[str]) -> Iterator[Mismatch]:
    """Each of the ``problems`` of one record. Where finding them breaks off, that is one more, and no other
    record goes unchecked because of it.
    """
    try:
        for problem in problems:
            yield Mismatch(subject, problem)
    except Exception as error:
        logger.exception("%s cannot be checked", subject)
        yield Mismatch(subject, _broke_off(error))


def _broke_off(error: Exception) -> str:
    return f"it cannot be checked to the end ({type(error).__name__}: {error})"


def _of_snapshots() -> Iterator[Mismatch]:
    for snapshot in Snapshot.objects.with_document().order_by("pk").iterator():
        subject = f"Snapshot {snapshot.number} ({snapshot.checksum}) of {_called(snapshot.document)}"
        yield from told(subject, _snapshot_problems(snapshot))


def _snapshot_problems(snapshot: Snapshot) -> Iterator[str]:
    yield from _row_problems(snapshot)
    if snapshot.is_erased:
        if not _event(snapshot, "erased"):
            yield "no event says that it was erased"
        return
    yield from _content_problems(snapshot)
    yield from _pdf_problems(snapshot)


def _row_problems(snapshot: Snapshot) -> Iterator[str]:
    submitted = _event(snapshot, "submitted")
    if submitted is None:
        yield "no event says that it was submitted"
        return
    if submitted.payload.get("sha256") != snapshot.sha256:
        yield "its checksum is not the one in the event of its submission"
    if submitted.payload.get("number") != snapshot.number:
        yield "its number is not the one in the event of its submission"
    if submitted.at != snapshot.submitted_at:
        yield "its time is not that of the event of its submission"
    if is_another(snapshot.submitted_by_id, submitted.actor):
        yield "who submitted it is not who the event of its submission names"


def _content_problems(snapshot: Snapshot) -> Iterator[str]:
    try:
        content = snapshot.read_bytes()
    except SnapshotDamaged:
        yield "its content does not have its checksum"
    except SnapshotMissing as error:
        yield f"its content cannot be read ({type(error.__cause__).__name__})"
    else:
        if not _is_canonical(content):
            yield "its content is not canonical JSON"
        yield from _template_problems(snapshot, content)


def _template_problems(snapshot: Snapshot, content: bytes) -> Iterator[str]:
    """By another template than it was filled in the same answers would be read otherwise."""
    filled_in = json.loads(content).get("template", {})
    known = {"id": snapshot.template_id, "revision": snapshot.template_revision}
    for name, value in known.items():
        if filled_in.get(name, value) != value:
            yield f"template_{name} is {value}, it was filled in by {filled_in[name]}"


def _is_canonical(content: bytes) -> bool:
    try:
        return rfc8785.dumps(json.loads(content)) == content
    except (ValueError, rfc8785.CanonicalizationError):
        return False


def _pdf_problems(snapshot: Snapshot) -> Iterator[str]:
    stored = _event(snapshot, "pdf_stored")
    if not snapshot.pdf:
        if stored:
            yield "its PDF is gone"
        return
    if stored is None or stored.payload.get("sha256") != snapshot.pdf_sha256:
        yield "the checksum of its PDF is not the one in the event of its making"
    try:
        with snapshot.pdf.open("rb") as file:
            digest = _digest(file)
    except Exception as error:  # noqa: BLE001 - each storage has its own way to say that a file is gone
        yield f"its PDF cannot be read ({type(error).__name__})"
    else:
        if digest != snapshot.pdf_sha256:
            yield "its PDF does not have its checksum"


def _digest(file: File) -> str:
    digest = hashlib.sha256()
    for chunk in file.chunks():
        digest.update(chunk)
    return digest.hexdigest()


def _event(snapshot: Snapshot, name: str) -> Event | None:
    return Event.objects.filter(
        stream=snapshot.document.uuid, name=name, payload__snapshot=str(snapshot.uuid)
    ).first()


def _of_chains() -> Iterator[Mismatch]:
    events = Event.objects.order_by("stream", "sequence").iterator()
    for stream, chain in groupby(events, key=lambda event: event.stream):
        for event in broken_links(chain):
            subject = f"Event {event.sequence} ({event.name}) of {stream}"
            yield Mismatch(subject, "it was changed, or what stood before it was changed or taken out")


def _of_submissions() -> Iterator[Mismatch]:
    """Snapshots that events tell of and that are there no more."""
    for event in Event.objects.filter(name="submitted").order_by("pk").iterator():
        kept = Snapshot.objects.filter(document__uuid=event.stream).values_list("uuid", flat=True)
        if event.payload.get("snapshot") not in map(str, kept):
            subject = f"Event {event.sequence} ({event.name}) of {event.stream}"
            yield Mismatch(subject, "the snapshot it tells of is gone")


def _of_statuses() -> Iterator[Mismatch]:
    """The status of a document follows from its events, and so tells of events taken off the end."""
    last = Event.objects.filter(stream=OuterRef("uuid"), name__in=STATUS_AFTER).order_by("-sequence")
    documents = FormDocument.objects.annotate(last_event=Subquery(last.values("name")[:1])).defer("data")
    for document in documents.order_by("pk").iterator():
        if STATUS_AFTER.get(document.last_event) != document.status:
            problem = f"its status is {document.status}, its last event is {document.last_event}"
            yield Mismatch(_called(document), problem)


def _of_working_copies() -> Iterator[Mismatch]:
    """What a correction would begin with, and pages show of a document, beside what was submitted.

    One at a time, since working copies are large.
    """
    documents = FormDocument.objects.filter(status=FormDocument.Status.SUBMITTED).defer("data")
    for document in documents.order_by("pk").iterator():
        yield from told(_called(document), _copy_problems(document))


def _copy_problems(document: FormDocument) -> Iterator[str]:
    last = document.snapshots.order_by("-number").first()
    if last is None:
        yield "it is submitted, and nothing was submitted"
        return
    try:
        content = last.read()
    except SnapshotUnreadable:
        return  # Told of the snapshot itself, unless it was erased.
    kept = FormDocument.objects.values_list("data", flat=True).get(pk=document.pk)
    # Read as it was submitted: the copy also holds what was removed and what the form does not ask for now.
    if kind_of(document).form_from(content | {"data": kept}).answers() != content["data"]:
        yield "its working copy is not what was submitted"
    if document.template_revision != last.template_revision:
        yield f"template_revision is {document.template_revision}, {last.template_revision} was submitted"


def is_another(user: int | None, actor: str) -> bool:
    """Whether a column names somebody else than the event, ``actor``, does.

    An account that was deleted leaves its columns empty, and an event that tells so.
    """
    if user is None:
        return bool(actor) and not was_deleted(actor)
    return str(user) != actor


def _of_files() -> Iterator[Mismatch]:
    """Files that no snapshot knows of: left by a server that died, or put there by someone."""
    for field in (Snapshot.content.field, Snapshot.pdf.field):
        known = set(Snapshot.objects.values_list(field.name, flat=True))
        for path in _stored(field.storage, str(field.upload_to)):
            if path not in known and _is_settled(field.storage, path):
                yield Mismatch(f"File {path}", "no snapshot knows of it")


def _stored(storage: Storage, folder: str) -> list[str]:
    try:
        return [f"{folder}{name}" for name in storage.listdir(folder)[1]]
    except FileNotFoundError:  # Nothing was ever stored.
        return []


def _is_settled(storage: Storage, path: str) -> bool:
    """Whether the transaction that stored the file must be over."""
    return timezone.now() - storage.get_modified_time(path) > LONGEST_TRANSACTION


def _called(document: FormDocument) -> str:
    name = public_name(document)
    return f"document {document.uuid}" + (f" ({name})" if name else "")
