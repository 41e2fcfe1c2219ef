"""Editions that go out by themselves: each week or month once, and never with nothing in them."""

from datetime import date, timedelta

import pytest
from django.core import mail
from django.core.management import call_command
from django.utils import timezone

from mypart_wagtail.news.models import NewsPage
from mypart_wagtail.newsletter.models import Delivery, Edition, Rhythm
from mypart_wagtail.newsletter.services.clock import last_period, send_due_editions
from mypart_wagtail.newsletter.services.sending import send_all_due
from tests.grants.calls import at
from tests.newsletter.editions import edition, newsletter, some_news, subscriber

pytestmark = [pytest.mark.django_db, pytest.mark.database]

MONDAY_MORNING = at("2026-11-30 08:05")


def published(moment: str) -> None:
    some_news()
    NewsPage.objects.update(first_published_at=at(moment))


@pytest.mark.parametrize(
    ("rhythm", "now", "first", "after", "name"),
    [
        (Rhythm.WEEKLY, "2026-11-30 00:00", date(2026, 11, 23), date(2026, 11, 30), "2026-W48"),
        (Rhythm.WEEKLY, "2026-12-06 23:59", date(2026, 11, 23), date(2026, 11, 30), "2026-W48"),
        (Rhythm.WEEKLY, "2027-01-04 09:00", date(2026, 12, 28), date(2027, 1, 4), "2026-W53"),
        (Rhythm.MONTHLY, "2027-01-01 00:00", date(2026, 12, 1), date(2027, 1, 1), "2026-12"),
        (Rhythm.MONTHLY, "2026-03-31 12:00", date(2026, 2, 1), date(2026, 3, 1), "2026-02"),
    ],
)
def test_the_period_is_the_last_whole_week_or_month(rhythm, now, first, after, name):
    assert last_period(rhythm, at(now)) == (first, after, name)


def test_on_monday_morning_the_week_before_is_sent_once():
    newsletter(rhythm=Rhythm.WEEKLY)
    published("2026-11-25 12:00")
    subscriber()
    assert send_due_editions(at=at("2026-11-30 07:59")) == 0
    assert send_due_editions(at=MONDAY_MORNING) == 1
    assert send_due_editions(at=MONDAY_MORNING + timedelta(days=1)) == 0
    Delivery.objects.update(due_at=timezone.now())
    send_all_due()
    assert len(mail.outbox) == 1
    made = Edition.objects.get()
    assert (made.since, made.until) == (at("2026-11-23 00:00"), at("2026-11-30 00:00"))
    assert "23 November 2026" in made.subject
    assert "29 November 2026" in made.subject


@pytest.mark.parametrize("moment", ["2026-11-22 23:59", "2026-11-30 00:01"])
def test_what_came_out_before_or_after_makes_no_edition(moment):
    newsletter(rhythm=Rhythm.WEEKLY)
    published(moment)
    subscriber()
    assert send_due_editions(at=MONDAY_MORNING) == 0
    assert not Edition.objects.exists()


def test_each_language_with_readers_gets_its_own():
    newsletter(rhythm=Rhythm.WEEKLY)
    some_news(language="pl")
    published("2026-11-25 12:00")
    subscriber()
    subscriber("polish", language="pl")
    assert send_due_editions(at=MONDAY_MORNING) == 2
    assert sorted(Edition.objects.values_list("language", flat=True)) == ["en", "pl"]


def test_what_staff_have_sent_by_hand_is_not_sent_again():
    newsletter(rhythm=Rhythm.WEEKLY)
    published("2026-11-25 12:00")
    subscriber()
    site = Edition._meta.get_field("site").related_model.objects.get()
    until = at("2026-11-27 10:00")
    Edition.objects.create(
        site=site,
        language="en",
        subject="By hand",
        since=at("2026-11-20 10:00"),
        until=until,
        started_at=until,
    )
    assert send_due_editions(at=MONDAY_MORNING) == 0
    NewsPage.objects.update(first_published_at=at("2026-11-28 12:00"))
    assert send_due_editions(at=MONDAY_MORNING) == 1
    assert Edition.objects.exclude(period="").get().since == until


def by_hand(since: str, until: str) -> Edition:
    return edition(since=at(since), until=at(until), started_at=at(until))


def news_of(*moments: str) -> None:
    """A piece of news of each moment, called after it."""
    some_news(*moments)
    for moment in moments:
        NewsPage.objects.filter(title=moment).update(first_published_at=at(moment))


def told() -> list[list[str]]:
    """What stands in each edition that went out by itself."""
    made = Edition.objects.exclude(period="").order_by("pk")
    return [[thing["title"] for part in one.content["sections"] for thing in part["things"]] for one in made]


def test_what_staff_sent_of_some_days_swallows_no_other_day():
    newsletter(rhythm=Rhythm.WEEKLY)
    subscriber()
    news_of("2026-11-24 12:00", "2026-11-27 12:00", "2026-11-29 12:00")
    by_hand("2026-11-27 00:00", "2026-11-28 00:00")
    assert send_due_editions(at=MONDAY_MORNING) == 1
    (titles,) = told()
    assert {"2026-11-24 12:00", "2026-11-29 12:00"} <= set(titles)


def test_a_week_that_was_missed_is_told_in_the_next():
    newsletter(rhythm=Rhythm.WEEKLY)
    subscriber()
    news_of("2026-11-11 12:00", "2026-11-18 12:00", "2026-11-25 12:00")
    send_due_editions(at=at("2026-11-16 09:00"))
    send_due_editions(at=MONDAY_MORNING)
    assert told()[0] == ["2026-11-11 12:00"]
    assert sorted(told()[1]) == ["2026-11-18 12:00", "2026-11-25 12:00"]


def test_after_a_long_pause_five_weeks_are_told():
    newsletter(rhythm=Rhythm.WEEKLY)
    subscriber()
    news_of("2026-08-05 12:00", "2026-10-25 23:00", "2026-10-26 01:00", "2026-11-25 12:00")
    send_due_editions(at=at("2026-08-10 09:00"))
    send_due_editions(at=MONDAY_MORNING)
    assert sorted(told()[1]) == ["2026-10-26 01:00", "2026-11-25 12:00"]


def test_what_stood_in_a_week_is_not_told_again_by_the_month():
    settings = newsletter(rhythm=Rhythm.WEEKLY)
    subscriber()
    news_of("2026-11-18 12:00", "2026-11-25 12:00")
    send_due_editions(at=at("2026-11-23 09:00"))
    settings.rhythm = Rhythm.MONTHLY
    settings.save()
    send_due_editions(at=at("2026-12-01 09:00"))
    assert told() == [["2026-11-18 12:00"], ["2026-11-25 12:00"]]


def test_nothing_goes_out_by_itself_where_staff_send_by_hand():
    newsletter()
    published("2026-11-25 12:00")
    subscriber()
    assert send_due_editions(at=MONDAY_MORNING) == 0


def test_what_fails_for_one_language_holds_up_no_other(monkeypatch):
    newsletter(rhythm=Rhythm.MONTHLY)
    some_news(language="pl")
    published("2026-11-25 12:00")
    subscriber()
    subscriber("polish", language="pl")
    from mypart_wagtail.newsletter.services import clock

    real = clock.begin_sending

    def begin(edition, *, at):
        if edition.language == "en":
            raise RuntimeError
        return real(edition, at=at)

    monkeypatch.setattr(clock, "begin_sending", begin)
    assert send_due_editions(at=at("2026-12-01 09:00")) == 1
    assert Edition.objects.get().language == "pl"
    monkeypatch.undo()
    assert send_due_editions(at=at("2026-12-01 09:05")) == 1


def test_the_command_begins_and_sends():
    newsletter(rhythm=Rhythm.WEEKLY)
    call_command("mypart_send_newsletters")
