"""Somebody without an e-mail address who cannot use a part of the site, and tells the office so."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.journeys.demo import Clock
from tests.journeys.question import HASTE, answer_and_press, wrong_answer_to

BARRIER = "Mapa dojazdu nie ma opisu słowami, a czytnik jej nie czyta."
PHONE = "SMS na 600 100 200"


def test_somebody_without_email_reports_a_barrier_and_sees_later_that_it_was_answered(
    open_page: Callable[..., Page], sign_in: Callable[..., Page], clock: Clock
):
    page = open_page("/pl/", width="phone")
    page.get_by_role("contentinfo").get_by_role("link", name="Zgłoś barierę").click()
    report(page, clock)
    number = page.get_by_role("definition").first.inner_text()
    kept = page.url

    answer(sign_in("web editor"), number)

    page.goto("/pl/")
    page.goto(kept)
    expect(page.get_by_role("main")).to_contain_text(number)
    expect(page.get_by_role("main")).to_contain_text("Odpowiedziano")
    expect(page.get_by_role("main")).not_to_contain_text(BARRIER)


def report(page: Page, clock: Clock) -> None:
    """Answer wrongly again and again, and rightly after twenty minutes; what was typed stays."""
    main = page.get_by_role("main")
    expect(page.get_by_label("Adres strony")).to_have_value("http://127.0.0.1:8000/pl/")
    main.get_by_role("textbox", name="Z czego nie możesz skorzystać").fill(BARRIER)
    main.get_by_role("textbox", name="Inny sposób kontaktu").fill(PHONE)
    main.get_by_role("checkbox").check()
    page.wait_for_timeout(HASTE)
    for _try in range(3):
        main.get_by_label("Które z tych słów").fill(wrong_answer_to(main.inner_text()))
        with page.expect_navigation():
            main.get_by_role("button", name="Wyślij").click()
        expect(main).to_contain_text("To słowo nie odpowiada na pytanie")
        expect(main.get_by_role("textbox", name="Z czego nie możesz skorzystać")).to_have_value(BARRIER)
        expect(main.get_by_role("textbox", name="Inny sposób kontaktu")).to_have_value(PHONE)
    clock.forward(minutes=20)
    answer_and_press(page, "Wyślij")
    expect(page.get_by_role("heading", level=1)).to_have_text("Mamy Twoją wiadomość")
    expect(main).to_contain_text("Odpowiemy do")
    expect(main).to_contain_text("Zachowaj tę stronę")


def answer(office: Page, number: str) -> None:
    """As the office: find what waits on the dashboard, read it, answer by a text message, and tick it off."""
    main = office.get_by_role("main")
    office.get_by_role("link", name="czeka na odpowiedź").click()
    main.get_by_role("link", name=number).click()
    expect(main).to_contain_text(BARRIER)
    expect(main).to_contain_text(PHONE)
    main.get_by_role("button", name="Odpowiedź wysłana").click()
    expect(main).to_contain_text("Odpowiedziano")
