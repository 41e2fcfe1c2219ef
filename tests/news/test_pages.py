"""News as people read them: dated, sorted, with files and what to read next; lists by subject and month."""

from datetime import date

import lxml.html
import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from wagtail.models import PageViewRestriction

from mypart_wagtail.news.models import NewsPage
from tests.blocks.samples import stored_file, stored_picture
from tests.news.news import category, index, piece
from tests.portal.pages import stream

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def shown(client, address: str) -> lxml.html.HtmlElement:
    response = client.get(address)
    assert response.status_code == 200
    return lxml.html.document_fromstring(response.content.decode())


def titles(client, address: str) -> list[str]:
    return [each.text_content() for each in shown(client, address).cssselect(".mypart-card__title")]


def test_a_piece_of_news_shows_its_date_subject_text_files_and_tags(client):
    file = {"document": stored_file("plan.pdf").pk, "title": "Plan", "description": ""}
    page = piece(
        index(),
        tags=("sport",),
        category=category(),
        body=stream(("paragraph", "<p>Three clubs sail.</p>")),
        attachments=stream(("document", file)),
    )
    text = shown(client, page.url).text_content()
    for words in ("10 November 2026", "From the city", "They sail.", "Three clubs sail.", "Plan", "sport"):
        assert words in text


def test_a_picture_is_described_or_is_an_ornament(client):
    news = index()
    described = piece(news, picture=stored_picture(), picture_alt="A boat")
    ornament = piece(news, "Choir", picture=stored_picture())
    for page, words in ((described, "A boat"), (ornament, "")):
        [picture] = shown(client, page.url).cssselect(".mypart-news__picture")
        assert picture.get("alt") == words


def test_the_newest_stand_first_whatever_the_order_of_publishing(client):
    news = index()
    piece(news, "Newer", date=date(2026, 11, 12))
    piece(news, "Older", date=date(2026, 11, 2))
    assert titles(client, news.url) == ["Newer", "Older"]


def test_one_can_choose_a_category_a_tag_and_a_month(client):
    news = index()
    city, clubs = category(), category("clubs", en="From clubs")
    piece(news, "Regatta", category=clubs, tags=("sport", "water"))
    piece(news, "Advice", category=city, tags=("grants",), date=date(2026, 10, 1))
    document = shown(client, news.url)
    addresses = {link.text_content(): link.get("href") for link in document.cssselect("main a")}
    assert titles(client, addresses["From clubs"]) == ["Regatta"]
    assert titles(client, addresses["October 2026"]) == ["Advice"]
    assert titles(client, f"{news.url}?tag=water") == ["Regatta"]
    assert titles(client, f"{news.url}?tag=water&category=city") == []


@pytest.mark.parametrize(
    "asked",
    ["?category=no-such", "?tag=no-such", "?category=%00x", "?tag=%00x", f"?tag={'a' * 5000}", "1999/1/"],
)
def test_a_choice_that_is_none_finds_nothing_and_breaks_nothing(client, asked):
    news = index()
    piece(news)
    assert titles(client, f"{news.url}{asked}") == []


@pytest.mark.parametrize("month", ["2026/13/", "2026/0/", "0/1/", "99999/1/", f"{10**20}/1/", "2026/"])
def test_a_month_that_is_none_is_not_found(client, month):
    assert client.get(f"{index().url}{month}").status_code == 404


def test_drafts_and_private_news_are_shown_nowhere(client):
    news = index()
    hidden = piece(news, "Draft")
    hidden.unpublish()
    private = piece(news, "Private", tags=("sport",))
    PageViewRestriction.objects.create(page=private, restriction_type=PageViewRestriction.LOGIN)
    public = piece(news, "Public", tags=("sport",))
    assert titles(client, news.url) == ["Public"]
    assert titles(client, public.url) == []
    for feed in ("rss/", "atom/"):
        assert "Private" not in client.get(f"{news.url}{feed}").content.decode()


def test_what_to_read_next_is_of_the_same_subject(client):
    news = index()
    city = category()
    page = piece(news, tags=("sport",), category=city)
    piece(news, "Same tag", tags=("sport",), date=date(2026, 11, 9))
    piece(news, "Same category", category=city, date=date(2026, 11, 8))
    piece(news, "Other", tags=("grants",))
    assert titles(client, page.url) == ["Same tag", "Same category"]
    assert titles(client, piece(news, "Alone").url) == []


def test_a_category_is_called_in_the_readers_language_or_in_one_it_has():
    both, only_polish = category(), category("clubs", pl="Z klubów")
    with translation.override("pl"):
        assert str(both) == "Z miasta"
    assert str(both) == "From the city"
    assert str(only_polish) == "Z klubów"


def test_a_picture_or_file_that_is_gone_breaks_nothing(client):
    file = stored_file("plan.pdf")
    picture = stored_picture()
    attached = stream(("document", {"document": file.pk, "title": "Plan", "description": ""}))
    page = piece(index(), picture=picture, attachments=attached)
    file.delete()
    picture.file.storage.delete(picture.file.name)
    assert "Plan" not in shown(client, page.url).text_content()


def test_news_made_private_are_shown_nowhere_from_then_on(client):
    news = index()
    page = piece(news, category=category())
    piece(news, "Public", date=date(2026, 9, 1))
    assert titles(client, news.url) == ["Regatta", "Public"]
    assert "November" in shown(client, news.url).text_content()
    PageViewRestriction.objects.create(page=page, restriction_type="login")
    assert titles(client, news.url) == ["Public"]
    assert "November" not in shown(client, news.url).text_content()


def test_many_news_are_listed_in_pages(client):
    news = index()
    for number in range(13):
        piece(news, f"News {number}")
    assert len(titles(client, news.url)) == 12
    assert len(titles(client, f"{news.url}?page=2")) == 1
    assert len(titles(client, f"{news.url}?page=nonsense")) == 12


def test_a_list_and_its_news_ask_the_database_as_often_for_many_as_for_one(client):
    news = index()
    city = category()

    def queries(address: str) -> int:
        client.get(address)
        cache.clear()
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address).status_code == 200
        return len(captured)

    facts = {"tags": ("sport",), "category": city, "picture": stored_picture()}
    first = piece(news, "First", **facts)
    piece(news, "Second", **facts)
    addresses = [news.url, first.url, f"{news.url}atom/", f"{news.url}2026/11/"]
    few = [queries(address) for address in addresses]
    for number in range(10):
        piece(news, f"News {number}", **facts)
    assert [queries(address) for address in addresses] == few
    assert NewsPage.objects.count() == 12
