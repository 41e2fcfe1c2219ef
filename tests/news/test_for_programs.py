"""News as other programs read them: feeds, search engines, social media, the blocks of other pages."""

import json
from datetime import date

import feedparser
import lxml.html
import pytest
from django.test import RequestFactory
from django.utils import translation
from wagtail.models import Locale

from mypart_wagtail.blocks.content import BLOCKS
from mypart_wagtail.news.models import NewsPage
from mypart_wagtail.portal.models import SearchPage
from tests.blocks.samples import stored_picture
from tests.blocks.test_listings import render
from tests.blocks.test_translation import MARK, translate
from tests.news.news import category, index, piece
from tests.organisations.public import accepted, directory, profile_of
from tests.portal.pages import add, stream
from tests.portal.statements import home
from tests.schema_org import faults

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("kind", ["rss", "atom"])
def test_a_feed_reader_understands_the_feed(client, kind):
    news = index()
    piece(news, "Sail <fast> & far", tags=("sport",), category=category())
    piece(news, "Older", date=date(2025, 1, 2))
    response = client.get(f"{news.url}{kind}/")
    found = feedparser.parse(response.content, response_headers={"content-type": response["Content-Type"]})
    assert not found.bozo
    assert found.version.startswith(kind)
    assert found.feed.title == "News"
    first, second = found.entries
    assert first.title_detail.value in ("Sail <fast> & far", "Sail &lt;fast&gt; &amp; far")
    assert first.link.endswith("/sail-fast-far/")
    assert [tag.term for tag in first.tags] == ["From the city", "sport"]
    assert second.published_parsed[:3] in ((2025, 1, 1), (2025, 1, 2))  # Midnight in Poland, told in UTC.
    assert first.id.startswith("urn:uuid:")
    assert first.id != second.id


def test_what_no_program_can_read_does_not_break_the_feed(client):
    news = index(lead="Line\x0bfeed")
    page = piece(news, "Bell\x07", lead="A\x0bB")
    NewsPage.objects.filter(pk=page.pk).update(date=date(2099, 1, 1))
    response = client.get(f"{news.url}rss/")
    found = feedparser.parse(response.content)
    assert not found.bozo
    assert [entry.title for entry in found.entries] == ["Bell"]
    assert found.entries[0].published_parsed[0] < 2099


def test_a_feed_is_kept_by_caches_and_asked_for_again_by_its_mark(client):
    news = index()
    piece(news)
    response = client.get(f"{news.url}rss/")
    assert "public" in response["Cache-Control"]
    assert client.get(f"{news.url}rss/", headers={"if-none-match": response["ETag"]}).status_code == 304


def test_the_list_names_its_feeds(client):
    news = index()
    document = lxml.html.document_fromstring(client.get(news.url).content.decode())
    links = document.cssselect("link[rel=alternate][type]")
    assert [link.get("href") for link in links] == [f"{news.url}rss/", f"{news.url}atom/"]
    for link in links:
        assert client.get(link.get("href"))["Content-Type"].startswith(link.get("type"))


def test_search_engines_read_what_it_is(client):
    page = piece(index(), "</script><b>Regatta</b>", picture=stored_picture(), category=category())
    document = lxml.html.document_fromstring(client.get(page.url).content.decode())
    [data] = [json.loads(each.text) for each in document.cssselect("script[type='application/ld+json']")]
    assert data["@context"] == "https://schema.org"
    assert data["@type"] == "NewsArticle"
    assert data["headline"] == "</script><b>Regatta</b>"
    assert data["datePublished"] == "2026-11-10"
    assert data["articleSection"] == "From the city"
    assert data["image"].startswith("http://")
    assert data["publisher"]["@type"] == "Organization"


@pytest.mark.parametrize("is_of_organisation", [True, False])
def test_what_search_engines_read_is_what_schema_org_declares(client, is_of_organisation):
    news = index()
    directory()
    parent = profile_of(accepted()) if is_of_organisation else news
    page = piece(parent, picture=stored_picture(), category=category())
    document = lxml.html.document_fromstring(client.get(page.url).content.decode())
    data = json.loads(document.cssselect("script[type='application/ld+json']")[0].text)
    assert {"headline", "author", "image", "mainEntityOfPage"} <= set(data)
    assert faults(data) == []


def test_a_property_of_another_type_would_be_noticed():
    assert faults({"@type": "NewsArticle", "headline": "Regatta", "colour": "blue"})
    assert faults({"@type": "NewsArticle", "image": "/media/boat.png"})
    assert faults({"@type": "NewsArticle", "author": {"@type": "Organization", "url": "klub"}})


def test_who_shares_it_shows_its_title_lead_and_picture(client):
    page = piece(index(), picture=stored_picture(), picture_alt="A boat")
    document = lxml.html.document_fromstring(client.get(page.url).content.decode())
    told = {each.get("property"): each.get("content") for each in document.cssselect("meta[property]")}
    assert told["og:type"] == "article"
    assert (told["og:title"], told["og:description"]) == ("Regatta", "They sail.")
    assert told["og:url"].endswith(page.url)
    assert told["og:image"].startswith("http")
    assert told["og:image:alt"] == "A boat"


def test_the_block_of_latest_news_is_right_at_once():
    context = {"request": RequestFactory().get("/", headers={"host": "localhost"})}
    news = index()
    piece(news, "Older", date=date(2026, 11, 1))
    page = piece(news, "Newer")
    html = render(BLOCKS["latest_news"], context, count=1)
    assert "Newer" in html
    assert "Older" not in html
    assert f'href="{news.url}"' in html
    page.unpublish()
    html = render(BLOCKS["latest_news"], context, count=1)
    assert "Newer" not in html
    assert "Older" in html


def test_the_block_shows_news_in_the_readers_language():
    piece(index(), "English")
    piece(index("Aktualności", language="pl"), "Po polsku")
    context = {"request": RequestFactory().get("/", headers={"host": "localhost"})}
    with translation.override("pl"):
        html = render(BLOCKS["latest_news"], context)
    assert "Po polsku" in html
    assert "English" not in html


def test_it_is_found_among_news(client):
    piece(index(), "The regatta begins", body=stream(("paragraph", "<p>Spinnaker</p>")))
    search = add(SearchPage, "Search")
    html = client.get(search.url, {"q": "spinnaker", "kind": "mypart_news.newspage"}).content.decode()
    assert "The regatta begins" in html


def test_all_words_of_a_piece_of_news_are_translated_and_nothing_else_changes():
    news = index()
    home("pl")
    news.copy_for_translation(Locale.objects.get(language_code="pl")).save_revision().publish()
    city = category()
    page = piece(
        news,
        category=city,
        picture=stored_picture(),
        picture_alt="A boat",
        body=stream(("paragraph", "<p>Three clubs sail.</p>")),
    )
    polish = translate(page)
    assert polish.locale.language_code == "pl"
    for name in ("title", "lead", "picture_alt"):
        assert MARK in getattr(polish, name), name
    assert MARK in str(polish.body[0].value)
    assert (polish.date, polish.category, polish.picture) == (page.date, city, page.picture)
