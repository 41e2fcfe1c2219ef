"""The newsletter by keyboard alone, from signing up to leaving; its mail, and its screens in the admin."""

import re
from urllib.parse import urlsplit

import pytest
from django.core.mail import EmailMessage
from django.urls import reverse
from playwright.sync_api import Page, expect

from mypart_wagtail.newsletter.content import gather
from mypart_wagtail.newsletter.letters import Letters
from mypart_wagtail.newsletter.services.sending import send_all_due
from tests.browser.axe import assert_accessible, assert_accessible_in_each_look
from tests.browser.conftest import let_in
from tests.browser.keyboard import follow, press, tab_to, write
from tests.browser.nu import assert_valid_html, assert_valid_page
from tests.grants.calls import open_call
from tests.journeys.question import answer_to
from tests.newsletter.editions import begun, edition, newsletter, some_news, subscriber
from tests.people import person

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LONG = "Konstantynopolitańczykowianeczka-" * 8


def tick(page: Page, name: str) -> None:
    tab_to(page.locator(f"[name={name}]").first)
    page.keyboard.press("Space")


def link_in(mail: EmailMessage) -> str:
    """Where the first link of ``mail`` leads, on the site it was sent from."""
    return urlsplit(re.search(r"https?://\S+", mail.body)[0]).path


def test_one_subscribes_changes_ones_mind_and_leaves_by_keyboard(visit, settings, mailoutbox):
    settings.MYPART = settings.MYPART | {"CAPTCHA_MINIMUM_SECONDS": 0}
    newsletter()
    page = visit("/pl/newsletter/", width="phone")
    assert_accessible(page)
    write(page, page.locator("label[for=id_email]").inner_text(), "anna@example.org")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.locator(".mypart-error-summary")).to_be_focused()
    assert_accessible(page)
    assert_valid_page(page)
    expect(page.locator("[name=email]")).to_have_value("anna@example.org")
    tick(page, "topics")
    tick(page, "consent")
    tab_to(page.locator("[name=captcha_1]"))
    page.keyboard.insert_text(answer_to(page.get_by_role("main").inner_text()))
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert urlsplit(page.url).path == "/pl/newsletter/link/"
    assert_accessible(page)

    [mail] = mailoutbox
    page.goto(link_in(mail))
    assert_accessible(page)
    press_the_button(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Jesteś na liście")
    expect(page.get_by_role("main")).to_contain_text("anna@example.org")
    assert_accessible(page)
    assert_valid_page(page)

    tab_to(page.get_by_role("main").get_by_role("link").first)
    with page.expect_navigation():
        page.keyboard.press("Enter")
    tick(page, "topics")
    press_the_button(page)
    expect(page.locator(".mypart-error-summary")).to_be_focused()
    assert_accessible(page)
    page.locator("[name=topics]").last.check()
    press_the_button(page)
    expect(page.get_by_role("main")).to_contain_text("Twój wybór został zapisany.")
    page.reload()
    expect(page.get_by_role("checkbox", name="Aktualności")).to_be_checked()
    expect(page.get_by_role("checkbox", name="Otwarte konkursy ofert")).not_to_be_checked()
    assert_accessible(page)
    assert_valid_page(page)

    press_the_button(page, last=True)
    expect(page.get_by_role("heading", level=1)).to_have_text("Nie ma Cię już na liście")
    assert_accessible(page)
    assert_valid_page(page)


def press_the_button(page: Page, *, last: bool = False) -> None:
    buttons = page.get_by_role("main").get_by_role("button")
    tab_to(buttons.last if last else buttons.first)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def test_it_works_without_javascript(open_context, settings, mailoutbox):
    settings.MYPART = settings.MYPART | {"CAPTCHA_MINIMUM_SECONDS": 0, "CAPTCHA": None}
    newsletter()
    page = open_context(java_script_enabled=False).new_page()
    page.goto("/en/newsletter/")
    page.locator("[name=email]").fill("anna@example.org")
    page.locator("[name=topics]").first.check()
    page.locator("[name=consent]").check()
    page.get_by_role("button", name="Subscribe").click()
    page.goto(link_in(mailoutbox[0]))
    page.get_by_role("button", name="Confirm").click()
    follow(page, "Change what you get, or unsubscribe")
    press(page, "Unsubscribe")
    expect(page.get_by_role("main")).to_contain_text("You are unsubscribed")


@pytest.mark.parametrize("is_confirmed", [True, False])
def test_the_ways_out_and_links_of_old_are_accessible_and_valid(visit, complaints, is_confirmed):
    reader = subscriber(is_confirmed=is_confirmed)
    page = visit(f"/pl/newsletter/{reader.token}/unsubscribe/")
    assert_accessible_in_each_look(page)
    assert_valid_page(page)
    press_the_button(page)
    assert_accessible_in_each_look(page)
    page.goto(f"/pl/newsletter/{reader.token}/")
    assert_accessible_in_each_look(page)
    assert_valid_page(page)
    complaints.clear()  # The last page answers 404, of which the browser tells.


@pytest.mark.parametrize("language", ["en", "pl"])
def test_its_mail_is_accessible_and_valid_and_fits(open_context, language):
    some_news("Regatta", LONG[:200], language=language)
    open_call(title="Sport")
    made = edition(language=language, intro="Hello\n\nagain")
    _text, html = Letters(made, gather(made, until=made.until)).everything()
    page = open_context().new_page()
    page.set_content(html)
    assert_accessible_in_each_look(page)
    assert_valid_html(html)


@pytest.fixture
def at_work(open_context) -> Page:
    context = open_context()
    let_in(context, person("editor", is_superuser=True))
    return context.new_page()


def test_an_edition_is_made_and_sent_in_the_admin(at_work, mailoutbox):
    some_news()
    subscriber()
    at_work.goto(reverse("mypart_admin_editions:index"))
    assert_accessible(at_work, "main")
    at_work.goto(reverse("mypart_admin_editions:add"))
    at_work.wait_for_load_state("networkidle")
    assert_accessible(at_work, "main")
    at_work.locator("#id_language").select_option("en")
    at_work.locator("#id_subject").fill("Spring")
    at_work.locator("#id_until").fill("2099-01-01 00:00")
    # By the key: Wagtail's calendar hangs over the button.
    at_work.locator("#w-editor-form button[type=submit]").first.press("Enter")
    at_work.wait_for_url("**/editions/")
    at_work.get_by_role("link", name="Spring").click()
    expect(at_work.get_by_role("main")).to_contain_text("Regatta")
    assert_accessible(at_work, "main")
    made = at_work.url
    follow(at_work, "Zobacz wiadomość jako HTML")
    assert_accessible(at_work)
    at_work.goto(made)
    follow(at_work, "Wyślij próbę do siebie")
    assert_accessible(at_work, "main")
    at_work.goto(made)
    tab_to(at_work.get_by_role("link", name="Wyślij", exact=True))
    with at_work.expect_navigation():
        at_work.keyboard.press("Enter")
    assert_accessible(at_work, "main")
    at_work.locator("#w-editor-form button[type=submit]").first.click()
    at_work.wait_for_url("**/inspect/*/")
    expect(at_work.get_by_role("main")).to_contain_text(re.compile(r"Wiadomości wysłane\s*1"))
    assert_accessible(at_work, "main")
    [letter] = mailoutbox
    assert letter.subject == "Spring"
    assert "Regatta" in letter.body


def test_numbers_and_addresses_are_accessible_in_the_admin(at_work):
    some_news()
    subscriber()
    begun()
    send_all_due()
    for name in ("editions:numbers", "subscribers:index", "editions:index"):
        at_work.goto(reverse(f"mypart_admin_{name}"))
        at_work.wait_for_load_state("networkidle")
        assert_accessible(at_work, "main")
