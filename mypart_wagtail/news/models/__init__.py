"""News and notices, the lists they stand in, and what sorts them."""

from mypart_wagtail.news.models.category import NewsCategory, NewsCategoryName
from mypart_wagtail.news.models.notices import (
    NoticeIndexMixin,
    NoticeIndexPage,
    NoticeKind,
    NoticeMixin,
    NoticePage,
)
from mypart_wagtail.news.models.pages import NewsIndexMixin, NewsIndexPage, NewsMixin, NewsPage, NewsTag
from mypart_wagtail.news.models.photo import WaitingPhoto

__all__ = [
    "NewsCategory",
    "NewsCategoryName",
    "NewsIndexMixin",
    "NewsIndexPage",
    "NewsMixin",
    "NewsPage",
    "NewsTag",
    "NoticeIndexMixin",
    "NoticeIndexPage",
    "NoticeKind",
    "NoticeMixin",
    "NoticePage",
    "WaitingPhoto",
]
