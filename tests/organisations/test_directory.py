"""Residents find an organisation by its name, town, and what it does; programs read the same as data."""

import csv
import io
from datetime import timedelta

import lxml.html
import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from mypart_wagtail.organisations.models import DirectoryEntry
from mypart_wagtail.organisations.services import show_on_sites
from tests.organisations.public import accepted, directory, profile_of
from tests.people import organisation
from tests.sites import new_site

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def names(client, page, query: str = "") -> list[str]:
    response = client.get(f"{page.url}{query}")
    assert response.status_code == 200
    document = lxml.html.document_fromstring(response.content.decode())
    return [each.text_content() for each in document.cssselect(".mypart-directory__name")]


@pytest.fixture
def page():
    return directory()


@pytest.mark.parametrize("words", ["złoty łabędź", "zloty labedz", "ŁABĘDŹ", "abed", "0000777001", "777001"])
def test_a_name_is_found_with_and_without_polish_letters_and_by_its_number(client, page, words):
    accepted("Klub Złoty Łabędź", register_number="0000777001")
    accepted("Inny klub", register_number="0000888002")
    assert names(client, page, f"?q={words}") == ["Klub Złoty Łabędź"]


def test_one_can_ask_for_town_area_form_and_public_benefit(client, page):
    accepted("A", city="Mysłowice", areas=["17"], legal_form="sports_club")
    accepted("B", city="Łędziny", areas=["16", "17"], legal_form="foundation", is_opp=True)
    accepted("C", city="Mysłowice", areas=["1"], legal_form="foundation")
    assert names(client, page, "?place=myslow") == ["A", "C"]
    assert names(client, page, "?area=17") == ["A", "B"]
    assert names(client, page, "?area=1") == ["C"]
    assert names(client, page, "?form=foundation") == ["B", "C"]
    assert names(client, page, "?opp=1") == ["B"]
    assert names(client, page, "?area=17&form=foundation&place=ledziny&opp=1&q=b") == ["B"]
    assert names(client, page, "?area=17&place=myslowice&opp=1") == []


def test_the_list_stands_in_the_order_asked_for(client, page):
    for name, city in (("Łódka", "Wesoła"), ("Zebra", "Ćmielów"), ("Lama", "Brzezinka")):
        accepted(name, city=city)
    assert names(client, page) == ["Lama", "Łódka", "Zebra"]
    assert names(client, page, "?order=place") == ["Lama", "Zebra", "Łódka"]
    assert names(client, page, "?order=newest") == ["Lama", "Zebra", "Łódka"]


@pytest.mark.parametrize(
    "query", ["?q=%00", "?area=99", "?form=none", "?order=none", "?page=none", "?opp=2", "?place=%00", "?q=%"]
)
def test_what_is_no_choice_breaks_nothing(client, page, query):
    accepted("A%")
    assert names(client, page, query) == ["A%"]


def test_nothing_found_is_told_and_leads_on(client, page):
    accepted()
    response = client.get(f"{page.url}?q=nothing-like-this").content.decode()
    assert "0 organisations" in response
    assert f'href="{page.url}"' in response


def test_it_follows_the_card(client, page):
    club = accepted("Klub Fala", areas=["17"])
    club.name, club.city, club.areas = "Klub Żagiel", "Łazy", ["16"]
    club.save()
    assert names(client, page, "?q=zagiel&place=lazy&area=16") == ["Klub Żagiel"]
    assert names(client, page, "?area=17") == []
    assert profile_of(club).title == "Klub Żagiel"


def test_each_site_shows_its_own(client, page):
    accepted("Ours")
    other = new_site("other.example.org")
    theirs = organisation("Theirs")
    show_on_sites(None, organisation=theirs, shown_on=[other], among=[other])
    assert names(client, page) == ["Ours"]


def test_json_tells_what_the_list_tells(client, page):
    club = accepted("Klub Fala", areas=["17"], is_opp=True, website="https://fala.example.org")
    accepted("Other", areas=["16"])
    found = client.get(f"{page.url}?area=17&format=json").json()
    assert found["count"] == 1
    (told,) = found["organisations"]
    assert told["name"] == "Klub Fala"
    assert told["areas"][0]["point"] == "17"
    assert told["page"] == f"http://testserver{profile_of(club).url}"
    assert not {"email", "phone", "street", "bank_account"} & told.keys()


def test_csv_opens_in_a_spreadsheet_with_polish_letters_and_without_formulas(client, page):
    accepted("=HYPERLINK(1)")
    accepted("Łabędź")
    content = client.get(f"{page.url}?format=csv").content
    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))
    assert [row["name"] for row in rows] == ["'=HYPERLINK(1)", "Łabędź"]


def test_ten_times_as_many_ask_the_database_no_more_often(client, page):
    def queries(query: str) -> int:
        client.get(f"{page.url}{query}")
        cache.clear()
        with CaptureQueriesContext(connection) as captured:
            client.get(f"{page.url}{query}")
        return len(captured)

    asked = ["", "?q=klub&area=17", "?format=json", "?format=csv"]
    accepted("Klub A", areas=["17"])
    accepted("Klub B", areas=["17"])
    few = [queries(query) for query in asked]
    for number in range(20):
        accepted(f"Klub {number}", areas=["17"])
    assert [queries(query) for query in asked] == few


def test_the_newest_are_those_accepted_last(client, page):
    old, new = accepted("Old"), accepted("New")
    DirectoryEntry.objects.filter(organisation=new).update(accepted_at=timezone.now() - timedelta(days=9))
    assert names(client, page, "?order=newest") == [str(old), str(new)]
