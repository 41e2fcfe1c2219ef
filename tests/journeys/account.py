"""How somebody signs up and confirms the address, in Polish."""

from playwright.sync_api import Page, expect

from tests.journeys.hands import Hands
from tests.journeys.mailbox import Mailbox
from tests.journeys.question import HASTE, QUESTION, answer_to


def sign_up(hands: Hands, email: str, password: str) -> None:
    """On the page „Załóż konto”."""
    page = hands.page
    expect(page.get_by_role("heading", level=1)).to_have_text("Załóż konto")
    hands.write("E-mail", email)
    hands.write("Hasło", password)
    question = QUESTION.search(page.get_by_role("main").inner_text()).group()
    hands.write(question, answer_to(question))
    page.wait_for_timeout(HASTE)
    hands.press("Załóż konto")


def confirm_address(hands: Hands, email: str, mailbox: Mailbox) -> None:
    """Open the link of the mail in the same window and confirm."""
    page = hands.page
    page.goto(mailbox.wait_for(email, "Potwierdź swój adres e-mail").link())
    expect(page.get_by_role("main")).to_contain_text(f"Czy {email} to Twój adres e-mail?")
    hands.press("Tak, potwierdzam")
    expect(page.get_by_role("status").first).to_contain_text(f"Adres {email} został potwierdzony.")


def sign_in_here(hands: Hands, email: str, password: str) -> None:
    """On the page „Zaloguj się”, to which a link may have led."""
    expect(hands.page.get_by_role("heading", level=1)).to_have_text("Zaloguj się")
    hands.write("E-mail", email)
    hands.write("Hasło", password)
    hands.press("Zaloguj się")


def follow_in_head(page: Page, link: str) -> None:
    """Follow a link in the head of the page, such as „Moje oferty”, from the menu where that is folded."""
    menu = page.get_by_role("banner").get_by_role("button", name="Menu")
    if not page.get_by_role("banner").get_by_role("link", name=link, exact=True).count():
        menu.click()
    with page.expect_navigation():
        page.get_by_role("banner").get_by_role("link", name=link, exact=True).first.click()
