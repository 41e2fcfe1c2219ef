"""What the news app gives to other apps."""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import NoReverseMatch, reverse
from django.utils import translation
from django.utils.translation import gettext as _
from wagtail.models import Page

from mypart_wagtail.digests import Period, Topic
from mypart_wagtail.languages import current_language
from mypart_wagtail.listings import Asked, Fact, Listed, Listing
from mypart_wagtail.mail import absolute_url
from mypart_wagtail.news.authors import under_profiles_of, with_authors
from mypart_wagtail.news.listing import list_of, newest
from mypart_wagtail.news.models import NewsIndexPage, NewsPage, NoticeIndexPage, NoticePage
from mypart_wagtail.news.notices import current, next_midnight
from mypart_wagtail.organisations.models import Organisation, OrganisationPage
from mypart_wagtail.sites import pages_of
from mypart_wagtail.templatetags.mypart import day


def latest(asked: Asked) -> Listing:
    """What the block of the latest news shows."""
    news = newest(NewsPage.objects.filter(_here(asked)), asked.request)
    return _listing(news, asked, NewsIndexPage, until=asked.at + timedelta(days=1))


def notices(asked: Asked) -> Listing:
    """What the block of notices shows."""
    found = current(NoticePage.objects.filter(_here(asked)), asked.at, asked.request)
    return _listing(found, asked, NoticeIndexPage, until=next_midnight(asked.at))


def of_organisation(organisation: Organisation, asked: Asked) -> tuple[str, Listing]:
    """What the profile of ``organisation`` shows: its own news in the current language."""
    news = newest(NewsPage.objects.filter(_own(organisation, asked)), asked.request)
    return _("News"), _own_listing(news, asked, NewsIndexPage, until=asked.at + timedelta(days=1))


def notices_of_organisation(organisation: Organisation, asked: Asked) -> tuple[str, Listing]:
    """The same for its current notices."""
    found = current(NoticePage.objects.filter(_own(organisation, asked)), asked.at, asked.request)
    return _("Notices"), _own_listing(found, asked, NoticeIndexPage, until=next_midnight(asked.at))


def _listing(found: QuerySet[Any], asked: Asked, kind: type[Page], *, until: datetime) -> Listing:
    """The first of ``found``, each with its author, and the way to the list of ``kind``."""
    shown = list(found[: asked.count])
    # Where there are no public pages there is no public list of them either.
    lists = kind.objects.filter(_here(asked)).live().order_by("depth", "path")
    index = lists.first() if shown else None
    return Listing(
        [_listed(page, asked.request, *_author(page)) for page in with_authors(shown, index)],
        until=until,
        all_url=(index.get_url(asked.request) or "") if index else "",
    )


def _own_listing(found: QuerySet[Any], asked: Asked, kind: type[Page], *, until: datetime) -> Listing:
    """The first of ``found``, which are all of one organisation, and the way to all of its own."""
    shown = with_authors(found[: asked.count])
    index = list_of(shown[0], asked.request, kind) if shown else None
    address = index.get_url(asked.request) if index else None
    author = shown[0].author if shown else None
    return Listing(
        [_listed(page, asked.request) for page in shown],
        until=until,
        all_url=f"{address}?organisation={author.slug}" if address and author else "",
    )


def form_of(profile: OrganisationPage) -> tuple[str, str] | None:
    """The form in which people of the organisation write news under ``profile``.

    None while the profile is not live, and in a host that leaves the form out of its addresses.
    """
    site = profile.get_site() if profile.live else None
    if site is None:
        return None
    try:
        with translation.override(profile.locale.language_code):
            address = reverse("mypart_news:write", args=[profile.organisation.uuid])
    except NoReverseMatch:
        return None
    return _("Write news"), absolute_url(site, address)


def editor_of_notice(profile: OrganisationPage) -> tuple[str, str]:
    """The editor of the admin for a new notice under ``profile``."""
    kind = NoticePage._meta
    address = reverse("wagtailadmin_pages:add", args=[kind.app_label, kind.model_name, profile.pk])
    return _("Write a notice"), address


def _listed(page: Any, request: Any, *facts: Fact) -> Listed:
    own = _of_notice(page) if isinstance(page, NoticePage) else (Fact(_("Date"), day(page.date)),)
    return Listed(page.title, page.get_url(request) or "", page.lead, (*own, *facts))


def _of_notice(page: NoticePage) -> tuple[Fact, ...]:
    return Fact(_("Kind"), page.get_kind_display()), Fact(_("Valid until"), day(page.valid_until))


def _author(page: Any) -> tuple[Fact, ...]:
    return (Fact(_("Organisation"), page.author.title),) if page.author else ()


def _own(organisation: Organisation, asked: Asked) -> Q:
    """Pages of ``organisation`` in the current language, of the site if it is known."""
    language = Q(locale__language_code=current_language())
    return under_profiles_of(organisation, asked.site) & language


def _here(asked: Asked) -> Q:
    """Pages in the current language, of the site if it is known."""
    language = Q(locale__language_code=current_language())
    return language & pages_of(asked.site, asked.request) if asked.site else language


def newsletter_topic() -> Topic:
    """News that came out in the period of a newsletter."""
    return Topic(label=_("News"), find=_published)


def _published(period: Period) -> list[Listed]:
    here = Q(locale__language_code=current_language()) & pages_of(period.site)
    came_out = Q(first_published_at__gte=period.since, first_published_at__lt=period.until)
    news = newest(NewsPage.objects.filter(here & came_out))
    return [Listed(page.title, page.get_url() or "", page.lead) for page in news]
