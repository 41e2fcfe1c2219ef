"""The site: a home page, the list of calls and a page of the city, in Polish and English."""

import json
import uuid
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from wagtail.models import Locale, Page, Site

from mypart_wagtail.grants.models import CallIndexPage
from mypart_wagtail.portal.models import HomePage
from sandbox.demo.content import code_uuid, read
from sandbox.demo.translating import translate
from sandbox.models import MunicipalPage

POLISH, ENGLISH = "pl", "en"
# Parts left empty must be there all the same: wagtail-localize stumbles over what is missing.
EMPTY_PICTURE = {"image": None, "alt_text": "", "decorative": False}
EMPTY_CARD = {
    "image": EMPTY_PICTURE,
    "link": {"text": "", "page": None, "document": None, "url": ""},
}
WELCOME = "Welcome to your new Wagtail site!"
AS_WAGTAIL_MADE_IT = ("localhost", 80)
"""Host and port of a site nobody has set up yet: links in mail would begin with them."""


@dataclass(frozen=True)
class DemoSite:
    """The pages the rest of the demo hangs on."""

    site: Site
    home: HomePage
    calls: CallIndexPage
    english: Locale


def make_site(actor: Any) -> DemoSite:
    """The home page as the root of the default site, and the list of calls under it."""
    polish, _is_new = Locale.objects.get_or_create(language_code=POLISH)
    english, _is_new = Locale.objects.get_or_create(language_code=ENGLISH)
    words = read("pages")
    home = _make_home(words["home"]["pl"], polish, actor)
    calls = make_page(
        CallIndexPage,
        "calls",
        home,
        actor,
        title=words["calls"]["pl"]["title"],
        slug=words["calls"]["pl"]["slug"],
        intro=words["calls"]["pl"]["intro"],
        search_description=words["calls"]["pl"]["description"],
    )
    make_page(MunicipalPage, "city", home, actor, **_city(words["city"]["pl"]))
    if home.button_page is None:
        home.button_page = calls
        home.save_revision(user=actor).publish(user=actor)
    for name in ("home", "calls", "city"):
        page = Page.objects.get(translation_key=code_uuid(f"page/{name}"), locale=polish).specific
        translate(page, words[name]["pl"], words[name]["en"], locale=english, actor=actor)
    return DemoSite(_site_of(home), home, calls, english)


@transaction.atomic
def _make_home(words: dict[str, Any], locale: Locale, actor: Any) -> HomePage:
    found = HomePage.objects.filter(translation_key=code_uuid("page/home"), locale=locale).first()
    if found is not None:
        return found
    root = Page.get_first_root_node() or Page.add_root(title="Root", slug="root", locale=locale)
    home = HomePage(
        translation_key=code_uuid("page/home"),
        locale=locale,
        live=False,
        title=words["title"],
        slug=words["slug"],
        seo_title=words["seo_title"],
        lead=words["lead"],
        button=words["button"],
        body=json.dumps(_home_body(words)),
    )
    root.add_child(instance=home)
    home.save_revision(user=actor).publish(user=actor)
    _put_at_the_root(home)
    return home


def _put_at_the_root(home: HomePage) -> None:
    """Make ``home`` the first page of the site, and remove the page with which Wagtail welcomes."""
    site = Site.objects.filter(is_default_site=True).first() or Site(
        hostname="localhost", is_default_site=True
    )
    if (site.hostname, site.port) == AS_WAGTAIL_MADE_IT:
        base = urlsplit(settings.WAGTAILADMIN_BASE_URL)
        site.hostname = base.hostname
        site.port = base.port or (443 if base.scheme == "https" else 80)
    site.root_page = home
    site.site_name = site.site_name or home.seo_title
    site.save()
    welcome = Page.objects.filter(depth=2, title=WELCOME, numchild=0).first()
    if welcome is not None:
        welcome.delete()


def _site_of(home: HomePage) -> Site:
    return Site.objects.get(root_page=home)


@transaction.atomic
def make_page(kind: type[Page], code: str, parent: Page, actor: Any, /, **facts: Any) -> Any:
    key = code_uuid(f"page/{code}")
    found = kind.objects.filter(translation_key=key, locale=parent.locale).first()
    if found is not None:
        return found
    page = kind(translation_key=key, locale=parent.locale, live=False, **facts)
    parent.add_child(instance=page)
    page.save_revision(user=actor).publish(user=actor)
    return page


def _home_body(words: dict[str, Any]) -> list[dict[str, Any]]:
    cards = _items([EMPTY_CARD | card for card in words["cards"]])
    return [
        _block("cards", {"heading": words["cards_heading"], "cards": cards}),
        _block("offer_generator", _generator(words["generator"]["heading"], words["generator"]["intro"])),
        _block("latest_news", _latest_news(words["news_heading"])),
        _block("organisations", _organisations(words["organisations_heading"])),
        _block("newsletter", words["newsletter"]),
        _block("heading", _heading(words["help"]["heading"])),
        _block("paragraph", words["help"]["text"]),
    ]


def _city(words: dict[str, Any]) -> dict[str, Any]:
    body = [
        *(_block("paragraph", text) for text in words["paragraphs"]),
        _block("offer_generator", _generator(words["generator_heading"], words["generator_intro"], "list")),
        _block("heading", _heading(words["after_heading"])),
        _block("paragraph", words["after"]),
    ]
    return {
        "title": words["title"],
        "slug": words["slug"],
        "search_description": words["description"],
        "body": json.dumps(body),
    }


def _heading(text: str) -> dict[str, Any]:
    return {"text": text, "level": "2", "anchor": ""}


def _generator(heading: str, intro: str, layout: str = "cards") -> dict[str, Any]:
    return {
        "heading": heading,
        "intro": intro,
        "selection": "open",
        "area": "",
        "calls": [],
        "layout": layout,
    }


def _latest_news(heading: str) -> dict[str, Any]:
    return {"heading": heading, "count": 3, "link": EMPTY_CARD["link"]}


def _organisations(heading: str) -> dict[str, Any]:
    return {"heading": heading, "count": 6, "link": EMPTY_CARD["link"], "area": ""}


def _items(values: list[Any]) -> list[dict[str, Any]]:
    """Items of a list block, with the ids by which their translations find them."""
    return [{"type": "item", "id": str(uuid.uuid4()), "value": value} for value in values]


def _block(kind: str, value: Any) -> dict[str, Any]:
    return {"type": kind, "value": value}
