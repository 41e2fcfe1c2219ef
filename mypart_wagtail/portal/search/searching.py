"""What was looked for, and what was found."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from itertools import chain
from typing import Any
from unicodedata import normalize

from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, Site, get_page_models
from wagtail.search.query import And, Or, PlainText, SearchQuery

from mypart_wagtail.languages import current_language
from mypart_wagtail.portal.models.search import SearchEntry
from mypart_wagtail.portal.search.indexing import finders
from mypart_wagtail.portal.search.words import forms, split
from mypart_wagtail.text import clean_text, fold

LONGEST_QUERY = 200
MOST_WORDS = 12
MOST_SUGGESTIONS = 8
MOST_TITLES = 5000
MOST_RESULTS = 300
ALIKE = 0.72


@dataclass(frozen=True)
class Result:
    """One thing found."""

    title: str
    url: str
    summary: str
    kind: str | Promise


class Search:
    """What a request looks for on a site in the current language: ``q``, words; ``kind``, of what kind."""

    def __init__(self, request: HttpRequest, *, site: Site, per_page: int = 20) -> None:
        self.request, self.site, self.per_page = request, site, per_page
        # Some letters become many when compared: that is done before the query is cut, not after.
        typed = normalize("NFKC", clean_text(request.GET.get("q", ""))[:LONGEST_QUERY])
        self.text = typed[:LONGEST_QUERY].strip()
        self.words = split(self.text)[:MOST_WORDS]
        self.begun = " ".join(fold(self.text).split()[:MOST_WORDS])
        asked = request.GET.get("kind", "")
        self.kind = asked if asked in kinds() else ""

    @cached_property
    def entries(self) -> QuerySet[SearchEntry]:
        """What the public may see here."""
        language = Q(language=current_language()) | Q(language="")
        of_site = Q(site_id=self.site.pk) | Q(site_id__isnull=True)
        return SearchEntry.objects.filter(language, of_site)

    @cached_property
    def page_obj(self) -> Any:
        """A page of entries, the likeliest first."""
        found = self._found() if self.words else []
        return Paginator(found, self.per_page).get_page(self.request.GET.get("page"))

    @cached_property
    def results(self) -> list[Result]:
        shown = list(self.page_obj.object_list)
        pages = Page.objects.in_bulk([entry.page_id for entry in shown if entry.page_id])
        labels = kinds()
        return [
            Result(
                title=entry.heading,
                url=_url(pages[entry.page_id], self.request) if entry.page_id else entry.url,
                summary=entry.summary,
                kind=labels.get(entry.kind, ""),
            )
            for entry in shown
        ]

    @cached_property
    def count(self) -> int:
        return self.page_obj.paginator.count

    @property
    def kinds(self) -> list[tuple[str, str | Promise]]:
        """What one can look for alone."""
        return [("", _("Everything")), *kinds().items()]

    @cached_property
    def suggestion(self) -> str:
        """What may have been meant, when nothing was found; "" if there is no such thing."""
        if self.count or not self.words:
            return ""
        known = self._known_words()
        meant = [_likeliest(word, known) for word in self.words]
        return " ".join(meant) if all(meant) and [*map(fold, meant)] != [*map(fold, self.words)] else ""

    def titles(self) -> list[str]:
        """Titles that begin with what is being typed."""
        if not self.words:
            return []
        found = self._public().autocomplete(self.begun)[:MOST_SUGGESTIONS]
        return list(dict.fromkeys(entry.heading for entry in found))

    def _found(self) -> list[SearchEntry]:
        entries = self._public().defer("title", "text")
        if self.kind:
            entries = entries.filter(kind=self.kind)
        # What has the words in its title comes first: the databases of hosts weigh titles each in their way.
        in_title = entries.search(self._query(), fields=["title"])[:MOST_RESULTS]
        found = _each_once(in_title, entries.search(self._query())[:MOST_RESULTS])
        # Somebody who typed half a word meant one that begins so.
        return found or list(entries.autocomplete(self.begun)[:MOST_RESULTS])

    def _public(self) -> Any:
        private = Page.objects.live().private().values("pk")
        # Wagtail takes them down when its clock work runs next, which may be an hour later.
        expired = Page.objects.filter(expire_at__lte=timezone.now()).values("pk")
        return self.entries.exclude(page_id__in=private).exclude(page_id__in=expired)

    def _query(self) -> SearchQuery:
        language = current_language()
        return And([Or([PlainText(form) for form in forms(word, language)]) for word in self.words])

    def _known_words(self) -> dict[str, str]:
        """Words of titles, by their form without diacritics."""
        titles = self._public().values_list("heading", flat=True)[:MOST_TITLES]
        return {fold(word): word for title in titles for word in split(title)}


def kinds() -> dict[str, str | Promise]:
    """What one can look for alone: model labels with what people call them."""
    of_pages = {
        model._meta.label_lower: model.search_kind
        for model in get_page_models()
        if hasattr(model, "search_kind")
    }
    return of_pages | {finder.model._meta.label_lower: finder.label for finder in finders()}


def _each_once(*parts: Iterable[SearchEntry]) -> list[SearchEntry]:
    return list({entry.pk: entry for entry in chain(*parts)}.values())


def _likeliest(word: str, known: dict[str, str]) -> str:
    folded = fold(word)
    if folded in known:
        return known[folded]
    close = get_close_matches(folded, known, n=1, cutoff=ALIKE)
    return known[close[0]] if close else ""


def _url(page: Page, request: HttpRequest) -> str:
    return page.get_url(request) or ""
