"""A home page full of lists that fill themselves: how often it asks the database, and what it costs warm."""

from pathlib import Path

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Site

from mypart_wagtail.news.models import NewsCategory
from mypart_wagtail.organisations.models import DirectoryEntry, Organisation
from mypart_wagtail.portal.models import (
    ContentPage,
    HomePage,
    PortalSettings,
    PortalWords,
    SearchPage,
    SectionPage,
)
from sandbox.models import MunicipalPage
from tests.benchmarks.measure import Visitor, cpu_side_by_side
from tests.benchmarks.test_queries import queries
from tests.grants.calls import open_call
from tests.news.news import category, index, piece
from tests.people import organisation
from tests.portal.pages import add, stream
from tests.portal.statements import statement
from tests.sites import default_site

pytestmark = [pytest.mark.benchmark, pytest.mark.django_db(transaction=True)]

MANY = 1000
MOST_QUERIES = 30


@pytest.fixture(autouse=True)
def _beside_the_bare(settings):
    (engine,) = settings.TEMPLATES
    settings.TEMPLATES = [engine | {"DIRS": [*engine["DIRS"], Path(__file__).parent / "templates"]}]


def twelve_lists(club: Organisation) -> str:
    no_link = {"text": "", "page": None, "document": None, "url": ""}
    calls = [
        ("open_calls", {"heading": f"Calls {area}", "count": 6, "area": area}) for area in ("", "16", "17")
    ]
    clubs = [
        ("organisations", {"heading": f"NGOs {area}", "count": count, "area": area})
        for area, count in (("", 6), ("16", 6), ("17", 6))
    ]
    focus = [
        (
            "organisation_in_focus",
            {"heading": f"Focus {why}", "count": 1, "organisation": str(club.uuid), "why": why},
        )
        for why in ("a", "b")
    ]
    generators = [
        (
            "offer_generator",
            {"heading": "Offers", "intro": "", "selection": selection, "area": area, "layout": "list"},
        )
        for selection, area in (("open", ""), ("area", "16"), ("area", "17"))
    ]
    news = [("latest_news", {"heading": "News", "count": 6})]
    lists = [(name, value | {"link": no_link}) for name, value in (*calls, *clubs, *focus, *news)]
    return stream(*lists, *generators)


def furnished(site: Site) -> HomePage:
    """A home page with twelve lists, six calls, twelve organisations, three news and everything around it."""
    for _number in range(6):
        open_call()
    clubs = [
        organisation(f"Klub {number}", register_number=f"{number:010}", areas=["17"]) for number in range(12)
    ]
    DirectoryEntry.objects.bulk_create(DirectoryEntry(organisation=club, site=site) for club in clubs)
    portal = PortalSettings.objects.create(site=site, office="Urząd", email="ngo@example.org")
    PortalWords.objects.create(settings=portal, language="en", name="Portal")
    statement()
    news = index()
    for number in range(3):
        piece(news, f"Regatta {number}", category=NewsCategory.objects.first() or category())
    add(SearchPage, "Search")
    return add(HomePage, "Home", lead="Welcome", body=twelve_lists(clubs[0]), parent=site.root_page)


def test_a_home_page_of_twelve_lists(table, monkeypatch):
    monkeypatch.setattr(MunicipalPage, "template", "benchmarks/page.html")
    home = furnished(default_site())
    visitor = Visitor()
    size = len(visitor.get(home.get_url()).content)
    bare = add(MunicipalPage, "Bare", body=stream(("paragraph", f"<p>{'Mysłowice ' * (size // 11)}</p>")))
    times = cpu_side_by_side(
        lambda: visitor.get(home.get_url()), lambda: visitor.get(bare.get_url()), rounds=100
    )
    table.ratio("home page of twelve lists, warm", *times, target=1.3)
    cache.clear()
    Site.clear_site_root_paths_cache()
    with CaptureQueriesContext(connection) as cold:
        visitor.get(home.get_url())
    table.counts(f"queries, home page of twelve lists, cold : {MOST_QUERIES}", len(cold), MOST_QUERIES)


def test_lists_of_the_portal(table):
    section = add(SectionPage, "Section")
    search = add(SearchPage, "Search")
    visitor = Visitor()
    lists = {"section": section.get_url(), "search": f"{search.get_url()}?q=sport"}
    add(ContentPage, "Sport", parent=section)
    one = {name: queries(visitor, path) for name, path in lists.items()}
    for number in range(MANY - 1):
        add(ContentPage, f"Sport {number}", parent=section)
    for name, path in lists.items():
        table.counts(f"queries, {name}, {MANY} : 1", queries(visitor, path), one[name])
