"""Finds the pages that every page leads to, in the language of the moment."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q
from wagtail.models import Page, Site

from mypart_wagtail.languages import current_language


def page_of_kind(site: Site, kind: type[Page]) -> Page | None:
    """The first page of ``kind`` in the current language, or else in another in which there is one."""
    pages = kind.objects.live().public().filter(_of_site(site)).select_related("locale").order_by("path")
    return min(pages, key=lambda page: page.locale.language_code != current_language(), default=None)


def in_current_language(pages: Iterable[Page]) -> list[Page]:
    """``pages`` in the current language, in the same order; one without a translation stays as it is."""
    originals = list(pages)
    keys = {page.translation_key for page in originals}
    found = Page.objects.live().public().filter(translation_key__in=keys).select_related("locale")
    by_key = {page.translation_key: page for page in found if page.locale.language_code == current_language()}
    own = {page.pk for page in found}
    shown = [by_key.get(page.translation_key, page) for page in originals]
    return [page for page in shown if page.pk in own]


def _of_site(site: Site) -> Q:
    """Pages under the site's home page in any language."""
    homes = site.root_page.get_translations(inclusive=True)
    return Q(*(Q(path__startswith=home.path) for home in homes), _connector=Q.OR)
