"""Filling in an offer in a real browser: what the server says appears at the field while one types."""

import pytest
from playwright.sync_api import expect

from mypart_wagtail.generator.models import FormDocument
from tests.browser.autosave import kept, press_slowly
from tests.browser.axe import assert_accessible

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

ACTION = "action0001"
PRICE = "costs/cost0001x0001/unit_cost"


def price(document: FormDocument) -> str:
    return kept(document, PRICE, "costs", ACTION)


def test_an_amount_that_may_mean_two_is_asked_about_while_typing(fill_in, document):
    page = fill_in("costs", ACTION)
    field = page.locator(f'input[name="{PRICE}"]')
    field.fill("12.500")
    field.blur()
    choice = page.locator("[data-reading]")
    expect(choice).to_have_text(["12\u00a0500,00", "12,50"])
    expect(field).to_have_value("12.500")
    assert price(document) == "12.500"
    assert_accessible(page)
    choice.nth(1).click()
    expect(choice).to_have_count(0)
    expect(field).to_have_value("12,50")
    expect(field).not_to_have_attribute("aria-invalid", "true")
    expect(page.locator("#sum-costs-cost0001x0001-total")).not_to_have_text("")
    assert price(document) == "12,50"


def test_an_amount_that_may_mean_two_is_chosen_by_keyboard_without_script(fill_in, document):
    page = fill_in("costs", ACTION, javascript=False)
    page.locator(f'input[name="{PRICE}"]').fill("12,500")
    page.locator('main button[value="save"]:visible').last.click()
    page.locator("[data-reading]").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator(f'input[name="{PRICE}"]')).to_have_value("12\u00a0500,00")
    assert price(document) == "12\u00a0500,00"


def test_what_cannot_be_printed_is_named_while_typing_and_forgotten_when_gone(fill_in, document):
    page = fill_in("description")
    title = page.locator("#field-title")
    title.fill("Festyn 🎉")
    title.blur()
    warning = page.locator("#field-title-warning")
    expect(warning).to_contain_text("U+1F389")
    expect(title).to_have_attribute("aria-describedby", "field-title-warning")
    assert_accessible(page)
    title.fill("Festyn")
    title.blur()
    expect(warning).to_have_count(0)
    assert kept(document) == "Festyn"


def test_sums_are_said_when_asked_for_and_not_with_every_key(fill_in):
    page = fill_in("costs", ACTION)
    announcer = page.locator("[data-mypart-announcer]")
    sums = page.locator("[data-mypart-sum] output")
    assert {output.get_attribute("aria-live") for output in sums.all()} == {"off"}
    page.locator(f'input[name="{PRICE}"]').fill("1 234,50")
    page.locator(f'input[name="{PRICE}"]').blur()
    together = page.locator(f"#sum-costs-{ACTION}")
    expect(together).to_have_text("1\u00a0434,50")
    expect(announcer).not_to_contain_text("1\u00a0434,50")
    ask = page.locator("[data-mypart-say-sums]")
    ask.focus()
    expect(ask).to_be_in_viewport()
    assert_accessible(page)
    page.keyboard.press("Enter")
    expect(announcer).to_contain_text("Koszt 1.1")
    expect(announcer).to_contain_text("Działanie 1 [PLN] 1\u00a0434,50")


def test_the_card_is_shown_as_it_will_be_frozen(fill_in, document):
    page = fill_in("contact")
    known = page.locator(".mypart-known")
    for text in ("Prezydent Miasta Mysłowice", "Klub Żeglarski Szkwał", "0000123456", "klub@example.org"):
        expect(known).to_contain_text(text)
    assert_accessible(page)


def test_help_opens_beside_the_statutory_wording(fill_in):
    page = fill_in("description")
    easy = page.get_by_text("Jak nazywa się twoje zadanie?")
    expect(easy).to_be_hidden()
    page.locator(".mypart-help", has=easy).locator("summary").click()
    expect(easy).to_be_visible()
    assert_accessible(page)


@pytest.mark.parametrize("javascript", [True, False])
def test_an_action_is_removed_with_its_costs_and_both_come_back(fill_in, document, javascript):
    page = fill_in("schedule", javascript=javascript)
    page.locator(f'button[value^="remove_row:actions:{ACTION}"]').click()
    page.locator("#move-action0002").check()
    page.locator("main form button[type=submit]").click()
    assert kept(document, PRICE, "costs", "action0002")
    page.locator(f'button[value="restore_row:actions:{ACTION}"]').click()
    expect(page.locator(f'[name="actions/{ACTION}/name"]')).to_have_value("Działanie 1")
    assert price(document)


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("section", ["contact", "description", "capacity", "sources"])
def test_the_first_press_right_after_typing_is_taken(fill_in, section, width):
    """A finger rests on a button for a moment, in which nothing may move it away from under the finger."""
    page = fill_in(section)
    page.set_viewport_size({"width": width, "height": 844})
    page.get_by_role("main").get_by_role("textbox").last.click()
    page.keyboard.type("1")
    press_slowly(page.get_by_role("button", name="Zapisz i przejdź dalej"))
    page.wait_for_url(lambda url: f"/{section}/" not in url)
