"""Every page people may meet, in both languages, each look and width: accessible, valid, within the edges."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation
from wagtail.models import Page, Site, get_page_models

from mypart_wagtail.grants.models import CallIndexPage, CallPage
from mypart_wagtail.news.models import NewsIndexPage, NoticePage
from mypart_wagtail.organisations.models import DirectoryPage
from mypart_wagtail.portal.models import (
    ContentPage,
    HomePage,
    Partner,
    PortalSettings,
    PortalWords,
    SearchPage,
    SocialLink,
)
from sandbox.models import MunicipalPage
from tests.addresses import World, documented
from tests.blocks.samples import LISTS, examples, page_with, stored_file, stored_picture
from tests.browser.axe import assert_accessible_in_another_language, assert_accessible_in_each_look
from tests.browser.conftest import let_in
from tests.browser.nu import assert_all_valid
from tests.news.news import category, piece
from tests.news.news import index as news_index
from tests.news.notices import in_days, notice, notice_index
from tests.newsletter.editions import newsletter
from tests.organisations.public import accepted, directory, profile_of
from tests.portal.pages import add, one_of_each, stream
from tests.portal.statements import statement
from tests.sites import default_site

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

NO_PAGES = {
    "mypart_grants:feed",
    "mypart_grants:calendar",
    "mypart_grants:call_calendar",
    "mypart_grants:mine",
    "mypart_grants:offer_pdf",
    "mypart_grants:draft_pdf",
    # Deeds: opened without pressing a button they lead to a page that is listed.
    "mypart_grants:rehearse",
    "mypart_grants:ask_signer",
    "mypart_grants:correct",
    "mypart_grants:abandon_correction",
    "mypart_grants:confirm",
    "mypart_portal:suggestions",
    "mypart_portal:colours",
}
"""Addresses that answer with something else than a page of their own."""

OF_ACCOUNTS = {
    "anonymous": ["account_login", "account_signup", "account_reset_password", "account_reset_password_done"],
    "administrator": [
        "account_logout",
        "account_email",
        "account_change_password",
        "account_reauthenticate",
        "mfa_index",
    ],
}
SHARES = 2
"""Into how many tests the pages are dealt out, so that they run side by side."""


def wagtail_pages() -> list[str]:
    """The address of a page of every type there is. A new type without an example here fails."""
    site = default_site()
    furnish(site)
    newsletter()
    home = add(HomePage, "Start", lead="Witamy", body=[("offer_generator", {"layout": "list"})])
    city = MunicipalPage(title="Miasto", slug="miasto", body=[("offer_generator", {"heading": "Dotacje"})])
    site.root_page.add_child(instance=city)
    CallIndexPage.objects.get().save_revision().publish()
    pages = [
        *(city, page_with(examples()), statement("en"), statement("pl", slug="oswiadczenie")),
        *one_of_each(home),
        add(ContentPage, "Lists", body=[(name, {"count": 3}) for name in LISTS]),
        *(CallIndexPage.objects.get(), CallPage.objects.get()),
        *news_pages(),
        *notice_pages(),
        *directory_pages(),
    ]
    known = {type(page) for page in pages}
    missing = {kind for kind in get_page_models() if kind.is_creatable} - known
    assert not {kind for kind in missing if kind._meta.app_label != "wagtailcore"}
    search = SearchPage.objects.get().get_url()
    found = [page.get_url() for page in pages]
    news = next(page for page in pages if isinstance(page, NewsIndexPage)).get_url()
    ngos = next(page for page in pages if isinstance(page, DirectoryPage)).get_url()
    found += [f"{ngos}?area=17&q=klub&opp=1", f"{ngos}?q=xyzzy"]
    found += [f"{news}2026/11/", f"{news}?category=clubs", f"{news}?tag=none"]
    found += [f"{NoticePage.objects.first().get_url()}contact/"]
    return [*found, f"{search}?q=konkurs", f"{search}?q=xyzzy"]


def news_pages() -> list[Page]:
    """A list of two categories and months, and news with everything in them."""
    index = news_index()
    facts = {"tags": ("sport",), "picture": stored_picture("boat"), "picture_alt": "A boat"}
    file = {"document": stored_file("plan.pdf").pk, "title": "Plan", "description": ""}
    first = piece(index, category=category(), attachments=stream(("document", file)), **facts)
    piece(index, "Choir", category=category("clubs"), date=date(2026, 10, 1), tags=("sport",))
    return [index, first]


def notice_pages() -> list[Page]:
    """A list, a notice in it and one that is over. What a press of its button shows: ``test_notices.py``."""
    index = notice_index()
    return [index, notice(index), notice(index, "Painters wanted", valid_until=in_days(-1))]


def directory_pages() -> list[Page]:
    """A directory of two organisations, one of which has filled in everything."""
    page = directory()
    club = accepted("Klub", areas=["17"], is_opp=True, website="https://klub.example.org")
    accepted("Other", register_kind="mayor")
    profile = profile_of(club)
    facts = {
        "about": "<p>About</p>",
        "how_to_help": "<p>Come</p>",
        "phone": "32 555 00 00",
        "lead": "We sail.",
    }
    for name, value in facts.items():
        setattr(profile, name, value)
    profile.email, profile.logo = "club@example.org", stored_picture("club")
    profile.people = stream(("person", {"name": "Anna", "function": "president", "consent": True}))
    profile.links = stream(("link", {"text": "Mastodon", "url": "https://social.example.org/club"}))
    profile.save_revision().publish()
    return [page, profile]


def furnish(site: Site) -> None:
    """Everything that can stand around a page."""
    portal = PortalSettings.objects.create(
        site=site,
        logo=stored_picture("logo"),
        primary_colour="#7a1030",
        accent_colour="#00507a",
        office="Urząd Miasta",
        address="ul. Przykładowa 1",
        email="ngo@example.org",
        phone="32 555 00 00",
        bip_url="https://bip.example.org/",
        interpreter_url="https://interpreter.example.org/",
    )
    for language in ("en", "pl"):
        words = {
            "name": "Konstantynopolitańczykowianeczka",
            "about": "<p>O nas</p>",
            "privacy": "<p>RODO</p>",
        }
        PortalWords.objects.create(settings=portal, language=language, **words)
    Partner.objects.create(settings=portal, role="city", name="Miasto", logo=stored_picture("herb"))
    Partner.objects.create(settings=portal, role="centre", name="Centrum", url="https://example.org/")
    SocialLink.objects.create(settings=portal, name="Mastodon", url="https://social.example.org/")


def addresses(world: World) -> dict[str, list[str]]:
    """Addresses of pages by who opens them."""
    ours = [
        world.address(row.name)
        for row in documented()
        if "GET" in row.methods
        and not row.is_of_admin
        and row.name not in NO_PAGES
        and row.who != "publisher"
    ]
    of_accounts = {who: [reverse(name) for name in names] for who, names in OF_ACCOUNTS.items()}
    return {
        "anonymous": [*wagtail_pages(), *of_accounts["anonymous"], "/en/there-is-no-such-page/"],
        "signer": [address for address in ours if "/members/" not in address],
        "administrator": [
            *of_accounts["administrator"],
            world.address("mypart_organisations:members"),
            world.address("mypart_organisations:change"),
        ],
        "publisher": [world.address(row.name) for row in documented() if row.who == "publisher"],
    }


@pytest.mark.parametrize("share", range(SHARES))
@pytest.mark.parametrize(
    ("language", "assert_right"),
    [("pl", assert_accessible_in_each_look), ("en", assert_accessible_in_another_language)],
    ids=["pl", "en"],
)
def test_every_page_is_accessible_and_fits(open_context, complaints, language, assert_right, share):
    with translation.override(language):
        world = World()
        found = addresses(world)
    for who, places in found.items():
        context = open_context()
        if world.people[who]:
            let_in(context, world.people[who])
        page = context.new_page()
        for place in places[share::SHARES]:
            page.goto(place)
            assert_right(page)
    complaints[:] = [text for text in complaints if "404" not in text and "410" not in text]


def test_every_page_is_valid_html(live_server):
    world = World()
    pages = {}
    for who, places in addresses(world).items():
        client = Client()
        if world.people[who]:
            client.force_login(world.people[who])
        pages |= {place: client.get(place, follow=True).content.decode() for place in places}
    assert_all_valid(pages)
