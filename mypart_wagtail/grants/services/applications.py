"""The life of an application: started, submitted, corrected, withdrawn."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mypart_wagtail.generator.events import append_event
from mypart_wagtail.generator.fields import Words
from mypart_wagtail.generator.filled import FilledForm
from mypart_wagtail.generator.models import Event, FormDocument, Snapshot, SnapshotUnreadable
from mypart_wagtail.generator.registry import form_template
from mypart_wagtail.generator.rules import Severity
from mypart_wagtail.generator.services import documents
from mypart_wagtail.generator.services.documents import NotComplete, WrongStatus
from mypart_wagtail.generator.services.snapshots import pdf_of
from mypart_wagtail.generator.tasks import render_snapshot_pdf
from mypart_wagtail.grants.card_checks import card_failures
from mypart_wagtail.grants.content import offer_content
from mypart_wagtail.grants.kind import ApplicationKind, changed_part, digest, digest_of
from mypart_wagtail.grants.models import Application, Call, CallStatus
from mypart_wagtail.grants.offer_template import offer_template_of
from mypart_wagtail.grants.permissions import (
    authorisation_of,
    may_edit,
    may_sign,
    may_start,
    may_submit,
    may_withdraw,
)
from mypart_wagtail.grants.receipts import send_receipt, send_signing_link, send_withdrawal
from mypart_wagtail.grants.services.authorisation import (
    ConfirmationTooLate,
    NoRoom,
    ask_to_confirm,
    confirm_authorisation,
)
from mypart_wagtail.moments import format_deadline, format_exact_moment
from mypart_wagtail.people import name_of
from mypart_wagtail.storage import removed_on_failure

OFFER_TEMPLATE = "pl.offer.2018-2057"
ASK_AGAIN_AFTER = timedelta(hours=1)
"""How soon the same signer may be sent the link to the same offer again."""


class SubmissionRefused(Exception):
    """The application cannot be submitted now. ``message`` says why and what can be done."""

    def __init__(self, message: Words) -> None:
        super().__init__(message)
        self.message = message


class IntakeClosed(SubmissionRefused):
    """The request arrived at or after the deadline, or before the intake began."""


class ChangedMeanwhile(SubmissionRefused):
    """Someone changed the application after the person who submits it had looked at it."""


class AskedAlready(Exception):
    """The signer was sent the link a short while ago, ``at``."""

    def __init__(self, at: datetime) -> None:
        super().__init__(at)
        self.at = at


@transaction.atomic
def start_application(actor: Any, *, call: Call, organisation: Any, at: datetime) -> Application:
    """A new draft of ``organisation`` in ``call``, or the one of ``actor`` in which nothing was written yet.

    So pressing the button twice leaves no second draft. Raises ``IntakeClosed`` unless the intake is open at
    ``at``, ``PermissionDenied`` unless ``actor`` may fill in offers of the organisation.
    """
    if not may_start(actor, organisation):
        raise PermissionDenied
    call = Call.objects.select_for_update(of=("self",)).get(pk=call.pk)
    _require_open(call, at)
    untouched = Application.objects.untouched_by(actor).filter(call=call, organisation=organisation).first()
    if untouched:
        return untouched
    document = documents.start_document(
        actor, kind=ApplicationKind.name, template=form_template(OFFER_TEMPLATE), at=at
    )
    return Application.objects.create(call=call, organisation=organisation, document=document)


def submit_application(
    actor: Any, *, application: Application, at: datetime, seen: str, now: datetime | None = None
) -> Snapshot:
    """Submit ``application`` as it is, for the request that arrived at ``at``; exactly once.

    ``seen`` is the digest of what the person looked at; ``now`` is the server's own clock once its turn has
    come, unless whoever tells of the past gives another. Submitting what is already submitted gives the same
    snapshot again; a signer confirms so what somebody else has submitted. In one transaction: the snapshot,
    the number, the events of the offer and of the call, and the receipt to be mailed. The PDF follows as a
    task, whose failure undoes nothing.

    Raises ``PermissionDenied``, ``IntakeClosed``, ``ChangedMeanwhile``, ``SubmissionRefused`` for the
    call's limit of offers, ``WrongStatus`` for what was withdrawn, and ``NotComplete`` with every failed
    check.
    """
    with transaction.atomic():
        snapshot, is_new = _submit(actor, application, may_submit, at=at, seen=seen, now=now)
        if is_new:
            transaction.on_commit(lambda: render_snapshot_pdf.enqueue(str(snapshot.uuid)))
    return snapshot


def _submit(
    actor: Any,
    application: Application,
    may: Callable[[Any, Application], bool],
    *,
    at: datetime,
    seen: str | None,
    now: datetime | None = None,
) -> tuple[Snapshot, bool]:
    """The snapshot, and whether it is new. ``seen`` is None where nobody need have looked."""
    call = Call.objects.select_for_update(of=("self",)).get(pk=application.call_id)
    application = Application.objects.locked(application.pk)
    document = application.document
    if not may(actor, application):
        raise PermissionDenied
    if document.status == FormDocument.Status.SUBMITTED:
        _confirm_what_was_seen(actor, application, at, seen)
        return document.snapshots.latest("number"), False
    # A signer's copy replaces what waits for a signer, also where not a word of it has changed.
    is_better = _is_to_be_signed(actor, application)
    if document.status == FormDocument.Status.CORRECTING and not is_better and _was_submitted(document, seen):
        return document.snapshots.latest("number"), False
    if not document.is_open:
        raise WrongStatus(document.status)
    _require_open(call, at)
    _require_unsettled(call, at, now)
    _require_room(application)
    form = ApplicationKind().form(document)
    if seen is not None and seen != digest(application, form):
        raise ChangedMeanwhile(_changed_since(document, seen, digest(application, form)))
    _require_signable(application, form)
    _give_number(application, call)
    authorisation = authorisation_of(actor, application)
    content = offer_content(
        application,
        form,
        number=application.number,
        submission=document.snapshots.count() + 1,
        submitted_at=at,
        authorisation=authorisation,
    )
    snapshot = documents.submit_document(actor, document=document, form=form, content=content, at=at)
    with removed_on_failure(snapshot.content):
        _take_over(application, form, authorisation, at)
        append_event(
            stream=call.uuid,
            name="offer_submitted",
            actor=actor,
            at=at,
            payload={
                "application": str(application.uuid),
                "number": application.number,
                "sha256": snapshot.sha256,
            },
        )
        send_receipt(actor, application=application, snapshot=snapshot)
        ask_to_confirm(actor, application=application)
    return snapshot, True


def _is_to_be_signed(actor: Any, application: Application) -> bool:
    """Whether the version in force waits for a signer, and ``actor`` is one."""
    is_waiting = application.authorisation == Application.Authorisation.TO_BE_CONFIRMED
    return is_waiting and may_sign(actor, application)


def _confirm_what_was_seen(actor: Any, application: Application, at: datetime, seen: str | None) -> None:
    """A signer who submits what somebody else has just submitted confirms it, if that can still be done."""
    if _is_to_be_signed(actor, application) and _was_submitted(application.document, seen):
        with suppress(ConfirmationTooLate, NoRoom):  # The receipt says so.
            confirm_authorisation(actor, application=application, at=at)


def _was_submitted(document: FormDocument, seen: str | None) -> bool:
    """Whether ``seen`` is what the version in force holds: a post come again, or a copy left as it was."""
    if seen is None:
        return False
    try:
        return seen == digest_of(document.snapshots.latest("number").read())
    except SnapshotUnreadable:
        return False


def _changed_since(document: FormDocument, seen: str, now: str) -> Words:
    part = changed_part(seen, now)
    if part == "organisation":
        return _("The organisation's card has changed since you looked at it. Read it again, then submit.")
    if part == "call":
        return _("The terms of the call have changed since you looked at them. Read them, then submit.")
    facts = {"name": name_of(document.changed_by), "when": format_exact_moment(document.changed_at)}
    return (
        _(
            "%(name)s has changed the offer since you looked at it, last on %(when)s. "
            "Read it again, then submit it."
        )
        % facts
    )


@contextmanager
def rolled_back() -> Iterator[None]:
    """Do everything inside, then leave no trace of it in the database."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def rehearse_application(actor: Any, *, application: Application, at: datetime) -> None:
    """Run the whole submission, PDF included, and roll it back. Who may only fill in may rehearse too.

    Raises what ``submit_application`` raises, and ``PdfError``; ``PdfTakesLong`` where all but the PDF was
    tried. Nothing is kept and nothing is mailed. The PDF is made after the rollback, so that nobody waits.
    """
    with rolled_back():
        snapshot, is_new = _submit(actor, application, may_edit, at=at, seen=None)
    if is_new:
        try:
            pdf_of(snapshot, is_waited_for=True)
        finally:
            snapshot.content.delete(save=False)


@transaction.atomic
def start_correction(actor: Any, *, application: Application, at: datetime) -> None:
    """Open a copy of a submitted offer; the submitted version stays in force until the copy replaces it.

    Raises ``PermissionDenied``, ``IntakeClosed``, ``WrongStatus``, and ``SnapshotUnreadable`` where there is
    nothing to copy.
    """
    application = _editable(actor, application)
    _require_open(application.call, at)
    documents.start_correction(actor, document=application.document)


@transaction.atomic
def abandon_correction(actor: Any, *, application: Application) -> None:
    """Throw the copy away. What was submitted stays as it is.

    Raises ``PermissionDenied``, ``WrongStatus``, and ``SnapshotUnreadable`` where what was submitted cannot
    take the place of the copy.
    """
    application = _editable(actor, application)
    documents.abandon_correction(actor, document=application.document)


@transaction.atomic
def withdraw_application(actor: Any, *, application: Application, at: datetime) -> None:
    """Withdraw a submitted offer; the organisation and its signers are told by mail.

    It counts from ``at``, its arrival. Where its turn comes, by the server's own clock, only when the call is
    settled, it counts from then: what was told to be in stays in the list, marked as withdrawn.

    Raises ``PermissionDenied`` unless ``actor`` may withdraw it, ``WrongStatus`` unless it is in force.
    """
    call = Call.objects.select_for_update(of=("self",)).get(pk=application.call_id)
    application = Application.objects.locked(application.pk)
    if not may_withdraw(actor, application):
        raise PermissionDenied
    now = timezone.now()
    if at < call.closing and call.is_settled(now):
        at = now
    documents.withdraw_document(actor, document=application.document, at=at)
    append_event(
        stream=call.uuid,
        name="offer_withdrawn",
        actor=actor,
        at=at,
        payload={"application": str(application.uuid), "number": application.number},
    )
    send_withdrawal(actor, application=application, at=at)


@transaction.atomic
def ask_signer(actor: Any, *, application: Application, signer: Any, at: datetime) -> None:
    """Mail ``signer`` a link to the summary and submission, for someone who may only fill in.

    Raises ``PermissionDenied``, ``WrongStatus`` where nothing is to be submitted, ``IntakeClosed``, and
    ``AskedAlready`` where the same signer was sent the link within ``ASK_AGAIN_AFTER``.
    """
    application = _editable(actor, application)
    document = application.document
    if not document.is_open:
        raise WrongStatus(document.status)
    _require_open(application.call, at)
    asked = {"signer": str(signer.pk)}
    before = Event.objects.filter(stream=document.uuid, name="signer_asked", payload=asked).last()
    if before and at < before.at + ASK_AGAIN_AFTER:
        raise AskedAlready(before.at)
    append_event(stream=document.uuid, name="signer_asked", actor=actor, at=at, payload=asked)
    send_signing_link(actor, application=application, signer=signer)


def _editable(actor: Any, application: Application) -> Application:
    application = Application.objects.locked(application.pk)
    if not may_edit(actor, application):
        raise PermissionDenied
    return application


def _require_open(call: Call, at: datetime) -> None:
    """Raises ``IntakeClosed``, with the reason in words."""
    if call.is_open(at):
        return
    if call.status_at(at) is not CallStatus.CLOSED:
        raise IntakeClosed(call.why_not_open(at))
    facts = {"deadline": format_deadline(call.deadline), "arrival": format_exact_moment(at)}
    raise IntakeClosed(
        _(
            "The deadline has passed: offers were taken until %(deadline)s, and this request arrived on "
            "%(arrival)s. Everything you wrote is kept."
        )
        % facts
    )


def _require_unsettled(call: Call, at: datetime, now: datetime | None) -> None:
    """Raises ``IntakeClosed`` once all are told what is in. Asked under the lock: ``let_submissions_end``."""
    if not call.is_settled(now or timezone.now()):
        return
    facts = {"arrival": format_exact_moment(at), "settled": format_exact_moment(call.settled_at)}
    raise IntakeClosed(
        _(
            "The offer is not submitted. Your request arrived in time, on %(arrival)s, but the server could "
            "not take it before the list of offers was closed, on %(settled)s. Everything you wrote is kept. "
            "Write to the office at once."
        )
        % facts
    )


def _require_room(application: Application) -> None:
    if not application.has_room:
        raise SubmissionRefused(
            _("Your organisation has already submitted as many offers as this call allows.")
        )


def _require_signable(application: Application, form: FilledForm) -> None:
    found = card_failures(application, offer_template_of(form))
    if any(failure.severity is Severity.ERROR for failure in found):
        raise NotComplete(found)


def _give_number(application: Application, call: Call) -> None:
    """The next number of the call, kept for good: a correction has the number of what it corrects."""
    if application.sequence is None:
        taken = Application.objects.filter(call=call).aggregate(last=Max("sequence"))
        application.sequence = (taken["last"] or 0) + 1
        application.number = f"{call.code}/{application.sequence}"


def _take_over(application: Application, form: Any, authorisation: str, at: datetime) -> None:
    template = offer_template_of(form)
    application.title = form.title[:250]
    application.total_cost = template.total_cost(form)
    application.grant_requested = template.grant(form)
    application.call_version = application.call.version_in_force
    application.authorisation = authorisation
    application.confirmed_by = application.confirmed_at = None
    application.submitted_at = at
    application.save()


@transaction.atomic
def record_opening(
    actor: Any, *, application: Application, snapshot: Snapshot, at: datetime | None = None
) -> None:
    """Staff have opened a submitted offer: an event of the offer, once per person, version and day.

    A page that is loaded again is no other opening; somebody who comes back another day is.
    """
    at = at or timezone.now()
    Application.objects.locked(application.pk)
    opened = {"snapshot": str(snapshot.uuid)}
    known = Event.objects.filter(
        stream=application.document.uuid,
        name="opened",
        actor=str(actor.pk),
        payload=opened,
        at__gte=timezone.localtime(at).replace(hour=0, minute=0, second=0, microsecond=0),
    )
    if not known.exists():
        append_event(stream=application.document.uuid, name="opened", actor=actor, payload=opened, at=at)
