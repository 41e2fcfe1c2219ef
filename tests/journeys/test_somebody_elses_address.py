"""Somebody has signed up with the address of another person, who gets the account; and a mistyped one."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.journeys.account import follow_in_head, sign_in_here, sign_up
from tests.journeys.hands import Fingers, Hands
from tests.journeys.mailbox import Mailbox

EWA = "ewa.prezeska@example.org"
OF_THE_STRANGER = "siedem czarnych kotów"
HER_OWN = "osiem białych łodzi"
ASKED = "Potwierdź swój adres e-mail"


def open_sign_up(page: Page) -> Hands:
    """From the home page by the head of the page."""
    follow_in_head(page, "Zaloguj się")
    hands = Fingers(page)
    hands.follow("Załóż konto")
    return hands


def test_a_person_whose_address_somebody_else_has_used_gets_her_account(
    open_page: Callable[..., Page], mailbox: Mailbox
):
    stranger = open_sign_up(open_page("/pl/"))
    sign_up(stranger, EWA, OF_THE_STRANGER)
    expect(stranger.page.get_by_role("banner").get_by_role("link", name="Wyloguj się")).to_be_visible()

    ewa = Fingers(open_page(mailbox.wait_for(EWA, ASKED).link(), width="phone"))
    expect(ewa.page.get_by_role("main")).to_contain_text(f"Czy {EWA} to Twój adres?")
    expect(ewa.page.get_by_role("heading", name="Nie znasz tego hasła?")).to_be_visible()
    ewa.write("Nowe hasło", HER_OWN)
    ewa.press("Ustaw hasło i potwierdź adres")
    expect(ewa.page.get_by_role("status").first).to_contain_text(f"Adres {EWA} został potwierdzony.")

    stranger.page.reload()
    expect(stranger.page.get_by_role("banner").get_by_role("link", name="Zaloguj się")).to_be_visible()
    follow_in_head(stranger.page, "Zaloguj się")
    sign_in_here(stranger, EWA, OF_THE_STRANGER)
    expect(stranger.page.get_by_role("alert").first).to_contain_text("niepoprawne")
    sign_in_here(stranger, EWA, HER_OWN)
    expect(stranger.page.get_by_role("banner").get_by_role("link", name="Wyloguj się")).to_be_visible()


def test_who_mistyped_the_address_mends_it_and_the_first_one_is_worth_nothing(
    open_page: Callable[..., Page], mailbox: Mailbox
):
    mistyped = "ewa.prezesak@example.org"
    ewa = open_sign_up(open_page("/pl/", width="phone"))
    sign_up(ewa, mistyped, HER_OWN)
    stranger_link = mailbox.wait_for(mistyped, ASKED).link()
    follow_in_head(ewa.page, "Moje konto")
    ewa.write("Nowy adres e-mail", EWA)
    ewa.press("Wyślij tam odnośnik")
    expect(ewa.page.get_by_role("main")).to_contain_text(f"{EWA} stanie się Twoim adresem")
    ewa.page.goto(mailbox.wait_for(EWA, ASKED).link())
    ewa.press("Tak, potwierdzam")
    expect(ewa.page.get_by_role("main")).to_contain_text(EWA)
    expect(ewa.page.get_by_role("main")).not_to_contain_text(mistyped)
    stranger = open_page(stranger_link)
    expect(stranger.get_by_role("main")).to_contain_text("Ten odnośnik już nie działa")
