"""What the portal puts around every page, those of other apps too: name, colours, menu, foot of the page.

All of it is the same for everyone on one site in one language, so it is made once and kept until something
in it changes; ``signals.py`` tells when.
"""

from __future__ import annotations

from hashlib import sha256
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import NoReverseMatch, reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import Page, Site

from mypart_wagtail.fragments import LONGEST, kept
from mypart_wagtail.languages import current_language
from mypart_wagtail.middleware import arrived_at
from mypart_wagtail.portal.finding import FramePages
from mypart_wagtail.portal.models import (
    AccessibilityStatementPage,
    EasyToReadPage,
    PortalSettings,
    SearchPage,
    SignLanguagePage,
)
from mypart_wagtail.secret_addresses import has_secret_address

PORTAL = "portal"
"""The topic of the address of what frames every page."""

LINKED: dict[type[Page], Any] = {
    SignLanguagePage: gettext_lazy("About us in sign language"),
    EasyToReadPage: gettext_lazy("Easy-to-read text (ETR)"),
    AccessibilityStatementPage: gettext_lazy("Accessibility statement"),
}
Link = dict[str, Any]


def frame(request: HttpRequest) -> dict[str, Any]:
    """Parts of the frame by name, as the tag ``page_frame`` takes them."""
    site = Site.find_for_request(request)
    if site is None:
        return {}

    def make() -> tuple[dict[str, Any], Any]:
        return _parts(site, request), arrived_at(request) + LONGEST

    parts = kept(PORTAL, (str(site.pk), current_language()), make)
    return parts | {"links": [*parts["links"], *_barrier_link(request)]}


def _parts(site: Site, request: HttpRequest) -> dict[str, Any]:
    settings = PortalSettings.of(site)
    words = settings.words_in(current_language())
    pinned = [pin.page for pin in settings.pinned_pages.select_related("page")] if settings.pk else []
    pages = FramePages(site, [SearchPage, *LINKED], pinned, request)
    search = pages.of_kind(SearchPage)
    context = {
        "settings": settings,
        "words": words,
        "colours_url": _colours_url(settings),
        "search_url": search.get_url(request) if search else "",
        "partners": list(settings.partners.select_related("logo")) if settings.pk else [],
        "social_links": list(settings.social_links.all()) if settings.pk else [],
    }
    html = {
        name: _html(f"mypart_portal/frame/{name}.html", context)
        for name in ("head", "logo", "search", "footer")
    }
    return html | {
        "name": words.name if words else "",
        "links": _links(pages, settings, request),
        "menu": [_link(page, request) for page in pages.in_menu()],
    }


def _html(template: str, context: dict[str, Any]) -> SafeString:
    return mark_safe(render_to_string(template, context).strip())  # noqa: S308  # rendered by our template


def _links(pages: FramePages, settings: PortalSettings, request: HttpRequest) -> list[Link]:
    """What the law wants to be reached from every page, as far as it is there."""
    interpreter = settings.interpreter_url
    found = [{"title": _("Sign-language interpreter online"), "url": interpreter}] if interpreter else []
    for kind, title in LINKED.items():
        page = pages.of_kind(kind)
        if page is not None:
            found.append(_link(page, request) | {"title": str(title)})
    return found


def _barrier_link(request: HttpRequest) -> list[Link]:
    """The way to tell of a barrier on this very page, without what was asked of it.

    Nothing where the host leaves our addresses out.
    """
    try:
        address = reverse("mypart_portal:barrier")
    except NoReverseMatch:
        return []
    query = urlencode({"page": _page(request, address)})
    return [{"title": _("Report a barrier"), "url": f"{address}?{query}"}]


def _page(request: HttpRequest, barrier: str) -> str:
    """The address that a message about a barrier names; the form, at ``barrier``, keeps the one it got."""
    if request.path == barrier:
        return request.GET.get("page", "")
    return "" if has_secret_address(request) else request.build_absolute_uri(request.path)


def _colours_url(settings: PortalSettings) -> str:
    chosen = f"{settings.primary_colour}{settings.accent_colour}"
    if not chosen:
        return ""
    digest = sha256(chosen.encode()).hexdigest()[:12]
    try:
        return reverse("mypart_portal:colours", args=[digest])
    except NoReverseMatch:
        return ""


def _link(page: Page, request: HttpRequest) -> Link:
    return {"title": page.title, "url": page.get_url(request) or "", "pk": page.pk}
