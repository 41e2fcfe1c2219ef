"""News of organisations: they stand under a profile, and the portal shows whose they are."""

import json

import feedparser
import lxml.html
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from mypart_wagtail.news.models import NewsIndexPage, NewsPage
from mypart_wagtail.organisations.models import OrganisationPage
from mypart_wagtail.organisations.services import show_on_sites
from tests.news.news import category, index, piece
from tests.organisations.public import accepted, directory, profile_of
from tests.sites import default_site

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def club():
    directory()
    return accepted("Klub Fala")


def shown(client, address: str) -> lxml.html.HtmlElement:
    response = client.get(address)
    assert response.status_code == 200
    return lxml.html.document_fromstring(response.content.decode())


def titles(client, address: str) -> list[str]:
    return [each.text_content() for each in shown(client, address).cssselect(".mypart-card__title")]


def test_news_can_be_written_under_a_profile(club):
    assert NewsPage in OrganisationPage.allowed_subpage_models()
    assert NewsPage.can_create_at(profile_of(club))


def test_a_piece_says_whose_it_is_and_leads_to_the_profile(client, club):
    page = piece(profile_of(club))
    document = shown(client, page.url)
    [author] = document.cssselect(".mypart-news__facts a[rel=author]")
    assert (author.text_content(), author.get("href")) == ("Klub Fala", profile_of(club).url)
    data = json.loads(document.cssselect("script[type='application/ld+json']")[0].text)
    assert data["author"] == {
        "@type": "Organization",
        "name": "Klub Fala",
        "url": profile_of(club).full_url,
    }


def test_what_stands_under_a_profile_that_staff_took_off_is_in_no_list(client, club):
    piece(profile_of(club), "Of the club")
    news = index()
    assert titles(client, news.url) == ["Of the club"]
    profile_of(club).unpublish()
    assert titles(client, news.url) == []


def test_a_piece_is_never_passed_off_as_the_citys(client, club):
    page = piece(profile_of(club))
    profile_of(club).unpublish()
    document = shown(client, page.url)
    assert "Klub Fala" in document.cssselect(".mypart-news__facts")[0].text_content()
    data = json.loads(document.cssselect("script[type='application/ld+json']")[0].text)
    assert data["author"] == {"@type": "Organization", "name": "Klub Fala"}


def test_a_piece_of_the_city_is_by_the_city(client, club):
    document = shown(client, piece(index()).url)
    assert not document.cssselect("[rel=author]")


def test_the_list_shows_them_among_those_of_the_city_unless_editors_leave_them_out(client, club):
    news = index()
    piece(news, "From the city")
    piece(profile_of(club), "From the club")
    assert sorted(titles(client, news.url)) == ["From the city", "From the club"]
    assert "Klub Fala" in shown(client, news.url).cssselect("main")[0].text_content()
    NewsIndexPage.objects.update(with_organisations=False)
    assert titles(client, news.url) == ["From the city"]


def test_the_list_of_one_organisation(client, club):
    news = index()
    other = accepted("Chór Echo")
    piece(profile_of(club), "Regatta")
    piece(profile_of(other), "Concert")
    assert titles(client, f"{news.url}?organisation={profile_of(other).slug}") == ["Concert"]
    assert titles(client, f"{news.url}?organisation=nobody") == []


def test_the_profile_shows_its_latest_and_the_way_to_all(client, club):
    news = index()
    for number in range(4):
        piece(profile_of(club), f"Regatta {number}")
    piece(profile_of(accepted("Chór Echo")), "Concert")
    text = shown(client, profile_of(club).url)
    things = [link.text_content() for link in text.cssselect(".mypart-listing h3")]
    assert len(things) == 3
    assert not any("Concert" in thing for thing in things)
    [more] = text.cssselect(".mypart-listing p > a")
    assert more.get("href") == f"{news.url}?organisation={profile_of(club).slug}"


def test_without_a_list_nothing_leads_astray(client, club):
    page = piece(profile_of(club), category=category(), tags=("sport",))
    text = shown(client, page.url)
    assert "From the city" in text.cssselect(".mypart-news__facts")[0].text_content()
    assert [tag.text_content() for tag in text.cssselect(".mypart-tags li")] == ["sport"]


def test_feeds_name_the_author(client, club):
    news = index()
    piece(profile_of(club))
    for address in ("rss/", "atom/"):
        [entry] = feedparser.parse(client.get(f"{news.url}{address}").content).entries
        assert entry.author == "Klub Fala"


def test_with_the_organisation_its_news_leave_the_site(client, club):
    news = index()
    page = piece(profile_of(club))
    site = default_site()
    show_on_sites(None, organisation=club, shown_on=[], among=[site])
    assert titles(client, news.url) == []
    assert client.get(page.url).status_code == 404


def test_the_list_asks_as_often_whoever_wrote(client, club):
    news = index()
    counts = []
    for number in range(3):
        piece(profile_of(accepted(f"Klub {number}")), f"Regatta {number}")
        with CaptureQueriesContext(connection) as queries:
            assert client.get(news.url).status_code == 200
        counts.append(len(queries))
    assert counts[0] >= counts[1] == counts[2]
