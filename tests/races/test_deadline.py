"""Whoever sent the whole offer before the deadline is in, however busy the server was; nobody else is."""

from datetime import timedelta

import pytest

from tests.races.evening import BEFORE, STORM, Evening, spend_evening

pytestmark = pytest.mark.servers

UNKNOWN_YET = (
    "Nie wiemy jeszcze, czy oferta dotarła. Nie wysyłaj drugi raz; za chwilę zobaczysz to w »Moje oferty«"
    " i w e-mailu."
)


@pytest.fixture(scope="module")
def evening(city, tmp_path_factory) -> Evening:
    return spend_evening(city, tmp_path_factory.mktemp("evening"))


def test_all_who_posted_before_the_deadline_are_in_though_nobody_had_time_for_them(evening):
    assert all(person.answered_at > evening.deadline for person in evening.storm), "The server was not busy"
    assert [person.status for person in evening.storm] == [302] * STORM
    assert all(person.location == person.offer["receipt"] for person in evening.storm)
    # Receipts tell whole seconds.
    earliest = evening.deadline - timedelta(seconds=BEFORE + 1.1)
    assert all(earliest < person.arrived_at < evening.deadline for person in evening.storm)


@pytest.mark.parametrize("late", ["slow", "too late"])
def test_who_ends_after_the_deadline_is_late_whenever_he_began_or_opened_the_page(evening, late):
    person = evening.others[late]
    assert (person.status, person.arrived_at) == (422, None)
    assert "Termin minął. Wszystkie wpisane treści są zachowane." in person.page


def test_who_was_told_that_nobody_answers_finds_the_offer_submitted(evening):
    person = evening.others["impatient"]
    assert person.status == 504
    assert UNKNOWN_YET in person.page
    assert person.arrived_at < evening.deadline
