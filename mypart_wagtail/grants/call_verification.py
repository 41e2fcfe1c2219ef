"""Whether the record of a call is what its chain of events tells: versions, columns, acts, and its list."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256
from typing import Any

from django.utils import timezone

from mypart_wagtail.generator.models import Event, Snapshot
from mypart_wagtail.generator.models.snapshot import short_checksum
from mypart_wagtail.generator.verification import is_another
from mypart_wagtail.grants.announcing import COLUMNS, facts_digest
from mypart_wagtail.grants.content import utc
from mypart_wagtail.grants.models import Call
from mypart_wagtail.grants.models.call import CallVersion
from mypart_wagtail.grants.terms import CallTerms

CHANGES = ("announced", "changed")
"""Events that tell of a new version."""

ACTS = {"intake_ended_early": "ended_early", "cancelled": "cancelled"}
"""Events that columns tell of too, ``…_at`` and ``…_reason``, with what those begin with."""


def version_problems(version: CallVersion) -> Iterator[str]:
    """What the chain of its call does not tell of ``version`` as it is."""
    told = _events(version.call, *CHANGES).filter(payload__version=version.number).first()
    if told is None:
        yield "the chain of the call does not tell of it"
    else:
        if told.payload.get("facts_sha256", facts_digest(version.facts)) != facts_digest(version.facts):
            yield "its facts are not those that were announced"
        if told.at != version.published_at:
            yield f"published_at is {version.published_at}, the event says {told.at}"
        if is_another(version.published_by_id, told.actor):
            yield "who published it is not who the event names"
    yield from _short_notice_problems(version)


def _short_notice_problems(version: CallVersion) -> Iterator[str]:
    """A reason for less than 21 days is told of once, by the first version that has it."""
    reason = version.short_notice_reason
    before = version.call.versions.filter(number__lt=version.number).order_by("-number").first()
    if not reason or (before is not None and before.short_notice_reason == reason):
        return
    told = _events(version.call, "short_notice_allowed").filter(payload__version=version.number).first()
    if told is None or told.payload.get("reason_sha256") != _digest(reason):
        yield "the chain of the call does not tell of its reason for less than 21 days"


def call_problems(call: Call) -> Iterator[str]:
    """What the chain of ``call`` does not tell of it as it is; an offer that came too late is told too."""
    yield from _column_problems(call)
    for name, columns in ACTS.items():
        yield from _act_problems(call, name, columns)
    yield from _late_offers(call)
    now = timezone.now()
    if call.is_settled(now):
        Call.objects.filter(pk=call.pk).let_submissions_end(now)
        yield from _list_problems(call)


def _column_problems(call: Call) -> Iterator[str]:
    """Columns of lists and deadlines, beside the facts of the version announced last."""
    if call.current_version is None:
        yield "it has no version"
        return
    last = _events(call, *CHANGES).last()
    if last is not None and last.payload.get("version") != call.current_version.number:
        told = last.payload.get("version")
        yield f"its version in force is {call.current_version.number}, the chain tells of {told} last"
    if any(version_problems(call.current_version)):
        return  # Facts that were not announced prove nothing.
    terms = call.current_version.terms
    for name in COLUMNS:
        announced = getattr(terms, name)
        if name in call.current_version.facts and _plain(getattr(call, name)) != _plain(announced):
            yield f"{name} is {getattr(call, name)}, {announced} was announced"


def _plain(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def _act_problems(call: Call, name: str, columns: str) -> Iterator[str]:
    at, reason = getattr(call, f"{columns}_at"), getattr(call, f"{columns}_reason")
    told = _events(call, name).first()
    if told is None and at is not None:
        yield f"{columns}_at is {at}, no event tells of that"
    elif told is not None and at != told.at:
        yield f"{columns}_at is {at}, the event says {told.at}"
    elif told is not None and told.payload.get("reason_sha256") != _digest(reason):
        yield f"{columns}_reason is not the reason that was given"


def _late_offers(call: Call) -> Iterator[str]:
    """Offers taken outside the intake that was in force when they came, and offers that are there no more."""
    versions = {version.number: version.terms for version in call.versions.all()}
    terms: CallTerms | None = None
    ended = []
    for event in _events(call).iterator():
        if event.name in CHANGES:
            terms = versions.get(event.payload.get("version", 0), terms)
        elif event.name in ACTS:
            ended.append(event.at)
        elif event.name == "offer_submitted":
            number = event.payload.get("number")
            if terms and not terms.intake_from <= event.at < min([terms.intake_until, *ended]):
                yield f"offer {number} was taken {utc(event.at)}, outside the intake then in force"
            if not _is_kept(event):
                yield f"offer {number}, which the chain tells of in event {event.sequence}, is gone"


def _is_kept(event: Event) -> bool:
    application, checksum = event.payload.get("application"), event.payload.get("sha256")
    return Snapshot.objects.filter(document__application__uuid=application, sha256=checksum).exists()


def _list_problems(call: Call) -> Iterator[str]:
    """The list of offers on the page, beside what had happened until the head that is published with it."""
    was_in = _in_at_closing(call)
    listed = {offer["number"]: offer["checksum"] for offer in call.closing_list()}
    for number in sorted(was_in.keys() | listed.keys()):
        if number not in listed:
            yield f"its list of offers lacks {number}, which was in when the intake ended"
        elif number not in was_in:
            yield f"its list of offers has {number}, which was not in when the intake ended"
        elif was_in[number] != listed[number]:
            yield f"its list of offers has another {number} than was in when the intake ended"


def _in_at_closing(call: Call) -> dict[str, str]:
    """Short checksums of offers by their numbers."""
    found: dict[str, tuple[str, str]] = {}
    names = ("offer_submitted", "offer_withdrawn")
    for event in _events(call, *names).filter(at__lt=call.closing).iterator():
        application = event.payload.get("application", "")
        found.pop(application, None)
        if event.name == "offer_submitted":
            found[application] = (event.payload.get("number", ""), event.payload.get("sha256", ""))
    return {number: short_checksum(checksum) for number, checksum in found.values()}


def _events(call: Call, *names: str) -> Any:
    """Events of the chain of ``call`` in their order: all, or those with one of ``names``."""
    events = Event.objects.filter(stream=call.uuid).order_by("sequence")
    return events.filter(name__in=names) if names else events


def _digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()
