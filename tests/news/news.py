"""News for tests."""

from datetime import date
from typing import Any

from wagtail.models import Page

from mypart_wagtail.news.models import NewsCategory, NewsCategoryName, NewsIndexPage, NewsPage
from tests.portal.pages import add


def category(slug: str = "city", **names: str) -> NewsCategory:
    made = NewsCategory.objects.create(slug=slug)
    for language, name in (names or {"en": "From the city", "pl": "Z miasta"}).items():
        NewsCategoryName.objects.create(category=made, language=language, name=name)
    return made


def index(title: str = "News", *, language: str = "en", **facts: Any) -> NewsIndexPage:
    return add(NewsIndexPage, title, language=language, **{"lead": "What is new.", **facts})


def piece(parent: Page, title: str = "Regatta", *, tags: tuple[str, ...] = (), **facts: Any) -> NewsPage:
    """A published piece of news, of 10 November 2026 unless told otherwise."""
    page = NewsPage(title=title, **{"lead": "They sail.", "date": date(2026, 11, 10), **facts})
    parent.add_child(instance=page)
    page.tags.set(tags)
    page.save_revision().publish()
    return NewsPage.objects.get(pk=page.pk)
