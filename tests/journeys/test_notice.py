"""An organisation looks for volunteers by a notice, from its first word until its last day has passed."""

import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.admin import (
    box_below,
    decide,
    fill,
    give_title,
    wait_for_editor,
    wait_until_kept,
    write_in,
)

EDITOR, MODERATOR = "editor of „Ganek”", "moderator:"
TITLE, WANTED = "Szukamy sterników na regaty", "Poszukiwani wolontariusze"
NAME, EMAIL, PHONE = "Celina od żagli", "zagle@ganek.example.org", "500 600 700"
CURRENT, OVER = "Aktualne ogłoszenia", "To ogłoszenie jest już nieaktualne"
DAYS = 10


@pytest.mark.long
@pytest.mark.refused(410)
def test_a_notice_is_read_until_its_last_day_and_gone_the_day_after(
    prepared, mailbox, sign_in, open_page, demo, clock
):
    author = prepared.email_of(EDITOR)
    editor = sign_in(EDITOR)
    _write(editor)
    assert mailbox.wait_for(author, f"Przyjęto: {TITLE}")
    _approve(sign_in(MODERATOR), mailbox.wait_for(prepared.email_of(MODERATOR), TITLE).link())
    published = mailbox.wait_for(author, f"Opublikowano: {TITLE}").link()

    resident = open_page("/pl/", width="phone")
    _find_in_the_list(resident)
    _ask_for_the_contact(resident)

    clock.forward(days=DAYS)
    last_day = open_page("/pl/", width="phone")
    _find_in_the_list(last_day)

    clock.forward(days=1)
    _read_that_it_is_over(open_page(published, width="phone"))
    demo.run_by_the_clock("publish_scheduled")
    _read_that_it_is_over(open_page(published, width="phone"))
    _sees_that_it_is_over(sign_in(EDITOR))


def _write(page: Page) -> None:
    """With neither a contact nor a last day at first."""
    page.get_by_role("link", name="Napisz ogłoszenie").click()
    wait_for_editor(page)
    give_title(page, TITLE)
    page.get_by_role("combobox", name="Rodzaj*").select_option(WANTED)
    fill(page, "Wstęp", "Na dwie niedziele czerwca.")
    write_in(box_below(page, "Tekst"), "Wystarczy patent żeglarza. Łodzie mamy.")
    decide(page, "Wyślij do")
    _says(page, "Ważne do*", "To pole jest wymagane")
    _says(page, "E-mail", "Podaj")
    last_day = datetime.now(ZoneInfo("Europe/Warsaw")).date() + timedelta(days=DAYS)
    fill(page, "Ważne do*", str(last_day))
    page.get_by_role("textbox", name="Osoba do kontaktu").click()
    fill(page, "Osoba do kontaktu", NAME)
    fill(page, "E-mail", EMAIL)
    fill(page, "Telefon", PHONE)
    wait_until_kept(page)
    decide(page, "Wyślij do")
    expect(page.get_by_text("została przekazana do przeglądu")).to_be_visible()


def _says(page: Page, label: str, words: str) -> None:
    box = page.get_by_role("textbox", name=label, exact=True)
    expect(box).to_have_accessible_description(re.compile(words))


def _approve(desk: Page, address: str) -> None:
    """By the link in her mail."""
    desk.goto(address)
    expect(desk.get_by_role("heading", name=TITLE)).to_be_visible()
    desk.get_by_role("button", name="Zatwierdź i opublikuj").click()
    expect(desk.get_by_text("Zatwierdzono. Autor dostanie wiadomość.")).to_be_visible()


def _search(visitor: Page, words: str) -> None:
    visitor.get_by_role("searchbox", name="Szukaj w portalu").fill(words)
    visitor.get_by_role("searchbox", name="Szukaj w portalu").press("Enter")
    expect(visitor.get_by_role("heading", level=1)).to_have_text("Szukaj")
    expect(visitor.get_by_label("Czego szukasz?")).to_have_value(words)


def _find_in_the_list(visitor: Page) -> None:
    """By the search, to the list of notices, and those who look for volunteers."""
    _search(visitor, "ogłoszenia")
    visitor.get_by_role("main").get_by_role("link", name="Ogłoszenia", exact=True).click()
    visitor.get_by_role("main").get_by_role("link", name=TITLE).click()
    expect(visitor.get_by_role("article").get_by_role("heading", name=TITLE)).to_be_visible()


def _ask_for_the_contact(visitor: Page) -> None:
    """It is in no page that a robot reads."""
    for secret in (NAME, EMAIL, PHONE):
        assert secret not in visitor.content()
    visitor.get_by_role("link", name="Do kogo napisać lub zadzwonić").click()
    visitor.get_by_role("main").get_by_role("button").click()
    contact = visitor.get_by_role("region", name="Kontakt")
    for told in (NAME, EMAIL, PHONE):
        expect(contact).to_contain_text(told)


def _read_that_it_is_over(visitor: Page) -> None:
    expect(visitor.get_by_role("heading", level=1)).to_have_text(OVER)
    visitor.get_by_role("main").get_by_role("link", name=CURRENT).click()
    expect(visitor.get_by_role("heading", name="Ogłoszenia", level=1)).to_be_visible()
    expect(visitor.get_by_role("main").get_by_role("link", name=TITLE)).to_be_hidden()
    _search(visitor, TITLE)
    expect(visitor.get_by_role("main").get_by_role("link", name=TITLE)).to_be_hidden()


def _sees_that_it_is_over(page: Page) -> None:
    """Her home page tells how each of her pages stands."""
    mine = page.get_by_role("listitem").filter(has=page.get_by_role("link", name=TITLE, exact=True))
    expect(mine).to_contain_text("Wygaśnięte")
