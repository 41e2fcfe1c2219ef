"""A clerk announces a call from nothing, makes mistakes, and mends them by what the page tells."""

import re
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.journeys.admin import (
    add_page,
    box_below,
    decide,
    follow_from_notice,
    give_title,
    type_date,
)

CLERK, TREASURER = "clerk:", "editor of „Ganek”"
LIST, TITLE = "Konkursy", "Zajęcia dla seniorów i seniorek"
MONTHS = "stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia"
PROSE = {
    "Zasady przyznawania dotacji": "Dotacja pokrywa najwyżej cztery piąte kosztów.",
    "Warunki realizacji zadania": "Zajęcia są bezpłatne i odbywają się w Mysłowicach.",
    "Tryb i kryteria wyboru ofert": "Oferty ocenia komisja konkursowa.",
    "Zadania tego samego rodzaju w tym": "W tym roku Klub Seniora, 40 000 zł.",
}
"""Boxes of rich text, by how their labels begin."""


@pytest.mark.long
@pytest.mark.refused(400)  # The admin cannot keep an amount or a date that is none.
def test_a_call_is_announced_after_mistakes_and_its_drafts_are_told_of_a_change(
    prepared, mailbox, sign_in, open_page
):
    clerk = sign_in(CLERK)
    _forget_almost_everything(clerk)
    deadline = _mend_by_what_is_told(clerk)
    expect(clerk.get_by_role("status").first).to_contain_text("została opublikowana")

    call = _in_the_list(open_page("/pl/"))
    expect(call).to_contain_text("trwa nabór")
    expect(call).to_contain_text(f"{_in_words(deadline)}, przed godz. 15:30")
    expect(call).to_contain_text("60 000,00 zł")

    call = _in_the_list(sign_in(TREASURER))
    call.get_by_role("link", name="Wypełnij ofertę").click()
    call.page.get_by_role("button", name="Rozpocznij").click()
    expect(call.page.get_by_role("main")).to_contain_text(TITLE)

    follow_from_notice(clerk, "Edytuj")
    _amount(clerk, "Pula środków*").fill("75000.50")
    decide(clerk, "Opublikuj")
    told = mailbox.wait_for(prepared.email_of(TREASURER), TITLE)
    assert "pula środków: było „60 000,00 zł”, jest „75 000,50 zł”" in _plain(told.text)
    reader = open_page("/pl/")
    _in_the_list(reader).get_by_role("link", name=TITLE).first.click()
    expect(reader.get_by_role("main")).to_contain_text("było „60 000,00 zł”, jest „75 000,50 zł”")


def _forget_almost_everything(page: Page) -> None:
    add_page(page, LIST)
    give_title(page, TITLE)
    decide(page, "Opublikuj")
    _says(_box(page, "Kod*"), "Podaj kod konkursu")
    _says(_amount(page, "Pula środków*"), "podaj wysokość środków publicznych")
    _says(_box(page, "Koniec naboru*"), "podaj termin składania ofert")
    _says(_box(page, "Kontakt*"), "kogo i jak można pytać")


def _mend_by_what_is_told(page: Page) -> date:
    """Fill in everything, wrongly, and mend one after the other; return the last day of the intake."""
    today = datetime.now(ZoneInfo("Europe/Warsaw")).date()
    begin = today + timedelta(days=60)
    _fill_in_what_is_right(page, today)
    _amount(page, "Pula środków*").fill("60000.555")
    type_date(page, "Koniec naboru*", f"{today + timedelta(days=10)} 15:30")
    type_date(page, "Realizacja zadań najwcześniej od*", begin)
    type_date(page, "Realizacja zadań najpóźniej do*", begin - timedelta(days=1))
    type_date(page, "Przewidywany termin rozstrzygnięcia*", f"{today.year + 1}-02-31")
    decide(page, "Opublikuj")
    _says(_amount(page, "Pula środków*"), "nie więcej niż 2 cyfry po przecinku")
    _says(_box(page, "Przewidywany termin rozstrzygnięcia*"), "Wpisz poprawną datę")
    _says(_box(page, "Realizacja zadań najpóźniej do*"), "zanim się rozpocznie")
    too_short = _says(_box(page, "Koniec naboru*"), "21 pełnych dni")

    deadline = _day_named_in(too_short) + timedelta(days=1)
    type_date(page, "Koniec naboru*", f"{deadline} 15:30")
    _amount(page, "Pula środków*").fill("60000")
    decide(page, "Opublikuj")
    _says_nothing(_box(page, "Koniec naboru*"), "21 pełnych dni")
    _says_nothing(_amount(page, "Pula środków*"), "cyfry po przecinku")
    _says(_box(page, "Przewidywany termin rozstrzygnięcia*"), "Wpisz poprawną datę")

    type_date(page, "Przewidywany termin rozstrzygnięcia*", deadline + timedelta(days=14))
    type_date(page, "Realizacja zadań najpóźniej do*", begin + timedelta(days=200))
    decide(page, "Opublikuj")
    return deadline


def _fill_in_what_is_right(page: Page, today: date) -> None:
    _box(page, "Kod*").fill("MYS/SENIORZY/1")
    page.get_by_role("checkbox", name="osób w wieku emerytalnym").check()
    page.get_by_role("combobox", name="Forma zlecenia zadania*").select_option(
        "wspieranie: dotacja pokrywa część kosztów"
    )
    _amount(page, "Maksymalna dotacja").fill("10000")
    for words, text in PROSE.items():
        box_below(page, words).click()
        page.keyboard.type(text)
    type_date(page, "Początek naboru*", f"{today} 00:00")
    _box(page, "Podstawa prawna*").fill("art. 13 ustawy o działalności pożytku publicznego i o wolontariacie")
    _box(page, "Adres w BIP*").fill("https://bip.example.org/seniorzy")
    for place in ("w BIP", "na stronie internetowej"):
        type_date(page, f"Data publikacji {place}*", today)
    type_date(page, "Data wywieszenia na tablicy ogłoszeń*", today)
    _box(page, "Kontakt*").fill("Feliks Urzędowski, pokój 12")


def _in_the_list(visitor: Page) -> Locator:
    """The call in the list to which the menu of the portal leads."""
    visitor.goto("/pl/")
    visitor.get_by_role("navigation", name="Menu główne").get_by_role("link", name=LIST).click()
    return visitor.get_by_role("article").filter(has=visitor.get_by_role("heading", name=TITLE))


def _box(page: Page, label: str) -> Locator:
    return page.get_by_role("textbox", name=label, exact=True)


def _amount(page: Page, label: str) -> Locator:
    return page.get_by_role("spinbutton", name=label, exact=True)


def _says(box: Locator, words: str) -> str:
    """Return what is said at a box, which holds ``words``."""
    expect(box).to_have_accessible_description(re.compile(words))
    ids = box.get_attribute("aria-describedby").split()
    return " ".join(box.page.locator(f"[id='{each}']").inner_text() for each in ids)


def _says_nothing(box: Locator, words: str) -> None:
    expect(box).to_be_visible()
    expect(box).not_to_have_accessible_description(re.compile(words))


def _day_named_in(text: str) -> date:
    day, month, year = re.search(r"do końca dnia (\d+) (\w+) (\d{4})", _plain(text)).groups()
    return date(int(year), MONTHS.split().index(month) + 1, int(day))


def _in_words(day: date) -> str:
    return f"{day.day} {MONTHS.split()[day.month - 1]} {day.year}"


def _plain(text: str) -> str:
    """``text`` with ordinary spaces."""
    return re.sub(r"\s", " ", text)
