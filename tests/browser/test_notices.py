"""A notice with its contact, as people get to it in a browser."""

import pytest
from playwright.sync_api import expect

from tests.browser.axe import assert_accessible_in_each_look
from tests.browser.nu import assert_valid_page
from tests.news.notices import EMAIL, NAME, PHONE, notice, notice_index

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("language", ["pl", "en"])
def test_two_presses_show_the_contact_without_javascript(visit, language):
    address = notice(notice_index(language=language)).get_url()
    page = visit(address, width="smallest", java_script_enabled=False)
    contact = page.locator("#contact")
    contact.get_by_role("link").click()
    contact.get_by_role("button").press("Enter")
    for secret in (EMAIL, PHONE, NAME):
        expect(contact.get_by_text(secret)).to_be_visible()
    assert_valid_page(page)


@pytest.mark.parametrize("language", ["pl", "en"])
def test_the_contact_is_accessible_and_fits(visit, language):
    page = visit(f"{notice(notice_index(language=language)).get_url()}contact/")
    page.locator("#contact").get_by_role("button").click()
    expect(page.locator("#contact").get_by_role("link", name=EMAIL)).to_be_visible()
    assert_accessible_in_each_look(page)
