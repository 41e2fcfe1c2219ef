"""The main job: from a block on a city's page to the receipt, as different people go this way."""

import re
from urllib.parse import urlsplit

import pytest
from django.core.cache import cache
from django.urls import reverse
from playwright.sync_api import Page, expect

from sandbox.models import MunicipalPage
from tests.browser.axe import assert_accessible, assert_fits, assert_rules
from tests.browser.keyboard import add, choose, follow, press, tab_to, write
from tests.grants.calls import open_call
from tests.journeys.question import answer_to
from tests.people import PASSWORD
from tests.sites import default_site

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def quick_people(settings):
    settings.MYPART = {"CAPTCHA_MINIMUM_SECONDS": 0}


@pytest.fixture(autouse=True)
def _mails_lead_here(live_server, transactional_db):
    """Links in mails begin with the name and the port of the site."""
    site = default_site()
    site.port = urlsplit(live_server.url).port
    site.save()


@pytest.fixture
def call():
    return open_call()


@pytest.fixture
def city_page(call):
    page = MunicipalPage(
        title="Organizacje", slug="organizacje", body=[("offer_generator", {"heading": "Offers"})]
    )
    default_site().root_page.add_child(instance=page)
    page.save_revision().publish()
    return page.url


def sign_in(page: Page, name: str) -> None:
    page.goto(reverse("account_login"))
    page.get_by_label("Email").fill(f"{name}@example.org")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/offers/")


SIGNER_CARD = {
    "Full name": "Klub Żeglarski Szkwał",
    "Number in the register": "0000123456",
    "Street and number": "ul. Morska 1",
    "Postal code": "41-400",
    "Town": "Mysłowice",
    "E-mail": "klub@example.org",
}


@pytest.mark.parametrize("width", ["smallest", "desktop"])
def test_a_newcomer_submits_an_offer_with_the_keyboard_alone(
    open_context, city_page, call, width, mailoutbox
):
    page = open_context(width=width).new_page()

    def looks_right() -> None:
        assert_fits(page)
        if width == "smallest":
            assert_accessible(page)
        else:
            assert_rules(page, None, "target-size")

    page.goto(city_page)
    looks_right()
    follow(page, "Fill in an offer")
    looks_right()
    follow(page, "Sign up")
    looks_right()
    write(page, "Email", "ola@example.org")
    write(page, "Password", "zielony rower 7")
    question = page.get_by_label("Which of these words")
    tab_to(question)
    page.keyboard.insert_text(answer_to(page.get_by_role("main").inner_text()))
    press(page, "Sign up")

    follow(page, "My organisation")
    looks_right()
    _write_card(page)
    press(page, "Save the card")

    press(page, "Begin")
    looks_right()
    follow(page, "Organisation and contact")
    write(page, "Person who can explain the offer", "Ola Nowak, tel. 32 222 00 00")
    press(page, "Save and continue")
    write(page, "Title of the task", "Letnia szkoła żeglarstwa")
    write(page, "First day", "1.03.2027")
    write(page, "Last day", "30.11.2027")
    write(page, "Description of the task", "Zajęcia w Mysłowicach dla dzieci.")
    looks_right()
    press(page, "Save and continue")
    add(page, "Add: action")
    assert (
        page.locator(":focus")
        .evaluate("element => element.labels[0].textContent")
        .strip()
        .startswith("Name of the action")
    )
    write(page, "Name of the action", "Kurs żeglarski")
    write(page, "Description", "Dwa razy w tygodniu.")
    write(page, "Target group", "20 dzieci")
    write(page, "First day", "2027-05-01")
    write(page, "Last day", "30.09.2027")
    looks_right()
    press(page, "Save and continue")
    write(page, "Description of results", "Dzieci nauczą się żeglować.")
    add(page, "Add: result")
    write(page, "Name of the result", "Dzieci z patentem")
    write(page, "Planned level", "20")
    write(page, "How it is measured", "Egzamin")
    looks_right()
    press(page, "Save and continue")
    write(page, "Earlier activity", "Od dziesięciu lat.")
    write(page, "People, things and money", "Instruktorzy i łodzie.")
    press(page, "Save and continue")
    looks_right()
    follow(page, "Kurs żeglarski")
    add(page, "Add: cost")
    write(page, "Kind of cost", "Instruktor")
    write(page, "Unit", "godzina")
    write(page, "Unit cost", "1 234,50")
    write(page, "Number of units", "10")
    page.keyboard.press("Tab")
    expect(page.get_by_text("12 345,00").first).to_be_visible()
    looks_right()
    press(page, "Save and continue")
    press(page, "Save and continue")
    looks_right()
    press(page, "Save and continue")
    write(page, "Grant", "10 000")
    write(page, "Own financial contribution", "2345,00")
    write(page, "Own non-financial contribution", "0")
    write(page, "Fees from recipients", "0")
    looks_right()
    press(page, "Save and continue")
    choose(page, "Paid or unpaid task", "Oferent nie zamierza odpłatnie wykonywać zadania publicznego")
    looks_right()
    press(page, "Save and continue")
    choose(page, "Taxes", "nie zalega(-ją)")
    choose(page, "Social insurance", "nie zalega(-ją)")
    choose(page, "Register", "Krajowym Rejestrem Sądowym")
    looks_right()
    press(page, "Save and continue")
    expect(page.get_by_text("Nothing is missing.")).to_be_visible()
    looks_right()
    follow(page, "Go to submission")
    looks_right()
    _confirm_address(page, mailoutbox)
    looks_right()
    press(page, "Check whether I can submit")
    expect(page.get_by_text("You can submit")).to_be_visible()
    looks_right()
    assert not [mail for mail in mailoutbox if "submitted" in mail.subject]
    press(page, "Submit the offer")
    expect(page.get_by_role("heading", level=1)).to_contain_text("submitted")
    looks_right()
    receipt = page.get_by_role("main").inner_text()
    [mailed] = [mail for mail in mailoutbox if "submitted" in mail.subject and "ola@example.org" in mail.to]
    for printed in (re.search(r"MYS/\d+/\d+/\d+", receipt), re.search(r"\w{4}-\w{4}-\w{4}", receipt)):
        assert printed[0] in mailed.body


def _confirm_address(page: Page, mails: list) -> None:
    """Have the link sent again, as some minutes after the first, and follow it back to the submission."""
    submission = page.url
    expect(page.get_by_role("heading", name="Confirm your e-mail")).to_be_visible()
    cache.clear()
    press(page, "Send the link again")
    page.goto(re.search(r"http://\S+confirm-email\S+", mails[-1].body).group())
    press(page, "Confirm")
    assert page.url == submission
    expect(page.get_by_role("heading", name="Confirm your e-mail")).not_to_be_visible()


def _write_card(page: Page) -> None:
    for label, text in SIGNER_CARD.items():
        write(page, label, text)
    for label, letters in (("Legal form", "asso"), ("Register", "Nat")):
        tab_to(page.get_by_label(label, exact=True))
        page.keyboard.type(letters)
    tab_to(page.get_by_label("I am entitled to sign for this organisation"))
    page.keyboard.press("Space")
    write(page, "First name and surname", "Ola Nowak")
    write(page, "Function", "prezeska")
