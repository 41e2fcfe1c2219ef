"""What shows news and notices is rendered anew when they change."""

from typing import Any

from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from wagtail.models import PageViewRestriction, Site
from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move

from mypart_wagtail.fragments import has_changed
from mypart_wagtail.news.listing import NEWS
from mypart_wagtail.news.models import (
    NewsCategory,
    NewsCategoryName,
    NewsIndexMixin,
    NewsMixin,
    NoticeIndexMixin,
    NoticeMixin,
)
from mypart_wagtail.news.notices import NOTICES

SHOWN = {
    NEWS: (NewsMixin, NewsIndexMixin, NewsCategory, NewsCategoryName, Site, PageViewRestriction),
    NOTICES: (NoticeMixin, NoticeIndexMixin, Site, PageViewRestriction),
}


@receiver([post_save, post_delete])
def show_changed_news(sender: type, **kwargs: Any) -> None:
    """News and notices, their list or category, the address of their site, and who may read them."""
    for topic, kinds in SHOWN.items():
        if issubclass(sender, kinds):
            has_changed(topic)


@receiver([page_published, page_unpublished, page_slug_changed, post_page_move])
def show_moved_news(sender: type, **kwargs: Any) -> None:
    """A page above may have moved them along."""
    for topic in SHOWN:
        has_changed(topic)
