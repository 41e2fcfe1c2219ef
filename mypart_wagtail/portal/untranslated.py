"""An address of a page that is there in another language only: that is said, instead of a 404."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from wagtail.models import Page
from wagtail.url_routing import RouteResult


def find_original(home: Page, request: HttpRequest, components: list[str]) -> Page | None:
    """The public page that ``components`` lead to from another language's ``home``."""
    for other in home.get_translations().live().specific():
        try:
            found = RouteResult(*_route(other, request, components)).page
        except Http404:
            continue
        if not found.get_view_restrictions():
            return found
    return None


def tell_untranslated(request: HttpRequest, home: Page, original: Page) -> HttpResponse:
    """On to the translation, if it only has another address; else a page that says there is none."""
    translated = original.get_translation_or_none(home.locale)
    if translated is not None and translated.live:
        return HttpResponseRedirect(translated.get_url(request) or "/")
    context = {
        "original": original,
        "original_url": original.get_url(request),
        "original_language": original.locale.language_code,
    }
    return render(request, "mypart_portal/untranslated.html", context)


def _route(home: Page, request: HttpRequest, components: list[str]) -> Any:
    """As Wagtail finds it. Not ``home.route``, which would come back here."""
    return Page.route(home, request, components)
