"""Notices: shown until their last day and not a minute longer; robots never see whom to write to or call."""

import re
from contextlib import contextmanager
from datetime import datetime, time, timedelta
from typing import Any
from unittest import mock

import feedparser
import lxml.html
import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation
from wagtail.models import Locale, PageViewRestriction
from wagtail.test.utils.form_data import nested_form_data, rich_text

from mypart_wagtail.blocks.content import BLOCKS
from mypart_wagtail.news.models import NoticeIndexPage, NoticePage
from mypart_wagtail.organisations.models import OrganisationPage
from mypart_wagtail.organisations.services import show_on_sites
from mypart_wagtail.portal.models import SearchPage
from tests.blocks.test_listings import render
from tests.blocks.test_translation import MARK, translate
from tests.news.notices import EMAIL, NAME, PHONE, SECRETS, in_days, notice, notice_index
from tests.organisations.public import accepted, directory, profile_of
from tests.people import person
from tests.portal.pages import add, portal_home, stream
from tests.portal.statements import home
from tests.sites import default_site

pytestmark = [pytest.mark.django_db, pytest.mark.database]

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


@pytest.fixture
def front():
    """A home page that shows notices and is kept whole."""
    return portal_home(body=stream(("notices", {"heading": "Notices", "count": 3})))


@pytest.fixture
def club():
    directory()
    return accepted("Klub Fala")


def shown(client: Client, address: str, status: int = 200) -> lxml.html.HtmlElement:
    response = client.get(address)
    assert response.status_code == status
    return lxml.html.document_fromstring(response.content.decode())


def titles(client: Client, address: str) -> list[str]:
    return [each.text_content() for each in shown(client, address).cssselect(".mypart-card__title")]


@contextmanager
def at(days: int, hour: str) -> Any:
    """The clock of the site reads ``hour`` of the day that lies ``days`` after today."""
    moment = timezone.make_aware(datetime.combine(in_days(days), time.fromisoformat(hour)))
    with mock.patch("django.utils.timezone.now", return_value=moment):
        yield


def context() -> dict[str, Any]:
    return {"request": RequestFactory().get("/", headers={"host": "localhost"})}


# What people read.


def test_a_notice_says_what_is_wanted_where_until_when_and_by_whom(client, club):
    page = notice(profile_of(club), "Rowers wanted")
    document = shown(client, page.url)
    text = document.cssselect("main")[0].text_content()
    for words in ("Rowers wanted", "Volunteers wanted", "No boat", "We row on Saturdays", "Pier"):
        assert words in text
    [until] = document.cssselect("main time")
    assert until.get("datetime") == in_days(10).isoformat()
    [author] = document.cssselect("a[rel=author]")
    assert author.get("href") == profile_of(club).url


def test_the_kind_leads_to_others_of_its_kind(client):
    index = notice_index()
    page = notice(index)
    [link] = shown(client, page.url).cssselect(".mypart-news__facts a")
    notice(index, "A hall", kind="room")
    assert titles(client, link.get("href")) == ["Rowers wanted"]


def test_notices_stand_under_a_list_or_a_profile_and_nowhere_else():
    assert NoticePage in OrganisationPage.allowed_subpage_models()
    assert {model.__name__ for model in NoticePage.allowed_parent_page_models()} == {
        "NoticeIndexPage",
        "OrganisationPage",
    }
    assert NoticePage.allowed_subpage_models() == []


def test_the_list_is_by_kind_and_in_the_order_one_asks_for(client):
    index = notice_index()
    notice(index, "Oars", kind="equipment", valid_until=in_days(30))
    notice(index, "Rowers", valid_until=in_days(2))
    notice(index, "A boat", kind="equipment", valid_until=in_days(3))
    assert titles(client, index.url) == ["A boat", "Rowers", "Oars"]
    assert titles(client, f"{index.url}?order=ending") == ["Rowers", "A boat", "Oars"]
    assert titles(client, f"{index.url}?kind=equipment") == ["A boat", "Oars"]
    assert titles(client, f"{index.url}?kind=equipment&order=ending") == ["A boat", "Oars"]
    assert titles(client, f"{index.url}?kind=room") == []


@pytest.mark.parametrize("asked", ["?kind=xyz", "?kind=%00", "?order=-pk", "?page=x", f"?kind={'a' * 5000}"])
def test_a_choice_that_is_none_counts_for_nothing(client, asked):
    index = notice_index()
    notice(index)
    assert titles(client, f"{index.url}{asked}") == ["Rowers wanted"]


def test_the_list_has_those_of_organisations_unless_editors_leave_them_out(client, club):
    index = notice_index()
    notice(index, "From the city")
    notice(profile_of(club), "From the club")
    assert titles(client, index.url) == ["From the club", "From the city"]
    assert "Klub Fala" in shown(client, index.url).cssselect("main")[0].text_content()
    NoticeIndexPage.objects.update(with_organisations=False)
    assert titles(client, index.url) == ["From the city"]


def test_the_list_of_one_organisation_keeps_to_it_when_one_chooses_a_kind(client, club):
    index = notice_index()
    notice(profile_of(club), "Rowers")
    notice(profile_of(accepted("Chór Echo")), "Altos")
    address = f"{index.url}?organisation={profile_of(club).slug}"
    assert titles(client, address) == ["Rowers"]
    [kept] = shown(client, address).cssselect("form input[name=organisation]")
    assert kept.get("value") == profile_of(club).slug
    for nobody in ("nobody", "%00x", "a" * 5000):
        assert titles(client, f"{index.url}?organisation={nobody}") == []


def test_the_profile_shows_its_own_and_the_way_to_all(client, club):
    index = notice_index()
    for number in range(4):
        notice(profile_of(club), f"Rowers {number}")
    notice(profile_of(accepted("Chór Echo")), "Altos")
    document = shown(client, profile_of(club).url)
    found = [link.text_content() for link in document.cssselect(".mypart-listing h3")]
    assert found == ["Rowers 3", "Rowers 2", "Rowers 1"]
    [more] = document.cssselect(".mypart-listing p > a")
    assert more.get("href") == f"{index.url}?organisation={profile_of(club).slug}"


def test_many_are_listed_in_pages(client):
    index = notice_index()
    for number in range(13):
        notice(index, f"Rowers {number}")
    assert len(titles(client, index.url)) == 12
    assert len(titles(client, f"{index.url}?page=2&kind=volunteers")) == 1


def test_drafts_and_private_notices_are_shown_nowhere(client):
    index = notice_index()
    notice(index, "Draft").unpublish()
    private = notice(index, "Private")
    PageViewRestriction.objects.create(page=private, restriction_type=PageViewRestriction.LOGIN)
    assert titles(client, index.url) == []
    assert "Private" not in client.get(f"{index.url}rss/").content.decode()
    assert render(BLOCKS["notices"], context()).strip() == ""
    contact = client.get(f"{private.url}contact/")
    assert contact.status_code == 302
    assert client.post(f"{private.url}contact/").status_code == 302


def test_with_the_organisation_its_notices_leave_the_site(client, club):
    index = notice_index()
    page = notice(profile_of(club))
    show_on_sites(None, organisation=club, shown_on=[], among=[default_site()])
    assert titles(client, index.url) == []
    for address in (page.url, f"{page.url}contact/"):
        assert client.get(address).status_code == 404
    assert client.post(f"{page.url}contact/").status_code == 404


def test_the_block_shows_the_newest_in_the_readers_language_and_is_right_at_once():
    index = notice_index()
    notice(index, "Older")
    page = notice(index, "Newer")
    notice(notice_index("Ogłoszenia", language="pl"), "Po polsku")
    html = render(BLOCKS["notices"], context(), count=1)
    assert "Newer" in html
    assert "Older" not in html
    assert f'href="{index.url}"' in html
    with translation.override("pl"):
        assert "Po polsku" in render(BLOCKS["notices"], context())
    page.unpublish()
    assert "Older" in render(BLOCKS["notices"], context(), count=1)


def test_it_is_found_among_notices(client):
    notice(notice_index(), "Rowers wanted", body="<p>Spinnaker</p>")
    search = add(SearchPage, "Search")
    for words in ("spinnaker", "pier"):
        html = client.get(search.url, {"q": words, "kind": "mypart_news.noticepage"}).content.decode()
        assert "Rowers wanted" in html


# Until when.


def test_on_its_last_day_it_is_shown_and_from_midnight_it_is_over_everywhere(client, front, club):
    index, search = notice_index(), add(SearchPage, "Search")
    page = notice(profile_of(club), "Rowers wanted", valid_until=in_days(2))
    places = [
        index.url,
        f"{index.url}rss/",
        f"{index.url}atom/",
        profile_of(club).url,
        front.get_url(),
        f"{search.url}?q=rowers",
    ]
    with at(2, "23:59"):
        assert client.get(page.url).status_code == 200
        for place in places:
            assert page.url in client.get(place).content.decode(), place
    with at(3, "00:00"):
        assert client.get(page.url).status_code == 410
        for place in places:
            assert page.url not in client.get(place).content.decode(), place


@pytest.mark.parametrize("path", ["", "contact/"])
def test_a_notice_that_is_over_leads_on_and_tells_no_contact(client, club, path):
    index = notice_index()
    page = notice(profile_of(club), valid_until=in_days(-1))
    document = shown(client, f"{page.url}{path}", status=410)
    links = [link.get("href") for link in document.cssselect("main p > a")]
    assert links == [index.url, profile_of(club).url]
    assert "This notice is over" in document.cssselect("h1")[0].text_content()
    answer = client.post(f"{page.url}{path}")
    assert answer.status_code == 410
    assert not any(secret in answer.content.decode() for secret in SECRETS)


def test_one_that_is_over_can_be_prolonged(client):
    page = notice(notice_index(), valid_until=in_days(-1))
    assert client.get(page.url)["Cache-Control"] == "no-cache"
    page.valid_until = in_days(1)
    page.save_revision().publish()
    assert client.get(page.url).status_code == 200


def test_wagtail_takes_it_down_when_its_day_is_over():
    page = notice(notice_index(), valid_until=in_days(1))
    assert timezone.localtime(page.expire_at).date() == in_days(2)
    assert timezone.localtime(page.expire_at).time() == time.min
    with at(1, "23:59"):
        call_command("publish_scheduled")
        assert NoticePage.objects.get().live
    with at(2, "00:01"):
        call_command("publish_scheduled")
    page = NoticePage.objects.get()
    assert (page.live, page.expired) == (False, True)


def test_what_wagtail_took_down_still_says_that_it_is_over(client, club):
    index = notice_index()
    page = notice(profile_of(club), valid_until=in_days(1))
    withdrawn = notice(index, "Withdrawn")
    withdrawn.unpublish()
    with at(2, "01:00"):
        call_command("publish_scheduled")
        assert not NoticePage.objects.live().exists()
        assert "This notice is over" in client.get(page.url).content.decode()
        assert client.get(page.url).status_code == client.post(page.url).status_code == 410
        assert client.post(f"{page.url}contact/").status_code == 404
        assert client.get(withdrawn.url).status_code == 404
        show_on_sites(None, organisation=club, shown_on=[], among=[default_site()])
        assert client.get(page.url).status_code == 404


def test_no_cache_keeps_a_feed_longer_than_the_day(client):
    index = notice_index()
    notice(index)
    with at(0, "23:59"):
        assert "max-age=60" in client.get(f"{index.url}rss/")["Cache-Control"]
    with at(0, "12:00"):
        assert "max-age=300" in client.get(f"{index.url}rss/")["Cache-Control"]


# Hidden from robots.


def test_the_contact_stands_in_nothing_that_robots_read(client, front, club):
    index, search = notice_index(), add(SearchPage, "Search")
    page = notice(profile_of(club))
    places = [
        page.url,
        f"{page.url}contact/",
        index.url,
        f"{index.url}rss/",
        f"{index.url}atom/",
        profile_of(club).url,
        front.get_url(),
        f"{search.url}?q=rowers",
    ]
    for place in places:
        answer = client.get(place)
        assert answer.status_code == 200, place
        assert "owers" in answer.content.decode(), place
        assert not any(secret in answer.content.decode() for secret in SECRETS), place
    for words in (EMAIL, PHONE, NAME):
        assert client.get(search.url, {"q": words}).context["search"].count == 0


def test_a_person_presses_a_button_and_sees_it():
    page = notice(notice_index())
    person_ = Client(enforce_csrf_checks=True)
    [link] = shown(person_, page.url).cssselect("#contact a")
    assert link.get("rel") == "nofollow"
    address = link.get("href").removesuffix("#contact")
    asked = person_.get(address).content.decode()
    [form] = lxml.html.document_fromstring(asked).cssselect("#contact form")
    posted_to = form.get("action").removesuffix("#contact")
    told = person_.post(posted_to, {"csrfmiddlewaretoken": TOKEN.search(asked)[1]})
    assert told.status_code == 200
    text = lxml.html.document_fromstring(told.content.decode()).cssselect("#contact")[0]
    for secret in SECRETS:
        assert secret in text.text_content()
    assert [each.get("href") for each in text.cssselect("a")] == [f"mailto:{EMAIL}", "tel:+48325557788"]
    assert Client(enforce_csrf_checks=True).post(posted_to).status_code == 403


def test_the_answer_with_the_contact_is_kept_and_listed_by_nobody(client):
    address = f"{notice(notice_index()).url}contact/"
    for answer in (client.get(address), client.post(address)):
        assert answer["Cache-Control"] == "private, no-store"
        assert answer["X-Robots-Tag"] == "noindex, nofollow"


def test_whoever_asks_for_very_many_has_to_wait(client, settings):
    settings.MYPART = settings.MYPART | {"PUBLIC_FORM_RATE": "2/hour"}
    address = f"{notice(notice_index()).url}contact/"
    assert [client.post(address).status_code for _ in range(3)] == [200, 200, 429]
    refused = client.post(address)
    assert not any(secret in refused.content.decode() for secret in SECRETS)
    assert "no-store" in refused["Cache-Control"]
    assert [client.get(address).status_code for _ in range(3)] == [200] * 3


def test_the_page_is_the_same_for_everyone_so_that_a_cache_may_keep_it(client, settings):
    """Behind Django's own cache of whole pages, as a host may have it."""
    settings.MIDDLEWARE = [
        "django.middleware.cache.UpdateCacheMiddleware",
        *settings.MIDDLEWARE,
        "django.middleware.cache.FetchFromCacheMiddleware",
    ]
    page = notice(notice_index())
    first, second = Client().get(page.url), Client().get(page.url)
    assert first.content == second.content
    assert not first.cookies
    assert second.has_header("Age") or second.has_header("Expires")
    assert "csrfmiddlewaretoken" not in first.content.decode()
    NoticePage.objects.filter(pk=page.pk).update(lead="Told to nobody")
    assert "Told to nobody" not in Client().get(page.url).content.decode()
    address = f"{page.url}contact/"
    tokens = {TOKEN.search(Client().get(address).content.decode())[1] for _try in range(3)}
    assert len(tokens) == 3
    assert EMAIL in Client().post(address).content.decode()
    assert EMAIL not in Client().get(address).content.decode()
    assert EMAIL not in Client().get(page.url).content.decode()


# What editors are asked for.


def typed(**changes: Any) -> dict[str, Any]:
    facts = {
        "title": "Rowers wanted",
        "slug": "rowers",
        "kind": "volunteers",
        "lead": "Row.",
        "body": rich_text("<p>Row.</p>"),
        "valid_until": in_days(10).isoformat(),
        "contact_email": EMAIL,
        "comments": {"TOTAL_FORMS": 0, "INITIAL_FORMS": 0},
    }
    return nested_form_data(facts | changes)


@pytest.fixture
def save(client):
    """Save a new notice in the admin; gives the fields with errors."""
    client.force_login(person("editor", is_superuser=True))
    address = reverse("wagtailadmin_pages:add", args=["mypart_news", "noticepage", notice_index().pk])

    def post(**changes: Any) -> set[str]:
        answer = client.post(address, typed(**changes))
        return set() if answer.status_code == 302 else set(answer.context["form"].errors)

    return post


@pytest.mark.parametrize(
    ("changes", "wrong"),
    [
        ({}, set()),
        ({"valid_until": ""}, {"valid_until"}),
        ({"contact_email": ""}, {"contact_email"}),
        ({"contact_email": "", "contact_phone": PHONE}, set()),
        ({"contact_email": "hanna"}, {"contact_email"}),
        ({"lead": f"Write to {EMAIL}."}, {"lead"}),
        ({"body": rich_text(f"<p>Write to {EMAIL}.</p>")}, {"body"}),
        ({"lead": "Call 600 700 800."}, {"lead"}),
        ({"body": rich_text("<p>Call +48 32 318-12-34.</p>")}, {"body"}),
        ({"body": rich_text("<p>600 <b>700</b> 800</p>")}, {"body"}),
        ({"place": "600 700 800"}, {"place"}),
        ({"lead": "A grant of 123 456 789 zł, REGON 123456785, 250-300-400 osób"}, set()),
        ({"lead": "41-400 Mysłowice, KRS 0000123456, account 12 1140 2004 0000 3002 0135 5387"}, set()),
        ({"kind": ""}, {"kind"}),
        ({"kind": "spam"}, {"kind"}),
    ],
)
def test_who_publishes_gives_a_day_a_kind_and_a_way_to_answer(save, changes, wrong):
    assert save(**changes, **{"action-publish": "1"}) == wrong
    assert NoticePage.objects.live().exists() is not wrong


@pytest.mark.parametrize(("days", "is_right"), [(-1, False), (0, True), (366, True), (367, False)])
def test_the_last_day_is_from_today_to_a_year_ahead(save, days, is_right):
    wrong = save(valid_until=in_days(days).isoformat(), **{"action-publish": "1"})
    assert wrong == (set() if is_right else {"valid_until"})


def test_the_last_day_is_not_before_the_day_of_publishing(save):
    go_live = f"{in_days(5).isoformat()} 12:00"
    for days, wrong in ((4, {"valid_until"}), (5, set())):
        day = in_days(days).isoformat()
        assert save(valid_until=day, go_live_at=go_live, **{"action-publish": "1"}) == wrong


def test_a_draft_may_lack_everything_but_its_title(save):
    assert save(valid_until="", contact_email="", kind="", lead="", body=rich_text("")) == set()
    draft = NoticePage.objects.get()
    assert not draft.live
    preview = draft.make_preview_request()
    assert preview.status_code == 200
    assert "Rowers wanted" in preview.content.decode()


def test_a_day_of_another_age_is_told_at_its_field_even_in_a_draft(save):
    assert save(valid_until="9999-12-31") == {"valid_until"}
    assert save(valid_until="0001-01-01") == set()


def test_when_wagtail_takes_the_page_down_follows_from_its_day(save):
    """A day of its own in the form of the schedule would go against the notice's."""
    past = (timezone.now() - timedelta(days=1)).strftime("%Y-%m-%d %H:%M")
    assert save(expire_at=past, **{"action-publish": "1"}) == set()
    assert timezone.localtime(NoticePage.objects.get().expire_at).date() == in_days(11)


# Other programs.


@pytest.mark.parametrize("kind", ["rss", "atom"])
def test_a_feed_reader_understands_the_feed(client, club, kind):
    index = notice_index()
    notice(index, "Row <fast> & far", lead="A\x0bB")
    notice(profile_of(club), "Oars", kind="equipment")
    response = client.get(f"{index.url}{kind}/")
    found = feedparser.parse(response.content, response_headers={"content-type": response["Content-Type"]})
    assert not found.bozo
    assert found.version.startswith(kind)
    first, second = found.entries
    assert (first.title, first.author) == ("Oars", "Klub Fala")
    assert [tag.term for tag in first.tags] == ["Equipment"]
    assert second.link.endswith("/row-fast-far/")
    assert client.get(f"{index.url}{kind}/", headers={"if-none-match": response["ETag"]}).status_code == 304
    links = shown(client, index.url).cssselect("link[rel=alternate][type]")
    assert f"{index.url}{kind}/" in [link.get("href") for link in links]


def test_all_words_are_translated_and_nothing_else_changes():
    index = notice_index()
    home("pl")
    index.copy_for_translation(Locale.objects.get(language_code="pl")).save_revision().publish()
    page = notice(index)
    polish = translate(page)
    for name in ("title", "lead", "place"):
        assert MARK in getattr(polish, name), name
    assert MARK in polish.body
    for name in ("kind", "valid_until", "contact_email", "expire_at"):
        assert getattr(polish, name) == getattr(page, name), name


def test_lists_and_notices_ask_the_database_as_often_for_many_as_for_one(client, club):
    index = notice_index()

    def queries(address: str) -> int:
        client.get(address)
        cache.clear()
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address).status_code == 200
        return len(captured)

    first = notice(profile_of(club), "First")
    notice(index, "Second")
    addresses = [
        index.url,
        f"{index.url}?kind=volunteers&order=ending",
        first.url,
        f"{index.url}atom/",
        profile_of(club).url,
    ]
    few = [queries(address) for address in addresses]
    for number in range(5):
        notice(index, f"City {number}")
        notice(profile_of(accepted(f"Klub {number}")), f"Club {number}")
    assert [queries(address) for address in addresses] == few
