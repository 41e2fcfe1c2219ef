"""Journeys through the portal with the keyboard alone: telling of a barrier, and finding a page."""

import pytest
from playwright.sync_api import Page, expect

from mypart_wagtail.portal.models import ContentPage, PortalSettings, PortalWords, SearchPage
from tests.browser.axe import assert_accessible
from tests.browser.keyboard import follow, press, tab_to, write
from tests.journeys.question import answer_to
from tests.portal.pages import add
from tests.sites import default_site

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def portal() -> None:
    settings = PortalSettings.objects.create(site=default_site(), messages_to="ngo@example.org")
    PortalWords.objects.create(settings=settings, language="pl", name="Portal", privacy="<p>Czytamy to.</p>")


def agree(page: Page) -> None:
    tab_to(page.get_by_role("checkbox"))
    page.keyboard.press("Space")


def test_a_barrier_is_reported_by_keyboard_with_a_mistake_on_the_way(visit, settings, mailoutbox):
    settings.MYPART = settings.MYPART | {"CAPTCHA_MINIMUM_SECONDS": 0}
    page = visit("/pl/forms/verify/", width="phone")
    tab_to(page.get_by_role("contentinfo").get_by_role("link", name="Zgłoś barierę"))
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.get_by_label("Adres strony")).to_have_value(page.url.split("/pl/")[0] + "/pl/forms/verify/")
    write(page, "Z czego nie możesz skorzystać i co się wtedy dzieje?", "Przycisk nie ma nazwy.")
    write(page, "E-mail (nieobowiązkowe)", "anna@example.org")
    press(page, "Wyślij")
    expect(page).to_have_title("Błąd: Zgłoś barierę – Portal")
    expect(page.locator(".mypart-error-summary")).to_be_focused()
    assert_accessible(page)
    expect(page.get_by_label("Z czego nie możesz skorzystać")).to_have_value("Przycisk nie ma nazwy.")
    agree(page)
    tab_to(page.locator("[name=captcha_1]"))
    page.keyboard.insert_text(answer_to(page.get_by_role("main").inner_text()))
    press(page, "Wyślij")
    expect(page.get_by_role("heading", level=1)).to_have_text("Mamy Twoją wiadomość")
    assert_accessible(page)
    number = page.get_by_role("definition").first.inner_text()
    [letter] = [mail for mail in mailoutbox if mail.to == ["ngo@example.org"]]
    assert number in letter.subject
    assert "Przycisk nie ma nazwy." in letter.body
    assert "/pl/forms/verify/" in letter.body


def test_a_page_is_found_by_keyboard_from_any_page(visit):
    add(ContentPage, "Jak złożyć ofertę", language="pl")
    add(SearchPage, "Szukaj", language="pl")
    page = visit("/pl/forms/verify/")
    tab_to(page.get_by_role("banner").get_by_role("searchbox"))
    page.keyboard.insert_text("zlozyc oferte")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=2)).to_have_text("1 wynik")
    assert_accessible(page)
    follow(page, "Jak złożyć ofertę")
    expect(page.get_by_role("heading", level=1)).to_have_text("Jak złożyć ofertę")


def test_titles_are_offered_while_one_types(visit):
    add(ContentPage, "Konsultacje programu", language="pl")
    search = add(SearchPage, "Szukaj", language="pl")
    page = visit(search.get_url())
    page.get_by_label("Czego szukasz?").press_sequentially("konsu")
    expect(page.locator("#search-titles option")).to_have_attribute("value", "Konsultacje programu")
