"""A resident looks for something to do, reads what is new, and writes to the office."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from playwright.sync_api import Page, expect

from tests.journeys.admin import fill, type_date
from tests.journeys.demo import Demo
from tests.journeys.mailbox import Mailbox
from tests.journeys.question import answer_and_press

ADDRESS = "krystyna@example.com"
OFFICE = "ngo@urzad.example.org"
"""Where the foot of each page says one may write to."""


@dataclass(frozen=True)
class Words:
    """The links, labels and buttons that a resident looks for, as one language has them."""

    home: str
    search: str
    looking_for: str
    where_newsletter_is: str
    newsletter: str
    calls: str
    news: str
    agree_to_newsletter: str
    subscribe: str
    one_more_step: str
    confirm: str
    is_subscribed: str
    contact: str
    message: str
    agree_to_contact: str
    send: str
    is_received: str


POLISH = Words(
    home="/pl/",
    search="Szukaj w portalu",
    looking_for="Czego szukasz?",
    where_newsletter_is="Dobre pomysły mają tu swoje miejsce",
    newsletter="Zapisz się na newsletter",
    calls="Otwarte konkursy ofert",
    news="Aktualności",
    agree_to_newsletter="Chcę dostawać newsletter e-mailem",
    subscribe="Zapisz się",
    one_more_step="Jeszcze jeden krok",
    confirm="Potwierdź",
    is_subscribed="Jesteś na liście",
    contact="Kontakt",
    message="Co chcesz nam powiedzieć?",
    agree_to_contact="Wiem, co się stanie z tym, co piszę",
    send="Wyślij",
    is_received="Mamy Twoją wiadomość",
)
ENGLISH = Words(
    home="/en/",
    search="Search this site",
    looking_for="What are you looking for?",
    where_newsletter_is="Good ideas have a place here",
    newsletter="Subscribe to the newsletter",
    calls="Calls for offers",
    news="News",
    agree_to_newsletter="I want the newsletter by e-mail",
    subscribe="Subscribe",
    one_more_step="One more step",
    confirm="Confirm",
    is_subscribed="You are subscribed",
    contact="Contact",
    message="What do you want to tell us?",
    agree_to_contact="I have read what happens to what I write",
    send="Send",
    is_received="We have your message",
)


def test_a_resident_with_a_phone_searches_reads_the_first_newsletter_and_writes_to_the_office(
    demo: Demo, open_page: Callable[..., Page], mailbox: Mailbox, sign_in: Callable[..., Page]
):
    page = open_page(POLISH.home, width="phone")
    find(page, POLISH, "regaty")
    follow_result(page, "Regaty dla wszystkich")

    subscribe(page, POLISH, mailbox)
    send_newsletter(open_newsletters(sign_in("web editor")), "Nowości dla organizacji")
    demo.run_by_the_clock("mypart_send_newsletters")
    letter = mailbox.wait_for(ADDRESS, "Nowości dla organizacji")
    assert "Regaty dla wszystkich" in letter.text
    page.goto(letter.link("* Regaty dla wszystkich"))
    expect(page.get_by_role("heading", level=1)).to_contain_text("Regaty dla wszystkich")

    write_to_the_office(page, POLISH, mailbox)


def test_a_resident_who_reads_english_does_the_same_at_a_desk_reports_a_barrier_and_signs_up(
    demo: Demo, open_page: Callable[..., Page], mailbox: Mailbox, sign_in: Callable[..., Page]
):
    page = open_page(ENGLISH.home, language="en")
    find(page, ENGLISH, "sport")
    follow_result(page, "Sport for children")
    subscribe(page, ENGLISH, mailbox)
    editions = open_newsletters(sign_in("web editor"))
    write_newsletter(editions, "News for organisations")
    send_newsletter(editions, "News for organisations")
    demo.run_by_the_clock("mypart_send_newsletters")
    letter = mailbox.wait_for(ADDRESS, "News for organisations")
    page.goto(letter.link("* A regatta for everyone"))
    expect(page.get_by_role("heading", level=1)).to_contain_text("A regatta for everyone")

    write_to_the_office(page, ENGLISH, mailbox)
    report_a_barrier(page)
    sign_up(page, mailbox)


def report_a_barrier(page: Page) -> None:
    page.get_by_role("contentinfo").get_by_role("link", name="Report a barrier").click()
    page.get_by_role("textbox", name="What can you not use").fill("The map has no words.")
    page.get_by_role("checkbox", name=ENGLISH.agree_to_contact).check()
    answer_and_press(page, ENGLISH.send)
    expect(page.get_by_role("heading", level=1)).to_have_text(ENGLISH.is_received)


def sign_up(page: Page, mailbox: Mailbox) -> None:
    page.get_by_role("banner").get_by_role("link", name="Sign in").click()
    page.get_by_role("main").get_by_role("link", name="Sign up").click()
    page.get_by_role("textbox", name="Email").fill(ADDRESS)
    page.get_by_role("textbox", name="Password").fill("green bicycle 7")
    answer_and_press(page, "Sign up")
    expect(page.get_by_role("banner").get_by_role("link", name="Sign out")).to_be_visible()
    page.goto(mailbox.wait_for(ADDRESS, "Confirm your e-mail").link())
    page.get_by_role("main").get_by_role("button", name="Yes, confirm it").click()
    expect(page.get_by_role("status").first).to_contain_text(ADDRESS)


def find(page: Page, words: Words, what: str) -> None:
    """Type ``what`` into the search that stands on every page."""
    page.get_by_role("banner").get_by_role("searchbox", name=words.search).fill(what)
    page.keyboard.press("Enter")
    expect(page.get_by_role("main").get_by_role("combobox", name=words.looking_for)).to_have_value(what)


def follow_result(page: Page, title: str) -> None:
    page.get_by_role("main").get_by_role("link", name=title).first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(title)


def subscribe(page: Page, words: Words, mailbox: Mailbox) -> None:
    """Find the newsletter by the search, choose both topics, and follow the link in the mail."""
    find(page, words, "newsletter")
    page.get_by_role("main").get_by_role("link", name=words.where_newsletter_is).click()
    page.get_by_role("main").get_by_role("link", name=words.newsletter).click()
    page.get_by_role("textbox", name="E-mail").fill(ADDRESS)
    page.get_by_role("checkbox", name=words.calls, exact=True).check()
    page.get_by_role("checkbox", name=words.news, exact=True).check()
    page.get_by_role("checkbox", name=words.agree_to_newsletter).check()
    answer_and_press(page, words.subscribe)
    expect(page.get_by_role("heading", level=1)).to_contain_text(words.one_more_step)
    page.goto(mailbox.wait_for(ADDRESS, "").link())
    page.get_by_role("main").get_by_role("button", name=words.confirm).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(words.is_subscribed)
    expect(page.get_by_role("main")).to_contain_text(ADDRESS)


def write_to_the_office(page: Page, words: Words, mailbox: Mailbox) -> None:
    """Ask the office something, and find the number that the page tells in the mails to both sides."""
    question = "Czy świetlica przy Wesołej 3 jest otwarta w soboty?"
    menu = page.get_by_role("button", name="Menu")
    if menu.is_visible():  # On a phone; where there is room the links stand open.
        menu.click()
    page.get_by_role("navigation").get_by_role("link", name=words.contact, exact=True).click()
    page.get_by_role("textbox", name=words.message).fill(question)
    page.get_by_role("textbox", name="E-mail").fill(ADDRESS)
    page.get_by_role("checkbox", name=words.agree_to_contact).check()
    answer_and_press(page, words.send)
    expect(page.get_by_role("heading", level=1)).to_have_text(words.is_received)
    number = page.get_by_role("definition").first.inner_text()
    assert question in mailbox.wait_for(ADDRESS, number).text
    assert question in mailbox.wait_for(OFFICE, number).text


def open_newsletters(page: Page) -> Page:
    """As a web editor: go to the list of editions."""
    page.get_by_role("button", name="Newsletter").click()
    page.get_by_role("link", name="Wydania").click()
    return page


def write_newsletter(page: Page, subject: str) -> None:
    """As a web editor: make an edition in English of the last week, to be sent by tomorrow."""
    page.get_by_role("link", name="Dodaj wydanie").first.click()
    page.get_by_label("Język").select_option("angielski")
    fill(page, "Temat*", subject)
    type_date(page, "Do*", f"{datetime.now(ZoneInfo('Europe/Warsaw')).date() + timedelta(days=1)} 08:00")
    page.get_by_role("main").get_by_role("button", name="Utwórz").click()
    expect(page.get_by_role("link", name=subject)).to_be_visible()


def send_newsletter(page: Page, subject: str) -> None:
    """As a web editor: look at a draft in the list, and send it."""
    page.get_by_role("link", name=subject).click()
    page.get_by_role("link", name="Wyślij", exact=True).click()
    page.get_by_role("main").get_by_role("button", name="Wyślij").click()
    expect(page.get_by_role("status").first).to_contain_text("Wydanie jest w drodze.")
