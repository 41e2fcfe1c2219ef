"""Finding a call: the list with its filters, the feed, and the calendars of deadlines."""

from datetime import UTC, timedelta
from xml.etree import ElementTree

import pytest
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from mypart_wagtail.grants.models import Call, CallPage
from tests.grants.calls import at, call_page, open_call, published
from tests.sites import new_site

pytestmark = [pytest.mark.django_db, pytest.mark.database]
ATOM = "{http://www.w3.org/2005/Atom}"


def titled(title: str, *, opens: int, closes: int, **facts) -> Call:
    """A call whose intake begins and ends that many days from now."""
    now = timezone.now().replace(second=0, microsecond=0)
    days = {"intake_from": now + timedelta(days=opens), "intake_until": now + timedelta(days=closes)}
    return open_call(title=title, **days, **facts)


def listed(client, query: str = "") -> list[str]:
    """Titles in the list, in their order."""
    return [call.heading for call in client.get(f"/en/konkursy/{query}").context["page_obj"]]


@pytest.fixture
def calls(db):
    titled("Ended long ago", opens=-90, closes=-60, areas=["1"])
    titled("Ends late", opens=-5, closes=40, areas=["17", "1"])
    titled("Begins later", opens=30, closes=60, areas=["1a"])
    titled("Ended just now", opens=-30, closes=-1, areas=["17"])
    titled("Begins soon", opens=2, closes=70, areas=["17"])
    titled("Ends soon", opens=-20, closes=1, areas=["1"])
    cancelled = titled("Cancelled", opens=-20, closes=1, areas=["1"])
    Call.objects.filter(pk=cancelled.pk).update(cancelled_at=timezone.now())


def test_open_calls_that_end_soonest_come_first_then_those_to_come_then_what_is_over(client, calls):
    assert listed(client) == [
        *("Ends soon", "Ends late"),
        *("Begins soon", "Begins later"),
        *("Cancelled", "Ended just now", "Ended long ago"),
    ]


def test_calls_are_filtered_by_their_intake_and_by_area(client, calls):
    found = {
        "?status=open": ["Ends soon", "Ends late"],
        "?status=upcoming": ["Begins soon", "Begins later"],
        "?status=closed": ["Cancelled", "Ended just now", "Ended long ago"],
        "?area=17": ["Ends late", "Begins soon", "Ended just now"],
        "?area=1a&status=upcoming": ["Begins later"],
        "?area=1&status=open": ["Ends soon", "Ends late"],
    }
    assert {query: listed(client, query) for query in found} == found


def test_what_is_no_filter_filters_nothing(client, calls):
    queries = ["?status=nonsense", "?area=99", "?status[]=open&area='", "?page=-1"]
    assert {query: len(listed(client, query)) for query in queries} == dict.fromkeys(queries, 7)


@pytest.mark.parametrize(
    ("query", "words"),
    [("?status=open", "No call takes offers now."), ("?area=20", "No call matches these filters.")],
)
def test_who_finds_nothing_is_told_so_and_led_on(client, query, words):
    titled("Over", opens=-30, closes=-1)
    page = client.get(f"/en/konkursy/{query}").content.decode()
    assert words in page
    assert '<a href="/en/konkursy/">Show all calls</a>' in page
    assert "No call" not in client.get("/en/konkursy/").content.decode()


def test_the_filter_is_kept_from_one_page_of_results_to_the_next(client, monkeypatch):
    monkeypatch.setattr("mypart_wagtail.grants.models.pages.CallIndexPage.per_page", 1)
    for number in range(3):
        titled(f"Call {number}", opens=-1, closes=10 + number)
    page = client.get("/en/konkursy/?status=open&area=17&page=2")
    assert [call.heading for call in page.context["page_obj"]] == ["Call 1"]
    assert "?status=open&amp;area=17&amp;page=3" in page.content.decode()


def test_the_calls_of_another_city_are_neither_listed_nor_fed_nor_in_the_calendar(client, calls):
    Call.objects.update(site=new_site("tychy.example.org"))
    assert listed(client) == []
    assert not entries(client)
    assert not events(client)
    one = reverse("mypart_grants:call_calendar", args=[Call.objects.first().uuid])
    assert client.get(one).status_code == 404


# The feed


def feed_of(client) -> ElementTree.Element:
    return ElementTree.fromstring(client.get(reverse("mypart_grants:feed")).content)  # noqa: S314  # ours


def entries(client) -> list[ElementTree.Element]:
    return feed_of(client).findall(f"{ATOM}entry")


def text_of(entry, name: str) -> str:
    return entry.find(f"{ATOM}{name}").text


def test_the_feed_leads_from_what_was_announced_last_to_the_pages_of_the_calls(client):
    call = titled("First", opens=-1, closes=10)
    titled("Second", opens=-1, closes=5)
    second, first = entries(client)
    assert [text_of(entry, "title") for entry in (second, first)] == ["Second", "First"]
    assert text_of(first, "id") == f"urn:uuid:{call.uuid}"
    page = CallPage.objects.get(translation_key=call.translation_key)
    assert first.find(f"{ATOM}link").get("href") == f"http://testserver{page.get_url()}"
    assert "Prezydent Miasta Mysłowice, open." in text_of(first, "summary")
    assert feed_of(client).find(f"{ATOM}link[@rel='alternate']").get("href").endswith("/en/konkursy/")


def test_an_act_on_a_call_is_news_in_the_feed(client):
    call = titled("Cancelled", opens=-1, closes=10)
    cancelled_at = timezone.now() + timedelta(hours=1)
    Call.objects.filter(pk=call.pk).update(cancelled_at=cancelled_at)
    [entry] = entries(client)
    assert text_of(entry, "updated") == cancelled_at.isoformat()
    assert "cancelled" in text_of(entry, "summary")


@pytest.mark.parametrize("name", ["feed", "calendar"])
def test_programs_may_keep_it_for_a_while_and_ask_whether_it_changed(client, name):
    titled("One", opens=-1, closes=10)
    address = reverse(f"mypart_grants:{name}")
    first = client.get(address)
    assert first["Cache-Control"] == "public, max-age=300"
    assert "Cookie" not in first.get("Vary", "")
    assert client.get(address, headers={"if-none-match": first["ETag"]}).status_code == 304
    titled("Two", opens=-1, closes=10)
    assert client.get(address, headers={"if-none-match": first["ETag"]}).status_code == 200


# The calendars


def events(client, address: str | None = None):
    response = client.get(address or reverse("mypart_grants:calendar"))
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    return Calendar.from_ical(response.content).walk("VEVENT")


@pytest.mark.parametrize(
    ("deadline", "day_and_hour"),
    [("2026-12-14 15:30", "2026-12-14 15:30"), ("2026-12-15 00:00", "2026-12-14 23:59")],
)
def test_a_deadline_stands_on_the_day_that_people_mean(client, deadline, day_and_hour):
    """The end of the 14th is no entry of the 15th."""
    published(call_page(intake_from=at("2026-10-01 08:00"), intake_until=at(deadline)))
    [event] = events(client)
    assert event.decoded("dtstart") == at(day_and_hour).astimezone(UTC)
    assert "14 December 2026" in str(event["description"])


def test_one_call_is_put_into_a_calendar_from_its_page(client):
    call = titled("Sport", opens=-1, closes=10)
    titled("Kultura", opens=-1, closes=10)
    address = reverse("mypart_grants:call_calendar", args=[call.uuid])
    page = CallPage.objects.get(translation_key=call.translation_key)
    assert address in client.get(page.get_url()).content.decode()
    [event] = events(client, address)
    assert str(event["uid"]) == f"{call.uuid}@mypart-wagtail"
    assert str(event["url"]) == f"http://testserver{page.get_url()}"
    [reminder] = event.walk("VALARM")
    assert reminder.decoded("trigger") == timedelta(days=-3)


def test_a_calendar_that_had_the_old_deadline_takes_the_new_one_and_the_cancellation(client):
    call = titled("Sport", opens=-1, closes=10)
    [first] = events(client)
    page = CallPage.objects.get()
    page.intake_until += timedelta(days=5)
    page.save_revision().publish()
    [changed] = events(client)
    Call.objects.filter(pk=call.pk).update(cancelled_at=timezone.now())
    [cancelled] = events(client)
    assert first["uid"] == changed["uid"] == cancelled["uid"]
    assert [event["sequence"] for event in (first, changed, cancelled)] == [1, 2, 3]
    assert first.decoded("dtstamp") <= changed.decoded("dtstamp") <= cancelled.decoded("dtstamp")
    assert changed.decoded("dtstart") > first.decoded("dtstart")
    assert str(cancelled["status"]) == "CANCELLED"
    assert not cancelled.walk("VALARM")
