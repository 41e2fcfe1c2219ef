"""Recomputing everything that was submitted and everything that happened.

What lies in files, in rows and in the chains of events was written together, and each vouches for the
others. Whoever changes one of them is found out by the rest. Reads one record at a time, however many
there are.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from itertools import groupby

import rfc8785
from django.core.files.base import File
from django.core.files.storage import Storage
from django.db.models import OuterRef, Subquery
from django.utils import timezone

from mypart_wagtail.generator.events import broken_links
from mypart_wagtail.generator.kinds import public_name
from mypart_wagtail.generator.models import Event, FormDocument, Snapshot, SnapshotDamaged, SnapshotMissing
from mypart_wagtail.generator.services.documents import STATUS_AFTER
from mypart_wagtail.providers import providers_of

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
    yield from _of_snapshots()
    yield from _of_chains()
    yield from _of_submissions()
    yield from _of_statuses()
    yield from _of_files()
    for provide in providers_of(PREFIX):
        yield from provide()


def _of_snapshots() -> Iterator[Mismatch]:
    for snapshot in Snapshot.objects.with_document().order_by("pk").iterator():
        for problem in _snapshot_problems(snapshot):
            subject = f"Snapshot {snapshot.number} ({snapshot.checksum}) of {_called(snapshot.document)}"
            yield Mismatch(subject, problem)


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
    if snapshot.submitted_by_id and str(snapshot.submitted_by_id) != submitted.actor:
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
