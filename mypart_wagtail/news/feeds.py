"""News and notices for programs that read them: RSS and Atom."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any
from uuid import uuid5

from django.contrib.syndication.views import Feed
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed, SyndicationFeed

from mypart_wagtail.news.authors import with_authors
from mypart_wagtail.news.listing import newest, with_cards
from mypart_wagtail.news.models import NewsIndexPage
from mypart_wagtail.news.notices import current, next_midnight
from mypart_wagtail.programs import for_programs
from mypart_wagtail.text import clean_text

MOST = 50


class NewsFeed(Feed):
    """The newest news of one list, with their leads, as RSS."""

    feed_type: type[SyndicationFeed] = Rss201rev2Feed
    item_guid_is_permalink = False

    def get_object(self, request: HttpRequest, *args: Any, index: NewsIndexPage) -> NewsIndexPage:
        return index

    def title(self, index: NewsIndexPage) -> str:
        return clean_text(index.title)

    def description(self, index: NewsIndexPage) -> str:
        return clean_text(index.search_description or index.lead)

    def link(self, index: NewsIndexPage) -> str:
        return index.url or ""

    def items(self, index: NewsIndexPage) -> list[Any]:
        news = with_cards(newest(index.news())).select_related("locale")
        return with_authors(news.prefetch_related("tagged_items__tag")[:MOST])

    def item_title(self, page: Any) -> str:
        return clean_text(page.title)

    def item_description(self, page: Any) -> str:
        return clean_text(page.lead)

    def item_link(self, page: Any) -> str:
        return page.url or ""

    def item_author_name(self, page: Any) -> str:
        return clean_text(page.author.title) if page.author else ""

    def item_guid(self, page: Any) -> str:
        """The same wherever the page moves, another one in each language."""
        return uuid5(page.translation_key, page.locale.language_code).urn

    def item_pubdate(self, page: Any) -> datetime:
        """The moment it came out, or the day it bears where that is an earlier one.

        Never one to come: readers would ask for nothing older.
        """
        published = page.first_published_at
        if published and timezone.localdate(published) <= page.date:
            return published
        return timezone.make_aware(datetime.combine(page.date, time.min))

    def item_updateddate(self, page: Any) -> datetime:
        return page.last_published_at or self.item_pubdate(page)

    def item_categories(self, page: Any) -> list[str]:
        names = [page.category.name] if page.category else []
        return [clean_text(name) for name in (*names, *(item.tag.name for item in page.tagged_items.all()))]


class NewsAtomFeed(NewsFeed):
    """The same as Atom."""

    feed_type = Atom1Feed

    def subtitle(self, index: NewsIndexPage) -> str:
        return self.description(index)


class NoticeFeed(NewsFeed):
    """The newest notices of one list while they are current. Never with a contact: robots read feeds."""

    def items(self, index: Any) -> list[Any]:
        notices = current(index.notices(), timezone.now())
        return with_authors(notices.select_related("locale")[:MOST])

    def item_pubdate(self, page: Any) -> datetime:
        return page.first_published_at or timezone.now()

    def item_categories(self, page: Any) -> list[str]:
        return [clean_text(str(page.get_kind_display()))]


class NoticeAtomFeed(NoticeFeed, NewsAtomFeed):
    """The same as Atom."""


def answer_until_midnight(request: HttpRequest, feed: NoticeFeed, *, index: Any) -> HttpResponse:
    """What ``feed`` tells of ``index``, which no cache keeps longer than the day on which it is true."""
    response = for_programs(feed)(request, index=index)
    now = timezone.now()
    patch_cache_control(response, max_age=int((next_midnight(now) - now).total_seconds()))
    return response
