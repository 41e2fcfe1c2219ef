"""What the search finds: pages, and things that other apps tell of. Kept in ``SearchEntry``."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db import transaction
from django.db.models import Model
from django.utils.html import strip_tags
from django.utils.text import Truncator
from wagtail.models import Page
from wagtail.search.index import SearchField

from mypart_wagtail.findable import Findable, Finder
from mypart_wagtail.portal.models.search import SearchEntry
from mypart_wagtail.portal.search.words import keep
from mypart_wagtail.providers import providers_of
from mypart_wagtail.text import fold

SUMMARY_LENGTH = 240
LONGEST_HEADING = SearchEntry._meta.get_field("folded_heading").max_length


def finders() -> list[Finder]:
    """The finders of the installed apps."""
    return [provider() for provider in providers_of("search.")]


@transaction.atomic
def index_page(page: Page) -> None:
    """Keep what ``page`` says now; forget it if the public may not see it. Safe to repeat."""
    specific: Any = page.specific
    is_searched = specific.live and getattr(specific, "is_searched", True)
    site = specific.get_site() if is_searched else None
    if site is None:
        SearchEntry.objects.filter(page_id=page.pk).delete()
        return
    text = " ".join(_texts(specific))
    summary = getattr(specific, "lead", "") or specific.search_description or text
    _store(
        f"page/{page.pk}",
        Findable(title=specific.title, summary=summary, text=text),
        language=specific.locale.language_code,
        kind=specific._meta.label_lower if hasattr(specific, "search_kind") else "",
        page_id=page.pk,
        site=site,
    )


@transaction.atomic
def index_thing(finder: Finder, thing: Model) -> None:
    """Keep what ``finder`` tells of ``thing``; forget it if the public may not see it. Safe to repeat."""
    found = finder.findable(thing)
    if found is None:
        forget_thing(thing)
        return
    _store(_key(thing), found, language="", kind=thing._meta.label_lower, url=found.url, site=found.site)


def forget_thing(thing: Model) -> None:
    SearchEntry.objects.filter(key=_key(thing)).delete()


def index_everything() -> int:
    """Make the index anew, thing by thing, while people search. Returns how many entries there are."""
    for page in Page.objects.live().specific().iterator():
        index_page(page)
    for finder in finders():
        for thing in finder.model._default_manager.iterator():
            index_thing(finder, thing)
    SearchEntry.objects.filter(page__live=False).delete()
    return SearchEntry.objects.count()


def _store(key: str, found: Findable, *, language: str, **facts: Any) -> None:
    stemmed_as = language or "pl"
    texts = {
        "heading": found.title[:LONGEST_HEADING],
        "summary": Truncator(" ".join(strip_tags(found.summary).split())).chars(SUMMARY_LENGTH),
        "title": keep(found.title, stemmed_as),
        "text": keep(f"{found.summary} {found.text}", stemmed_as),
        # Some letters become two when folded.
        "folded_heading": fold(found.title)[:LONGEST_HEADING],
    }
    SearchEntry.objects.update_or_create(key=key, defaults={"language": language, **texts, **facts})


def _texts(page: Page) -> Iterator[str]:
    """What the page type says it is found by, beside its title."""
    for field in page.get_search_fields():
        if isinstance(field, SearchField) and field.field_name != "title":
            value = field.get_value(page)
            yield from map(str, value if isinstance(value, list | tuple) else [value or ""])


def _key(thing: Model) -> str:
    return f"{thing._meta.label_lower}/{thing.pk}"
