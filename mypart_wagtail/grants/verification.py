"""Whether the lists of offers say what was submitted, and versions of calls what was announced."""

from __future__ import annotations

from collections.abc import Iterator

from mypart_wagtail.generator.models import Event, FormDocument, Snapshot, SnapshotDamaged
from mypart_wagtail.generator.verification import Mismatch
from mypart_wagtail.grants.announcing import facts_digest
from mypart_wagtail.grants.kind import ApplicationKind
from mypart_wagtail.grants.models import Application
from mypart_wagtail.grants.models.call import CallVersion
from mypart_wagtail.grants.offer_template import offer_template_of


def mismatches() -> Iterator[Mismatch]:
    """Offers and versions of calls that their chains of events do not tell of as they are."""
    submitted = Application.objects.with_parts().defer("document__data").exclude(sequence=None).order_by("pk")
    for application in submitted.iterator():
        for problem in _offer_problems(application):
            yield Mismatch(f"Offer {application.number or application.uuid}", problem)
    for version in CallVersion.objects.select_related("call").order_by("pk").iterator():
        for problem in _version_problems(version):
            yield Mismatch(f"Version {version.number} of call {version.call.code}", problem)


def _offer_problems(application: Application) -> Iterator[str]:
    snapshot = application.document.snapshots.order_by("-number").first()
    if snapshot is None:
        yield "it has a number, and nothing was submitted"
        return
    told = _event(application, "offer_submitted", sha256=snapshot.sha256)
    if told is None:
        yield "the chain of its call does not tell of the version in force"
    elif told.payload.get("number") != application.number:
        yield f"the chain of its call tells of it as {told.payload.get('number')}"
    if application.document.status == FormDocument.Status.WITHDRAWN and not _event(
        application, "offer_withdrawn"
    ):
        yield "the chain of its call does not tell that it was withdrawn"
    if not snapshot.is_erased:
        yield from _column_problems(application, snapshot)


def _column_problems(application: Application, snapshot: Snapshot) -> Iterator[str]:
    """What lists show of an offer, beside what was submitted."""
    try:
        content = snapshot.read()
    except (SnapshotDamaged, OSError):
        return  # Told of the snapshot itself.
    form = ApplicationKind().form_from(content)
    template = offer_template_of(form)
    for name, value in (
        ("number", content["number"]),
        ("total_cost", template.total_cost(form)),
        ("grant_requested", template.grant(form)),
    ):
        if getattr(application, name) != value:
            yield f"{name} is {getattr(application, name)}, {value} was submitted"


def _version_problems(version: CallVersion) -> Iterator[str]:
    names = ("announced", "changed")
    events = Event.objects.filter(stream=version.call.uuid, name__in=names, payload__version=version.number)
    told = events.first()
    if told is None:
        yield "the chain of the call does not tell of it"
    elif told.payload.get("facts_sha256", facts_digest(version.facts)) != facts_digest(version.facts):
        yield "its facts are not those that were announced"


def _event(application: Application, name: str, **payload: str) -> Event | None:
    wanted = {f"payload__{key}": value for key, value in payload.items()}
    told = Event.objects.filter(stream=application.call.uuid, name=name, **wanted)
    return told.filter(payload__application=str(application.uuid)).first()
