"""The treasurer of a small association brings in an offer: by phone, by keyboard, and without scripts."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.account import confirm_address, follow_in_head, sign_in_here, sign_up
from tests.journeys.hands import Fingers, Hands, Keys, field
from tests.journeys.mailbox import Mailbox
from tests.journeys.offer import (
    ORGANISATION,
    PAPERS,
    SWIMMING,
    begin,
    describe,
    fact,
    fill_in,
    make_card,
    wait_until_saved,
)
from tests.journeys.papers import text_of

EMAIL = "maria.grosik@example.org"
PASSWORD = "trzy zielone rowery"  # noqa: S105  # hers
CALL = "Sport dzieci i młodzieży"


@pytest.mark.long
@pytest.mark.parametrize(
    ("kind", "width"), [(Fingers, "phone"), (Keys, "desktop")], ids=["by phone", "with the keyboard alone"]
)
def test_from_sign_up_to_receipt_correction_and_withdrawal(
    open_page: Callable[..., Page], mailbox: Mailbox, tmp_path: Path, kind: type[Hands], width: str
):
    page = open_page("/pl/", width=width)
    hands = kind(page)
    year = find_call(hands)
    join(hands, mailbox)
    begin(hands)
    fill_in(hands, SWIMMING, year)
    number, checksum = submit(hands, mailbox)
    paper = text_of(hands.save("PDF oferty", tmp_path))
    assert all(number in sheet and checksum in sheet for sheet in paper.rstrip("\f").split("\f"))
    stranger = kind(open_page(address_on(paper), width=width))
    verify(stranger, checksum, says="obowiązuje")

    correct(hands)
    same_number, new_checksum = submit(hands, mailbox)
    assert same_number == number
    assert new_checksum != checksum
    expect(page.get_by_role("main")).to_contain_text("Wersje zastąpione przez tę")
    expect(page.get_by_role("main")).to_contain_text(f"suma kontrolna {checksum}")
    verify(stranger, checksum, says="Później złożono poprawioną wersję, która zastąpiła tę.")
    verify(stranger, new_checksum, says="obowiązuje")

    withdraw(hands, number, mailbox)
    verify(stranger, new_checksum, says="Już nie obowiązuje")


def test_without_scripts_what_is_saved_is_there_after_signing_in_again(
    open_page: Callable[..., Page], mailbox: Mailbox
):
    page = open_page("/pl/", width="phone", javascript=False)
    hands = Fingers(page)
    year = find_call(hands)
    join(hands, mailbox)
    begin(hands)
    describe(hands, SWIMMING, year)
    leave(hands)

    come_back(hands)
    hands.follow(SWIMMING.title)
    hands.follow("Tytuł, termin i opis")
    for label, text in {
        "Tytuł zadania": SWIMMING.title,
        "Data rozpoczęcia": f"15.01.{year}",
        "Data zakończenia": f"15.12.{year}",
        "Opis zadania": SWIMMING.synopsis,
    }.items():
        expect(field(page, label)).to_have_value(text)


def find_call(hands: Hands) -> str:
    """From the home page to signing up, by way of the call; return the year of its tasks."""
    hands.follow("Zobacz konkursy")
    hands.follow(CALL)
    year = re.search(r"w (\d{4}) roku", hands.page.get_by_role("heading", level=1).inner_text())[1]
    expect(hands.page.get_by_role("main")).to_contain_text(f"1 stycznia {year} – 31 grudnia {year}")
    hands.follow("Wypełnij ofertę")
    hands.follow("Załóż konto")
    return year


def join(hands: Hands, mailbox: Mailbox) -> None:
    """Sign up, confirm the address and make the card of the association."""
    sign_up(hands, EMAIL, PASSWORD)
    confirm_address(hands, EMAIL, mailbox)
    hands.follow("Moja organizacja")
    make_card(hands)


def submit(hands: Hands, mailbox: Mailbox) -> tuple[str, str]:
    """Submit what is filled in; return the number and the checksum, which the mails tell too."""
    page = hands.page
    hands.follow("Przejdź do złożenia")
    assert fact(page, "Suma wszystkich kosztów") == f"{SWIMMING.total} zł"
    hands.press("Złóż ofertę")
    expect(page.get_by_role("heading", level=1)).to_have_text("Oferta została złożona")
    number, checksum = fact(page, "Numer"), fact(page, "Suma kontrolna")
    for address in (EMAIL, PAPERS["E-mail"]):
        mail = mailbox.wait_for(address, f"Oferta {number} została złożona", says=checksum)
        assert f"Organizacja: {ORGANISATION}" in mail.text
    return number, checksum


def leave(hands: Hands) -> None:
    """Sign out by the head of the page."""
    follow_in_head(hands.page, "Wyloguj się")
    hands.press("Wyloguj się")


def come_back(hands: Hands) -> None:
    """Sign in by the head of the page, and go to one's offers."""
    follow_in_head(hands.page, "Zaloguj się")
    sign_in_here(hands, EMAIL, PASSWORD)
    follow_in_head(hands.page, "Moje oferty")


def address_on(paper: str) -> str:
    """Return the address at which, as the paper says, everybody can verify the checksum."""
    return re.search(r"Każdy może ją sprawdzić: (\S+)", paper)[1]


def verify(hands: Hands, checksum: str, *, says: str) -> None:
    """Type the checksum into the public page; it is genuine, and the page says what counts today."""
    hands.write("Suma kontrolna", checksum)
    hands.press("Sprawdź")
    expect(hands.page.get_by_role("region", name="Suma kontrolna się zgadza")).to_contain_text(says)


def correct(hands: Hands) -> None:
    """Change the description in a copy of what is submitted."""
    hands.press("Popraw ofertę")
    expect(hands.page.get_by_role("main")).to_contain_text("Ta korekta nie została złożona.")
    hands.follow("Tytuł, termin i opis")
    hands.write("Opis zadania", "Lekcje pływania, także dla dzieci z niepełnosprawnościami.")
    wait_until_saved(hands.page)
    hands.follow(CALL)  # The breadcrumb: back to the list of pages.


def withdraw(hands: Hands, number: str, mailbox: Mailbox) -> None:
    page = hands.page
    hands.follow("Wycofaj ofertę")
    expect(page.get_by_role("heading", level=1)).to_have_text(f"Wycofać ofertę {number}?")
    hands.press("Wycofaj ofertę")
    expect(page.get_by_role("main")).to_contain_text("Wycofano")
    for address in (EMAIL, PAPERS["E-mail"]):
        mail = mailbox.wait_for(address, f"Oferta {number} została wycofana")
        assert SWIMMING.title in mail.text
