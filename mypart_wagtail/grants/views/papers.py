"""The offer as a PDF and as an accessible page with the same content."""

import logging

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from mypart_wagtail.generator.models import Snapshot, SnapshotUnreadable
from mypart_wagtail.generator.pdf import PdfError, PdfTakesLong, render_pdf
from mypart_wagtail.generator.services.snapshots import store_pdf
from mypart_wagtail.grants.content import as_told_to, offer_content
from mypart_wagtail.grants.kind import ApplicationKind
from mypart_wagtail.grants.models import Application
from mypart_wagtail.grants.views.access import applicant_view
from mypart_wagtail.ratelimit import too_many_requests, within_rate

logger = logging.getLogger("mypart_wagtail.grants")

DRAFTS = "600/hour"
"""Each is printed anew; a house full of NGOs on the last evening stays far below."""


@require_safe
@applicant_view
def offer_page(request: HttpRequest, application: Application) -> HttpResponse:
    """What was last submitted, as a page."""
    snapshot = _submitted(application)
    try:
        content = snapshot.read()
    except SnapshotUnreadable:
        logger.exception("The content of offer %s cannot be read", application.number)
        return render(request, "mypart_grants/damaged.html", {"application": application}, status=503)
    form = ApplicationKind().form_from(content)
    return render(
        request,
        "mypart_grants/offer.html",
        {
            "application": application,
            "snapshot": snapshot,
            "blocks": form.blocks(content),
        },
    )


@require_safe
@applicant_view
def offer_pdf(request: HttpRequest, application: Application) -> HttpResponseBase:
    """The PDF of what was last submitted; where it cannot be made now, a page that says so."""
    try:
        return pdf_response(application, _submitted(application))
    except PdfError:
        logger.exception("The PDF of offer %s could not be made", application.number)
        return render(request, "mypart_grants/pdf_pending.html", {"application": application}, status=202)


def pdf_response(application: Application, snapshot: Snapshot) -> FileResponse:
    """The stored PDF, made first where its task has not come to it yet. Raises ``PdfError``."""
    if snapshot.awaits_pdf:
        store_pdf(snapshot, is_waited_for=True)
        snapshot.refresh_from_db()
    return FileResponse(
        snapshot.pdf.open("rb"),
        filename=f"{application.number.replace('/', '-')}.pdf",
        content_type="application/pdf",
    )


@require_safe
@applicant_view
def draft_pdf(request: HttpRequest, application: Application) -> HttpResponse:
    """The working copy as a PDF, marked on every page as not submitted; or back, with word that it failed."""
    if not within_rate(request, "draft-pdf", rate=DRAFTS):
        return too_many_requests(request)
    kind = ApplicationKind()
    content = offer_content(application, kind.form(application.document))
    content = as_told_to(request.user, application, content)
    form = kind.form_from(content)
    try:
        pdf = render_pdf(
            form.blocks(content),
            title=form.template.title,
            language=form.template.language,
            draft=True,
            is_waited_for=True,
        )
    except PdfTakesLong:
        messages.error(
            request,
            _(
                "This offer is too long to be printed while you wait. Read it on the page “Check your "
                "answers”. Once it is submitted, its PDF is made all the same."
            ),
        )
        return redirect("mypart_grants:submit", uuid=application.uuid)
    except PdfError:
        logger.exception("The PDF of draft %s could not be made", application.uuid)
        messages.error(
            request, _("The PDF of this offer could not be made. Your offer is kept; please tell the office.")
        )
        return redirect("mypart_grants:submit", uuid=application.uuid)
    response = HttpResponse(pdf, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{_("draft")}.pdf"'
    return response


def _submitted(application: Application) -> Snapshot:
    snapshot = application.snapshot
    if snapshot is None or snapshot.is_erased:
        raise Http404
    return snapshot
