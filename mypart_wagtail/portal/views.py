"""Pages of the portal that no editor composes."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.models import Site

from mypart_wagtail.middleware import arrived_at
from mypart_wagtail.portal.colours import stylesheet
from mypart_wagtail.portal.models import Message, PortalSettings
from mypart_wagtail.portal.receiving import receive_barrier
from mypart_wagtail.portal.search.searching import Search
from mypart_wagtail.portal.services import confirm_message

A_YEAR = 365 * 24 * 60 * 60


@require_http_methods(["GET", "HEAD", "POST"])
def barrier(request: HttpRequest) -> HttpResponse:
    """Where one tells of what one cannot use."""
    return receive_barrier(request, _site(request))


@never_cache
@require_safe
def message(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """What became of a message. Says nothing of what it says, nor of whom it is."""
    found = get_object_or_404(Message, uuid=uuid, site=_site(request))
    return render(request, "mypart_portal/message.html", {"message": found})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Where a mailed link leads. A button, since programs that check mails follow links too."""
    if request.method != "POST":
        return render(request, "mypart_portal/confirm.html")
    found = confirm_message(token, at=arrived_at(request))
    return render(request, "mypart_portal/message.html", {"message": found}, status=200 if found else 404)


@require_safe
def suggestions(request: HttpRequest) -> HttpResponse:
    """Titles that begin with what is typed in the box of the search page: ``{"titles": [...]}``."""
    return JsonResponse({"titles": Search(request, site=_site(request)).titles()})


@cache_control(public=True, max_age=A_YEAR, immutable=True)
@require_safe
def colours(request: HttpRequest, digest: str) -> HttpResponse:
    """The colours of the site as a stylesheet. ``digest`` changes with them, so it may be kept for long."""
    settings = PortalSettings.of(_site(request))
    css = stylesheet(settings.primary_colour, settings.accent_colour)
    return HttpResponse(css, content_type="text/css; charset=utf-8")


def _site(request: HttpRequest) -> Site:
    site = Site.find_for_request(request)
    if site is None:
        raise Http404
    return site
