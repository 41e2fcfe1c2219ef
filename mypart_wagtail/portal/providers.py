"""What the portal gives to the pages of all apps."""

from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _
from wagtail.models import Page, Site

from mypart_wagtail.fragments import LONGEST, Rendered, kept
from mypart_wagtail.languages import current_language
from mypart_wagtail.middleware import arrived_at
from mypart_wagtail.portal.models import AccessibilityStatementPage

STATEMENT = "accessibility-statement"
"""The topic of the address of the statement; ``signals.py`` tells when it changes."""


def accessibility_statement_link(request: Any) -> dict[str, str] | None:
    """The way to the site's statement in the current language, for the footer of every page."""
    site = Site.find_for_request(request)
    if site is None:
        return None

    def find() -> Rendered:
        page = _statement(site)
        return (page.get_url(request) or "" if page else ""), arrived_at(request) + LONGEST

    url = kept(STATEMENT, (str(site.pk), current_language()), find)
    return {"title": _("Accessibility statement"), "url": url} if url else None


def _statement(site: Site) -> Page | None:
    """In the current language, or else in another in which there is one."""
    statements = AccessibilityStatementPage.objects.live().public()
    of_site = statements.none()
    for home in site.root_page.get_translations(inclusive=True):
        of_site |= statements.descendant_of(home)
    pages = of_site.select_related("locale").order_by("pk")
    return min(pages, key=lambda page: page.locale.language_code != get_language(), default=None)
