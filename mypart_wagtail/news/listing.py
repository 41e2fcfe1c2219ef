"""Which news a list shows, and what one can choose there."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, TypeVar

from django.core.paginator import Page as PageOfResults
from django.core.paginator import Paginator
from django.db.models import Count, Prefetch, Q, QuerySet
from django.db.models.functions import TruncMonth
from django.http import Http404, QueryDict
from django.utils import timezone
from django.utils.functional import cached_property
from wagtail.images import get_image_model
from wagtail.models import Page

from mypart_wagtail.fragments import LONGEST, kept
from mypart_wagtail.news.authors import author_called, with_authors, with_public_authors
from mypart_wagtail.news.models import NewsCategory, NewsIndexPage, NewsPage
from mypart_wagtail.organisations.models import OrganisationPage
from mypart_wagtail.sites import pages_of, public, site_of
from mypart_wagtail.text import clean_text

NEWS = "news"
"""The topic of the fragments that show news; ``signals.py`` tells when they change."""
CARD_PICTURE = "fill-640x360"
RELATED = 3

T = TypeVar("T")


def newest(news: QuerySet[Any], request: Any = None) -> QuerySet[Any]:
    """Those that everybody may read, the newest first."""
    return with_public_authors(public(news, request)).order_by("-date", "-first_published_at", "-pk")


def with_cards(news: QuerySet[Any]) -> QuerySet[Any]:
    """The same with what their cards show."""
    pictures = get_image_model().objects.prefetch_renditions(CARD_PICTURE)
    pages = news.select_related("category")
    return pages.prefetch_related("category__names", Prefetch("picture", pictures))


def related_to(page: Any, count: int = RELATED) -> list[Any]:
    """Other news of the same list that share a tag or the category with ``page``, the newest first."""
    tags = [tag.pk for tag in page.tags.all()]
    alike = Q(tagged_items__tag__in=tags)
    if page.category_id:
        alike |= Q(category=page.category_id)
    elif not tags:
        return []
    neighbours = NewsPage.objects.sibling_of(page, inclusive=False)
    return with_authors(with_cards(newest(neighbours.filter(alike).distinct()))[:count])


def list_of(page: Any, request: Any = None, kind: type[Page] = NewsIndexPage) -> Any:
    """The list that shows ``page``: the one it stands under, or else the first of its site and language.

    ``kind`` of lists; None where there is none.
    """
    lists = kind.objects.all()
    above = lists.parent_of(page).first()
    site = site_of(request, page)
    if above or site is None:
        return above
    shown = public(lists.filter(pages_of(site, request), locale=page.locale_id), request)
    return shown.filter(with_organisations=True).order_by("depth", "path").first()


class NewsList:
    """News of ``index`` as the address asks for them. Raises ``Http404`` for a month that is none."""

    def __init__(self, index: NewsIndexPage, asked: QueryDict, *month: int) -> None:
        """``month``: year and month, or nothing."""
        self.index = index
        self.all = newest(index.news())
        self.month = _first_day(*month) if month else None
        self.tag = clean_text(asked.get("tag", ""))[:100]
        self.chosen = clean_text(asked.get("category", ""))[:60]
        self.author_slug = clean_text(asked.get("organisation", ""))[:255]
        self.number = asked.get("page")
        self.per_page = index.per_page

    @cached_property
    def page_obj(self) -> PageOfResults[Any]:
        page = Paginator(with_cards(self._asked_for()), self.per_page).get_page(self.number)
        page.object_list = with_authors(page.object_list)
        return page

    @cached_property
    def author(self) -> OrganisationPage | None:
        """The organisation whose news are asked for."""
        return author_called(self.author_slug, self.index)

    @cached_property
    def category(self) -> NewsCategory | None:
        return next((each for each in self.categories if each.slug == self.chosen), None)

    @cached_property
    def categories(self) -> list[NewsCategory]:
        """Those of which there are news."""
        used = self._kept(
            "categories", lambda: list(self.all.order_by().values_list("category", flat=True).distinct())
        )
        return list(NewsCategory.objects.filter(pk__in=filter(None, used)))

    @cached_property
    def months(self) -> list[dict[str, Any]]:
        """Months with news as ``{"first": date, "count": int}``, the latest first."""
        by_month = self.all.order_by().annotate(first=TruncMonth("date")).values("first")
        return self._kept("months", lambda: list(by_month.annotate(count=Count("pk")).order_by("-first")))

    def _kept(self, what: str, find: Callable[[], T]) -> T:
        """What the whole list tells; counting thousands of news for each reader would be slow."""
        return kept(NEWS, (what, str(self.index.pk)), lambda: (find(), timezone.now() + LONGEST))

    def _asked_for(self) -> QuerySet[Any]:
        found: Any = self.all
        if self.month:
            found = found.filter(date__year=self.month.year, date__month=self.month.month)
        if self.chosen:
            found = found.filter(category=self.category) if self.category else found.none()
        if self.tag:
            found = found.filter(tagged_items__tag__slug=self.tag)
        if self.author_slug:
            own = NewsPage.objects.all().child_of_q(self.author) if self.author else Q(pk__in=[])
            found = found.filter(own)
        return found


def _first_day(year: int, month: int) -> date:
    try:
        return date(year, month, 1)
    except (OverflowError, ValueError) as error:
        raise Http404 from error
