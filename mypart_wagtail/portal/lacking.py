"""What the law wants on every page and a portal does not have yet, so that nobody forgets it.

Sign language and easy-to-read text: the act on accessibility for persons with special needs (Dz.U. 2019 poz.
1696, as amended); the statement: the act on digital accessibility (Dz.U. 2019 poz. 848, as amended); both as
known on 2026-11-25. What people are told before they write: art. 13 of the GDPR.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language_info, gettext_lazy
from django.utils.translation import gettext as _
from wagtail.coreutils import get_content_languages
from wagtail.models import Page, Site

from mypart_wagtail.portal.finding import FramePages
from mypart_wagtail.portal.models import (
    AccessibilityStatementPage,
    EasyToReadPage,
    PortalSettings,
    SignLanguagePage,
)

PAGES: dict[type[Page], Any] = {
    SignLanguagePage: gettext_lazy("A page with a film in sign language about what the office does"),
    EasyToReadPage: gettext_lazy("A page about what the office does, in easy-to-read text"),
    AccessibilityStatementPage: gettext_lazy("The accessibility statement"),
}
Lacking = tuple[str, str]


def lacking(site: Site) -> list[Lacking]:
    """What ``site`` does not have, each with the address in the admin where one adds it."""
    return [*_settings(site), *_pages(site)]


def _settings(site: Site) -> Iterator[Lacking]:
    portal = PortalSettings.of(site)
    address = reverse("wagtailsettings:edit", args=["mypart_portal", "portalsettings", site.pk])
    if not portal.interpreter_url:
        yield _("The address of an online sign-language interpreter"), address
    written = {words.language for words in portal.words.all() if words.privacy} if portal.pk else set()
    for language in get_content_languages():
        if language not in written:
            text = _("What happens to the messages that people write, in this language: %(language)s")
            yield text % {"language": get_language_info(language)["name_translated"]}, address


def _pages(site: Site) -> Iterator[Lacking]:
    found = FramePages(site, PAGES, pinned=[])
    address = reverse("wagtailadmin_pages:add_subpage", args=[found.home.pk])
    for kind, text in PAGES.items():
        if found.of_kind(kind) is None:
            yield str(text), address
