"""Whole pages for visitors of whom nothing is known: kept until anything that any page shows changes.

A page full of lists then costs no more than a bare one. Kept are only answers that are the same for everyone:
no session, no query, no form with a token in it, no preview. Whoever is signed in gets a page made anew.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.messages.storage.cookie import CookieStorage
from django.http import HttpRequest, HttpResponse
from wagtail.models import Site

from mypart_wagtail.conf import mypart_settings
from mypart_wagtail.display import get_display
from mypart_wagtail.fragments import EVERYTHING, keep, look_up, shortest_life
from mypart_wagtail.languages import current_language
from mypart_wagtail.middleware import arrived_at


def serve_kept(request: HttpRequest, serve: Callable[[HttpRequest], Any]) -> HttpResponse:
    """What ``serve`` answers, now or a while ago."""
    if not _is_of_nobody(request):
        return serve(request)
    site = Site.find_for_request(request)
    display = get_display(request)
    host = f"{request.scheme}://{request.get_host()}"
    parts = (str(site and site.pk), host, request.path, current_language(), repr(display))
    mark, found = look_up(EVERYTHING, parts)
    if found is not None:
        return HttpResponse(found[0])
    with shortest_life(arrived_at(request)) as until:
        response = serve(request)
        if hasattr(response, "render"):
            response.render()
    if response.status_code == 200 and not _was_made_for_one(request, response):
        keep(EVERYTHING, parts, mark, response.content, until())
    return response


def _is_of_nobody(request: HttpRequest) -> bool:
    """Whether the answer can depend on nothing but the address, the language and the colours."""
    # A message waits in the session, or in a cookie of its own once there is no session.
    is_known = {settings.SESSION_COOKIE_NAME, CookieStorage.cookie_name} & request.COOKIES.keys()
    is_plain = request.method in ("GET", "HEAD") and not request.META.get("QUERY_STRING")
    return (
        mypart_settings.KEEP_PAGES and is_plain and not is_known and not getattr(request, "is_preview", False)
    )


def _was_made_for_one(request: HttpRequest, response: HttpResponse) -> bool:
    """Whether the answer holds a token of a form, sets a cookie, or began a session."""
    has_token = request.META.get("CSRF_COOKIE_NEEDS_UPDATE", False)
    session = getattr(request, "session", None)
    return bool(has_token or response.cookies or (session is not None and session.modified))
