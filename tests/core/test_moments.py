"""Dates and times as people read them."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone, translation

from mypart_wagtail.moments import (
    format_date,
    format_deadline,
    format_moment,
    format_time_left,
    format_when,
    is_last_day,
)

HALF_PAST_THREE = datetime(2026, 11, 23, 14, 30, tzinfo=UTC)  # 15:30 in Warsaw
MIDNIGHT = datetime(2026, 11, 23, 23, 0, tzinfo=UTC)  # 00:00 of the 24th in Warsaw


@pytest.fixture(autouse=True)
def _english_in_warsaw():
    with translation.override("en"), timezone.override("Europe/Warsaw"):
        yield


def test_a_polish_date_names_the_month_in_the_genitive():
    with translation.override("pl"):
        assert format_date(date(2026, 11, 23)) == "23 listopada 2026"


def test_a_moment_is_told_in_the_time_of_the_site():
    assert format_moment(HALF_PAST_THREE) == "23 November 2026, 15:30"


def test_a_date_near_midnight_is_the_date_of_the_site():
    assert format_date(MIDNIGHT) == "24 November 2026"


def test_a_deadline_says_before_and_midnight_is_the_end_of_the_day():
    assert format_deadline(HALF_PAST_THREE) == "23 November 2026, before 15:30"
    assert format_deadline(MIDNIGHT) == "by the end of 23 November 2026"


@pytest.mark.parametrize(
    ("after", "english", "polish"),
    [
        (timedelta(minutes=2), "at 15:32", "o 15:32"),
        (timedelta(minutes=2, microseconds=1), "at 15:33", "o 15:33"),
        (timedelta(minutes=1, seconds=59), "at 15:32", "o 15:32"),
        (timedelta(hours=8, minutes=32), "on 24 November 2026 at 00:02", "24 listopada 2026 o 00:02"),
        (
            timedelta(hours=8, minutes=29, seconds=30),
            "on 24 November 2026 at 00:00",
            "24 listopada 2026 o 00:00",
        ),
    ],
)
def test_what_is_promised_for_a_minute_is_there_by_then(after, english, polish):
    assert format_when(HALF_PAST_THREE + after, HALF_PAST_THREE) == english
    with translation.override("pl"):
        assert format_when(HALF_PAST_THREE + after, HALF_PAST_THREE) == polish


def test_just_after_midnight_today_is_the_day_that_has_begun():
    assert format_when(MIDNIGHT + timedelta(minutes=2), MIDNIGHT) == "at 00:02"


@pytest.mark.parametrize(
    ("before", "words"),
    [
        (timedelta(days=21), "21 days left"),
        (timedelta(days=1), "1 day left"),
        (timedelta(hours=3, minutes=5), "about 3 hours left"),
        (timedelta(minutes=89), "about 89 minutes left"),
        (timedelta(minutes=20), "about 20 minutes left"),
        (timedelta(minutes=1), "about 1 minute left"),
        (timedelta(seconds=59), "less than a minute left"),
        (timedelta(0), "The deadline has passed."),
        (timedelta(hours=-5), "The deadline has passed."),
    ],
)
def test_time_left_is_told_by_day_and_on_the_last_day_by_the_clock(before, words):
    assert format_time_left(HALF_PAST_THREE, HALF_PAST_THREE - before) == words


def test_until_midnight_the_last_day_is_the_day_before():
    assert is_last_day(MIDNIGHT, MIDNIGHT - timedelta(hours=20))
    assert not is_last_day(MIDNIGHT, MIDNIGHT)
    assert format_time_left(MIDNIGHT, MIDNIGHT - timedelta(hours=4)) == "about 4 hours left"


def test_the_night_when_clocks_change_is_still_one_day():
    deadline = datetime(2026, 10, 25, 23, 0, tzinfo=UTC)  # end of the day that has 25 hours
    assert format_time_left(deadline, deadline - timedelta(hours=25)) == "about 25 hours left"
