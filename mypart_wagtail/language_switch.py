"""Where the language switch leads: the same thing in another language."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import translate_url
from django.utils.translation import get_language, get_language_info
from wagtail.models import Page, Site

from mypart_wagtail.sites import public


@dataclass(frozen=True)
class LanguageLink:
    """One language of the switch. Without a translation its address says that there is none."""

    code: str
    url: str
    absolute_url: str
    is_translated: bool = True

    @property
    def name(self) -> str:
        """The language as it calls itself."""
        return get_language_info(self.code)["name_local"]

    @property
    def current(self) -> bool:
        return self.code == get_language()


def addresses_in_languages(request: HttpRequest, page: Any) -> list[LanguageLink]:
    """The address of ``page``, or of the view ``request`` is for, in each language of the site.

    Languages without it are left out, unless their home page tells people that it is not translated.
    """
    codes = [code for code, _name in settings.LANGUAGES]
    if not isinstance(page, Page):
        return [_link(request, code, translate_url(request.get_full_path(), code)) for code in codes]
    translations = list(public(page.get_translations(inclusive=True), request).select_related("locale"))
    urls = {each.locale.language_code: each.get_url(request) or "" for each in translations}
    if page.live and page not in translations:  # Whoever reads a private page may know its address.
        urls.setdefault(page.locale.language_code, page.get_url(request) or "")
    missing = [code for code in codes if code not in urls]
    told = _told_as_untranslated(request, page) if missing else {}
    return [
        _link(request, code, urls[code]) if code in urls else _link(request, code, told[code], False)
        for code in codes
        if code in urls or code in told
    ]


def _told_as_untranslated(request: HttpRequest, page: Page) -> dict[str, str]:
    site = Site.find_for_request(request)
    if site is None or not page.live:
        return {}
    homes = public(site.root_page.get_translations(inclusive=True), request).select_related("locale")
    kinds = {each.locale.language_code: each.specific_class for each in homes}
    codes = [code for code, kind in kinds.items() if getattr(kind, "tells_untranslated", False)]
    address = page.get_url(request) or ""
    return {code: translate_url(address, code) for code in codes}


def _link(request: HttpRequest, code: str, url: str, is_translated: bool = True) -> LanguageLink:
    return LanguageLink(code, url, request.build_absolute_uri(url), is_translated)
