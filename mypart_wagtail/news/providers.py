"""What the news app gives to other apps."""

from datetime import timedelta
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from mypart_wagtail.languages import current_language
from mypart_wagtail.listings import Asked, Fact, Listed, Listing
from mypart_wagtail.news.authors import under_profiles_of, with_authors
from mypart_wagtail.news.listing import list_of, newest
from mypart_wagtail.news.models import NewsIndexPage, NewsPage
from mypart_wagtail.organisations.models import Organisation
from mypart_wagtail.sites import pages_of
from mypart_wagtail.templatetags.mypart import day


def latest(asked: Asked) -> Listing:
    """What the block of the latest news shows."""
    here = _here(asked)
    news = with_authors(newest(NewsPage.objects.filter(here), asked.request)[: asked.count])
    # Where there is no public news there is no public list of it either.
    index = NewsIndexPage.objects.filter(here).live().order_by("depth", "path").first() if news else None
    return Listing(
        [_listed(page, asked.request) for page in news],
        until=asked.at + timedelta(days=1),
        all_url=(index.get_url(asked.request) or "") if index else "",
    )


def of_organisation(organisation: Organisation, asked: Asked) -> tuple[str, Listing]:
    """What the profile of ``organisation`` shows: its own news in the current language."""
    own = under_profiles_of(organisation, asked.site)
    news = newest(NewsPage.objects.filter(own, locale__language_code=current_language()), asked.request)
    shown = with_authors(news[: asked.count])
    index = list_of(shown[0], asked.request) if shown else None
    address = index.get_url(asked.request) if index else None
    author = shown[0].author if shown else None
    return _("News"), Listing(
        [Listed(page.title, page.get_url(asked.request) or "", page.lead, (_date(page),)) for page in shown],
        until=asked.at + timedelta(days=1),
        all_url=f"{address}?organisation={author.slug}" if address and author else "",
    )


def _listed(page: Any, request: Any) -> Listed:
    author = (Fact(_("Organisation"), page.author.title),) if page.author else ()
    return Listed(page.title, page.get_url(request) or "", page.lead, (_date(page), *author))


def _date(page: Any) -> Fact:
    return Fact(_("Date"), day(page.date))


def _here(asked: Asked) -> Q:
    """Pages in the current language, of the site if it is known."""
    language = Q(locale__language_code=current_language())
    return language & pages_of(asked.site, asked.request) if asked.site else language
