"""Somebody submits on the last evening: a minute before the deadline, and after it has passed."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.account import follow_in_head
from tests.journeys.demo import Clock
from tests.journeys.hands import Fingers, field
from tests.journeys.offer import fact, wait_until_saved

CALL = "Punkty nieodpłatnej pomocy prawnej"
OFFER = "Porady przy ganku"
"""The offer of the demo that lacks nothing, in that call."""

MONTHS = [
    *("stycznia", "lutego", "marca", "kwietnia", "maja", "czerwca"),
    *("lipca", "sierpnia", "września", "października", "listopada", "grudnia"),
]
LOCAL = ZoneInfo("Europe/Warsaw")
SHORTLY = timedelta(minutes=10)
TYPED = "Dyżury prawnika w poniedziałki i czwartki."


@pytest.fixture
def deadline(open_page: Callable[..., Page]) -> datetime:
    """The deadline, as a passer-by reads it on the page of the call."""
    hands = Fingers(open_page("/pl/"))
    hands.follow(CALL)
    day = re.search(r"do końca dnia (.+)", fact(hands.page, "Termin składania ofert"))[1]
    return moment(day) + timedelta(days=1)


def test_a_minute_before_the_deadline_is_in_time(
    deadline: datetime, clock: Clock, sign_in: Callable[..., Page]
):
    clock.move_to(deadline - SHORTLY)
    page = sign_in("signer of „Ganek”")
    write_on(page, "Pisane przed terminem.")
    open_submission(page)
    clock.move_to(deadline - timedelta(seconds=59))
    Fingers(page).press("Złóż ofertę")
    expect(page.get_by_role("heading", level=1)).to_have_text("Oferta została złożona")
    submitted = fact(page, "Złożono").split(",")
    assert timedelta() < deadline - moment(",".join(submitted[:2])) <= timedelta(minutes=1)


@pytest.mark.refused(422)
def test_a_page_open_while_the_deadline_passes_tells_what_came_too_late_and_keeps_it(
    deadline: datetime, clock: Clock, sign_in: Callable[..., Page]
):
    clock.move_to(deadline - SHORTLY)
    page = sign_in("signer of „Ganek”")
    write_on(page, TYPED)
    open_submission(page)
    clock.move_to(deadline + timedelta(seconds=1))
    Fingers(page).press("Złóż ofertę")

    told = page.get_by_role("alert")
    expect(told).to_contain_text("Oferty nie można złożyć")
    expect(told).to_contain_text("Termin składania ofert minął.")
    arrival = re.search(r"Twoje zgłoszenie dotarło: (.+?)\. ", told.inner_text())[1]
    assert timedelta() <= moment(arrival) - deadline <= timedelta(minutes=1)
    expect(page.get_by_role("region", name="Co możesz teraz zrobić")).to_contain_text("napisz do urzędu")
    expect(page.get_by_role("button", name="Złóż ofertę")).to_have_count(0)
    keeps(page, TYPED)
    keeps_what_is_typed_later(page)
    find_office(page)


def moment(words: str) -> datetime:
    """Read „24 grudnia 2026” or „24 grudnia 2026, godz. 23:59:12”, in the time of the city."""
    day, month, year, *time = re.findall(r"\w+", words.replace("godz", ""))
    numbers = (int(each) for each in time)
    return datetime(int(year), MONTHS.index(month) + 1, int(day), *numbers, tzinfo=LOCAL)


def open_offer(page: Page) -> Fingers:
    hands = Fingers(page)
    page.goto("/pl/")
    follow_in_head(page, "Moje oferty")
    hands.follow(OFFER)
    return hands


def write_on(page: Page, text: str) -> None:
    """Write a description, and see it saved."""
    hands = open_offer(page)
    hands.follow("Tytuł, termin i opis")
    hands.write("Opis zadania", text)
    wait_until_saved(page)
    hands.press("Zapisz i przejdź dalej")


def open_submission(page: Page) -> None:
    open_offer(page).follow("Przejdź do złożenia")
    expect(page.get_by_role("main")).to_contain_text(re.compile(r"zostało około \d+ minut"))


def keeps(page: Page, text: str) -> None:
    """What was typed stands in the offer still, which says that it is not submitted."""
    hands = open_offer(page)
    expect(page.get_by_role("main")).to_contain_text("Ta oferta nie została złożona. Termin minął.")
    hands.follow("Tytuł, termin i opis")
    expect(field(page, "Opis zadania")).to_have_value(text)


def keeps_what_is_typed_later(page: Page) -> None:
    """What is typed after the deadline is saved too, on a page that says that it has passed."""
    Fingers(page).write("Opis zadania", "Na przyszły rok.")
    wait_until_saved(page)
    expect(page.get_by_role("main")).to_contain_text("Termin minął.")
    page.reload()
    expect(field(page, "Opis zadania")).to_have_value("Na przyszły rok.")


def find_office(page: Page) -> None:
    """By the page of submission to the address of the office."""
    hands = open_offer(page)
    hands.follow("Przejdź do złożenia")
    hands.follow("Kontakt na stronie konkursu")
    expect(page.get_by_role("main").get_by_role("link", name="ngo@urzad.example.org")).to_be_visible()
