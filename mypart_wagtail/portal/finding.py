"""Finds the pages that every page leads to, in the language of the moment: all of them in one query."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from wagtail.models import Page, Site

from mypart_wagtail.languages import current_language
from mypart_wagtail.sites import homes_of, pages_of, public


class FramePages:
    """Public pages of ``site`` that stand around every page: of some types, pinned ones, those in menus."""

    def __init__(
        self, site: Site, kinds: Iterable[type[Page]], pinned: Iterable[Page], request: Any = None
    ) -> None:
        homes = [home for home in homes_of(site, request) if home.live and _is_current(home)]
        self.home = homes[0] if homes else site.root_page
        self.pinned = list(pinned)
        self.types = {kind: ContentType.objects.get_for_model(kind).pk for kind in kinds}
        of_types = pages_of(site, request) & Q(content_type__in=self.types.values())
        in_menus = Q(path__startswith=self.home.path, depth=self.home.depth + 1, show_in_menus=True)
        keys = Q(translation_key__in={page.translation_key for page in self.pinned})
        found = public(Page.objects.filter(of_types | in_menus | keys), request)
        self.pages = list(found.select_related("locale").order_by("path"))

    def of_kind(self, kind: type[Page]) -> Page | None:
        """The first page of ``kind`` in the current language, or else in another in which there is one."""
        pages = [page for page in self.pages if page.content_type_id == self.types[kind]]
        return min(pages, key=lambda page: not _is_current(page), default=None)

    def in_menu(self) -> list[Page]:
        """Pinned pages in the current language, then those in menus under the home page; each once."""
        shown = {page.pk: page for page in filter(None, map(self._translation, self.pinned))}
        for page in self.pages:
            if (
                page.show_in_menus
                and page.depth == self.home.depth + 1
                and page.path.startswith(self.home.path)
            ):
                shown.setdefault(page.pk, page)
        return list(shown.values())

    def _translation(self, pinned: Page) -> Page | None:
        """The pinned page in the current language, else itself; None if neither is public."""
        same = [page for page in self.pages if page.translation_key == pinned.translation_key]
        in_order = sorted(same, key=lambda page: (not _is_current(page), page.pk != pinned.pk))
        return next((page for page in in_order if _is_current(page) or page.pk == pinned.pk), None)


def _is_current(page: Page) -> bool:
    return page.locale.language_code == current_language()
