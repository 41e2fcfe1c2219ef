"""The way from a draft to a receipt: declarations, rehearsal, submission, correction, withdrawal."""

import logging
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from mypart_wagtail.confirmation import has_confirmed_address, send_confirmation_url
from mypart_wagtail.generator.models import FormDocument, SnapshotUnreadable
from mypart_wagtail.generator.pdf import PdfError, PdfTakesLong
from mypart_wagtail.generator.rules import Severity, failures
from mypart_wagtail.generator.screens import failure_url, section_url
from mypart_wagtail.generator.services.documents import NotComplete, WrongStatus
from mypart_wagtail.grants.card_checks import card_failures, card_url
from mypart_wagtail.grants.kind import ApplicationKind, digest
from mypart_wagtail.grants.models import Application, CallStatus
from mypart_wagtail.grants.offer_template import offer_template_of
from mypart_wagtail.grants.permissions import is_authorised, may_sign, may_submit, may_withdraw
from mypart_wagtail.grants.services import applications as services
from mypart_wagtail.grants.services.authorisation import ConfirmationTooLate, NoRoom, confirm_authorisation
from mypart_wagtail.grants.views.access import applicant_view
from mypart_wagtail.languages import current_language, remember_language
from mypart_wagtail.middleware import arrived_at
from mypart_wagtail.moments import format_moment
from mypart_wagtail.organisations.legal import record_texts_shown
from mypart_wagtail.organisations.models import LegalText, LegalTextShown
from mypart_wagtail.organisations.permissions import standing
from mypart_wagtail.people import name_of

logger = logging.getLogger("mypart_wagtail.grants")

# Whoever is signed out when a form is posted comes back with GET, so every deed here answers that too.
applicant_deed = require_http_methods(["GET", "HEAD", "POST"])


@applicant_deed
@applicant_view
def submit(request: HttpRequest, application: Application) -> HttpResponse:
    """The page with the button that submits. Missing things are a linked list, never a dead button."""
    if request.method == "POST":
        return _submit(request, application)
    if not application.can_be_submitted:
        return redirect("mypart_grants:receipt", uuid=application.uuid)
    return _submission_page(request, application)


def _submit(request: HttpRequest, application: Application) -> HttpResponse:
    remember_language(request.user, get_language())
    try:
        with transaction.atomic():
            record_texts_shown(request, request.user, LegalTextShown.Place.SUBMISSION)
            services.submit_application(
                request.user,
                application=application,
                at=arrived_at(request),
                seen=request.POST.get("seen", ""),
            )
    except PermissionDenied:
        return _submission_page(request, application, refusal=_who_submits(request, application))
    except services.SubmissionRefused as refused:
        return _submission_page(request, application, refusal=refused.message)
    except NotComplete:
        return _submission_page(request, application)
    except WrongStatus:
        messages.error(request, _("This offer is withdrawn, so it cannot be submitted."))
    return redirect("mypart_grants:receipt", uuid=application.uuid)


def _must_confirm(request: HttpRequest, application: Application) -> bool:
    """Whether an unconfirmed e-mail is all that keeps the person from signing."""
    is_signer = standing(request.user, application.organisation).is_signer
    return is_signer and not has_confirmed_address(request.user)


def _who_submits(request: HttpRequest, application: Application) -> str:
    """Why the person cannot submit, and what to do."""
    if _must_confirm(request, application):
        return _("Confirm your e-mail first: we sent you a link. Your offer is kept.")
    if is_authorised(application):
        return _("A signer has submitted this offer: only a signer can replace it. Send a link to one below.")
    return _("Only a signer can submit this offer. Send a link to one below.")


@applicant_deed
@applicant_view
def rehearse(request: HttpRequest, application: Application) -> HttpResponse:
    """“Check whether I can submit”: the whole submission, rolled back."""
    if request.method != "POST" or not application.can_be_submitted:
        return redirect("mypart_grants:submit", uuid=application.uuid)
    try:
        services.rehearse_application(request.user, application=application, at=arrived_at(request))
    except services.SubmissionRefused as refused:
        return _submission_page(request, application, refusal=refused.message)
    except (NotComplete, WrongStatus):
        return _submission_page(request, application)
    except PdfTakesLong:
        return _submission_page(request, application, is_rehearsed=True, is_printed=False)
    except PdfError:
        refusal = _("The PDF of this offer could not be made. Your offer is kept; please tell the office.")
        return _submission_page(request, application, refusal=refusal)
    return _submission_page(request, application, is_rehearsed=True)


def _submission_page(
    request: HttpRequest,
    application: Application,
    *,
    refusal: Any = "",
    is_rehearsed: bool = False,
    is_printed: bool = True,
) -> HttpResponse:
    """The page of submission. As an answer to a post it begins with what is in the way."""
    kind = ApplicationKind()
    document = application.document
    call = application.call
    form = kind.form(document)
    template = offer_template_of(form)
    links = [
        (failure.severity, {"text": failure.message, "href": failure_url(document, form, failure)})
        for failure in failures(form)
    ]
    card = card_url(request.user, application, template)
    links += [
        (failure.severity, {"text": failure.message, "href": card})
        for failure in card_failures(application, template)
    ]
    gaps = [link for severity, link in links if severity is Severity.ERROR]
    status = call.status_at(arrived_at(request))
    # A request that arrived in time may have waited until everyone was told what is in.
    is_open = status is CallStatus.OPEN and not call.is_settled(timezone.now())
    in_the_way = [{"text": refusal, "href": ""}] * bool(refusal) + gaps if request.method == "POST" else []
    context = {
        "application": application,
        "call": call,
        "terms": call.terms,
        "template": template,
        "total_cost": template.total_cost(form),
        "grant": template.grant(form),
        "declarations": template.declare(form),
        "texts": LegalText.objects.current(call.authority, current_language()),
        "notices": kind.notices(document),
        "in_the_way": in_the_way,
        "gaps": [] if in_the_way else gaps,
        "hints": [link for severity, link in links if severity is Severity.WARNING],
        "is_rehearsed": is_rehearsed,
        "is_printed": is_printed,
        "is_open": is_open,
        "is_late": not is_open and status in (CallStatus.OPEN, CallStatus.CLOSED),
        "has_room": application.has_room,
        "may_submit": may_submit(request.user, application),
        "may_sign": may_sign(request.user, application),
        "confirm_url": send_confirmation_url() if _must_confirm(request, application) else "",
        "signers": application.organisation.signers(),
        "is_member": standing(request.user, application.organisation).is_member,
        "seen": digest(application, form),
        "unsent_url": section_url(document, form.sections[0]),
    }
    return render(request, "mypart_grants/submit.html", context, status=422 if in_the_way else 200)


@require_safe
@applicant_view
def receipt(request: HttpRequest, application: Application) -> HttpResponse:
    """Number, checksum and what remains to be done, for the version in force, and the versions before it."""
    versions = list(application.document.snapshots.select_related("submitted_by").order_by("-number"))
    if not versions:
        raise Http404
    return render(
        request,
        "mypart_grants/receipt.html",
        {
            "application": application,
            "call": application.call,
            "terms": application.terms,
            "snapshot": versions[0],
            "replaced": versions[1:],
            "may_withdraw": may_withdraw(request.user, application),
            "is_signer": standing(request.user, application.organisation).is_signer,
            "is_open": application.call.is_open(arrived_at(request)),
            "confirm_url": send_confirmation_url() if _must_confirm(request, application) else "",
            "is_confirming_over": application.is_confirming_over(arrived_at(request)),
        },
    )


@applicant_deed
@applicant_view
def correct(request: HttpRequest, application: Application) -> HttpResponse:
    """Open a copy of the submitted offer for correction."""
    if request.method != "POST":
        return redirect("mypart_grants:receipt", uuid=application.uuid)
    try:
        services.start_correction(request.user, application=application, at=arrived_at(request))
    except services.IntakeClosed as closed:
        messages.error(request, str(closed.message))
        return redirect("mypart_grants:receipt", uuid=application.uuid)
    except WrongStatus as wrong:
        if wrong.status != FormDocument.Status.CORRECTING:
            messages.error(request, _("Only a submitted offer can be corrected."))
            return redirect("mypart_grants:receipt", uuid=application.uuid)
    except SnapshotUnreadable:
        logger.exception("The version in force of offer %s cannot be read", application.number)
        messages.error(
            request,
            _("What was submitted cannot be read now, so it cannot be corrected. Please tell the office."),
        )
        return redirect("mypart_grants:receipt", uuid=application.uuid)
    messages.success(
        request,
        _("You can change the copy now. What was submitted stays in force until you submit the copy."),
    )
    return redirect("mypart_generator:tasks", uuid=application.document.uuid)


@applicant_deed
@applicant_view
def abandon_correction(request: HttpRequest, application: Application) -> HttpResponse:
    """Throwing the copy away asks first, since what was written in it goes."""
    if application.document.status != FormDocument.Status.CORRECTING:
        return redirect("mypart_grants:receipt", uuid=application.uuid)
    if request.method != "POST":
        context = {"application": application, "document": application.document}
        return render(request, "mypart_grants/abandon_correction.html", context)
    try:
        services.abandon_correction(request.user, application=application)
    except WrongStatus:
        messages.error(request, _("There is no correction to throw away."))
    except SnapshotUnreadable:
        logger.exception("The version in force of offer %s cannot be read", application.number)
        messages.error(
            request,
            _(
                "What was submitted cannot be read now, so the correction cannot be thrown away. It is kept; "
                "please tell the office."
            ),
        )
    else:
        messages.success(request, _("The correction is thrown away. What was submitted counts."))
    return redirect("mypart_grants:receipt", uuid=application.uuid)


@applicant_deed
@applicant_view
def withdraw(request: HttpRequest, application: Application) -> HttpResponse:
    """Withdrawing asks first, then tells the organisation and its signers."""
    if not may_withdraw(request.user, application):
        raise Http404
    if not application.document.is_in_force:
        return redirect("mypart_grants:receipt", uuid=application.uuid)
    if request.method != "POST":
        call = application.call
        context = {"application": application, "call": call, "is_open": call.is_open(arrived_at(request))}
        return render(request, "mypart_grants/withdraw.html", context)
    try:
        services.withdraw_application(request.user, application=application, at=arrived_at(request))
    except PermissionDenied as error:
        raise Http404 from error
    except WrongStatus:
        return redirect("mypart_grants:receipt", uuid=application.uuid)
    messages.success(
        request,
        _("The offer is withdrawn. The organisation and each of its signers have been told by e-mail."),
    )
    return redirect("mypart_grants:applications")


@applicant_deed
@applicant_view
def ask_signer(request: HttpRequest, application: Application) -> HttpResponse:
    """Send a signer of the organisation a link to the summary and the submission."""
    if request.method != "POST":
        return redirect("mypart_grants:submit", uuid=application.uuid)
    chosen = request.POST.get("signer", "")
    signer = next((s for s in application.organisation.signers() if str(s.pk) == chosen), None)
    if signer is None or not standing(request.user, application.organisation).is_member:
        raise Http404
    try:
        services.ask_signer(request.user, application=application, signer=signer, at=arrived_at(request))
    except services.AskedAlready as asked:
        sent = _("%(name)s was sent the link on %(when)s already. Wait an hour before you send it again.")
        facts = {"name": name_of(signer), "when": format_moment(asked.at)}
        messages.warning(request, sent % facts)
    except services.IntakeClosed as closed:
        messages.error(request, str(closed.message))
    except WrongStatus:
        messages.error(request, _("This offer is submitted already."))
    else:
        messages.success(
            request, _("The link has been sent. The offer is not submitted until a signer submits it.")
        )
    return redirect("mypart_grants:submit", uuid=application.uuid)


@applicant_deed
@applicant_view
def confirm(request: HttpRequest, application: Application) -> HttpResponse:
    """A signer confirms what someone else has submitted, within the call's term."""
    if request.method != "POST":
        return redirect("mypart_grants:receipt", uuid=application.uuid)
    try:
        confirm_authorisation(request.user, application=application, at=arrived_at(request))
    except ConfirmationTooLate:
        messages.error(
            request, _("The term for confirming has passed. Ask the office whether it still accepts it.")
        )
    except NoRoom:
        messages.error(
            request,
            _("Your organisation has as many offers as this call allows. Withdraw another, then confirm."),
        )
    except WrongStatus:
        messages.error(request, _("The offer is withdrawn, so there is nothing to confirm."))
    except PermissionDenied:
        if not _must_confirm(request, application):
            raise
        messages.error(request, _("Confirm your e-mail first, then the authorisation."))
    else:
        messages.success(request, _("The authorisation is confirmed."))
    return redirect("mypart_grants:receipt", uuid=application.uuid)
