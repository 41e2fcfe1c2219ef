"""What the news app gives to other apps."""

from datetime import timedelta
from typing import Any

from django.utils.translation import gettext as _
from wagtail.models import Site

from mypart_wagtail.languages import current_language
from mypart_wagtail.listings import Asked, Fact, Listed, Listing
from mypart_wagtail.news.listing import public
from mypart_wagtail.news.models import NewsIndexPage, NewsPage
from mypart_wagtail.once import once
from mypart_wagtail.sites import pages_of
from mypart_wagtail.templatetags.mypart import day

NEWS = "news"
"""The topic of the fragments that show news; ``signals.py`` tells when they change."""


def latest(asked: Asked) -> Listing:
    """What the block of the latest news shows."""
    news = _of_site(NewsPage.objects.all(), asked.site)
    index = once(asked.request, ("news.index", current_language()), lambda: _index(asked.site))
    return Listing(
        [_listed(page, asked.request) for page in public(news)[: asked.count]],
        until=asked.at + timedelta(days=1),
        all_url=(index.get_url(asked.request) or "") if index else "",
    )


def _listed(page: Any, request: Any) -> Listed:
    return Listed(page.title, page.get_url(request) or "", page.lead, (Fact(_("Date"), day(page.date)),))


def _index(site: Site | None) -> NewsIndexPage | None:
    return _of_site(NewsIndexPage.objects.all(), site).live().public().order_by("path").first()


def _of_site(pages: Any, site: Site | None) -> Any:
    """Those in the current language, of ``site`` if it is known."""
    found = pages.filter(locale__language_code=current_language())
    return found.filter(pages_of(site)) if site else found
