"""Whether lists of offers say what was submitted, and records of calls what was announced and done."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from mypart_wagtail.generator.models import Event, FormDocument, Snapshot, SnapshotUnreadable
from mypart_wagtail.generator.verification import Mismatch, is_another, told
from mypart_wagtail.grants.call_verification import call_problems, version_problems
from mypart_wagtail.grants.content import utc
from mypart_wagtail.grants.kind import ApplicationKind
from mypart_wagtail.grants.models import Application, Call
from mypart_wagtail.grants.models.call import CallVersion
from mypart_wagtail.grants.offer_template import offer_template_of


def mismatches() -> Iterator[Mismatch]:
    """Offers, calls and versions of calls that their chains of events do not tell of as they are."""
    submitted = Application.objects.with_parts().defer("document__data").exclude(sequence=None).order_by("pk")
    for application in submitted.iterator():
        yield from told(f"Offer {application.number or application.uuid}", _offer_problems(application))
    for version in CallVersion.objects.select_related("call").order_by("pk").iterator():
        yield from told(f"Version {version.number} of call {version.call.code}", version_problems(version))
    for call in Call.objects.with_parts().order_by("pk").iterator():
        yield from told(f"Call {call.code}", call_problems(call))


def _offer_problems(application: Application) -> Iterator[str]:
    versions = list(application.document.snapshots.order_by("-number"))
    if not versions:
        yield "it has a number, and nothing was submitted"
        return
    for snapshot in versions:
        yield from _submission_problems(application, snapshot, is_in_force=snapshot is versions[0])
    is_withdrawn = application.document.status == FormDocument.Status.WITHDRAWN
    if is_withdrawn != bool(_of_call(application, "offer_withdrawn")):
        word = "does not tell" if is_withdrawn else "tells"
        yield f"the chain of its call {word} that it was withdrawn"
    yield from _column_problems(application, versions[0])


def _submission_problems(application: Application, snapshot: Snapshot, *, is_in_force: bool) -> Iterator[str]:
    entry = _of_call(application, "offer_submitted", sha256=snapshot.sha256)
    if entry is None:
        which = "the version in force" if is_in_force else f"version {snapshot.number}"
        yield f"the chain of its call does not tell of {which}"
        return
    if entry.payload.get("number") != application.number:
        yield f"the chain of its call tells of it as {entry.payload.get('number')}"
    if entry.at != snapshot.submitted_at:
        yield f"the chain of its call tells that version {snapshot.number} was submitted {utc(entry.at)}"


def _of_call(application: Application, name: str, **payload: str) -> Event | None:
    wanted = {f"payload__{key}": value for key, value in payload.items()}
    entries = Event.objects.filter(stream=application.call.uuid, name=name, **wanted)
    return entries.filter(payload__application=str(application.uuid)).first()


def _column_problems(application: Application, snapshot: Snapshot) -> Iterator[str]:
    """What lists show of an offer, beside what was submitted and what was done since."""
    yield from _confirmation_problems(application)
    columns: list[tuple[str, Any, Any]] = [("submitted_at", application.submitted_at, snapshot.submitted_at)]
    if snapshot.is_erased:
        columns.append(("title", application.title, ""))
    else:
        columns += _as_submitted(application, snapshot)
    for name, shown, submitted in columns:
        if shown != submitted:
            yield f"{name} is {shown}, {submitted} was submitted"


def _as_submitted(application: Application, snapshot: Snapshot) -> list[tuple[str, Any, Any]]:
    """Columns by name, as they are and as ``snapshot`` has them; none where it cannot be read."""
    try:
        content = snapshot.read()
    except SnapshotUnreadable:
        return []  # Told of the snapshot itself.
    form = ApplicationKind().form_from(content)
    template = offer_template_of(form)
    version = application.call_version
    found = [
        ("number", application.number, content["number"]),
        ("title", application.title, form.title[:250]),
        ("total_cost", application.total_cost, template.total_cost(form)),
        ("grant_requested", application.grant_requested, template.grant(form)),
        ("organisation", str(application.organisation.uuid), content["organisation"]["uuid"]),
        ("call", str(application.call.uuid), content["call"]["uuid"]),
        ("call_version", version and version.number, content["call"]["version"]),
    ]
    if application.authorisation != Application.Authorisation.CONFIRMED:
        found.append(("authorisation", application.authorisation, content["authorisation"]))
    return found


def _confirmation_problems(application: Application) -> Iterator[str]:
    """That somebody confirmed the version in force is told by an event after that of its submission."""
    events = Event.objects.filter(stream=application.document.uuid)
    last = events.filter(name="submitted").order_by("-sequence").first()
    entry = events.filter(name="authorisation_confirmed", sequence__gt=last.sequence if last else 0).first()
    is_confirmed = application.authorisation == Application.Authorisation.CONFIRMED
    if is_confirmed and entry is None:
        yield "no event says that it was confirmed"
    elif entry is not None and not is_confirmed:
        yield f"its authorisation is {application.authorisation}, an event says that it was confirmed"
    elif entry is not None and application.confirmed_at != entry.at:
        yield f"confirmed_at is {application.confirmed_at}, the event says {entry.at}"
    elif entry is not None and is_another(application.confirmed_by_id, entry.actor):
        yield "it was not confirmed by whom it names"
