"""Writing news on one screen: from a telephone, with the keyboard alone, and without JavaScript."""

import pytest
from django.urls import reverse
from django.utils import translation
from playwright.sync_api import expect

from tests.browser.axe import assert_accessible
from tests.browser.conftest import let_in
from tests.browser.keyboard import press, tab_to, write
from tests.browser.nu import assert_valid_page
from tests.news.news import category
from tests.organisations.public import accepted, directory
from tests.photos import photo, tells_place
from tests.publishing.writers import moderator, writer

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SEND, DRAFT = "Send to the moderators", "Keep as a draft"
CHOICE = "Photo file (optional)"
SHOWS = "What the photo shows (optional)"
AGREED = "Everyone who can be recognised in the photo has agreed to be shown"


@pytest.fixture
def club(transactional_db):
    directory()
    category()
    return accepted("Stowarzyszenie Konstantynopolitańczykowianeczek")


@pytest.fixture
def open_form(open_context, club):
    author = writer(club, "ewa")

    def opened(width="phone", look="light", **options):
        context = open_context(width=width, look=look, **options)
        let_in(context, author)
        page = context.new_page()
        with translation.override("en"):
            page.goto(reverse("mypart_news:write", args=[club.uuid]))
        return page

    return opened


@pytest.fixture
def as_moderator(open_context):
    """Open what waits under a title, as it would be published, in the browser of a moderator."""

    def opened(title: str):
        context = open_context(width="desktop")
        let_in(context, moderator())
        page = context.new_page()
        page.goto(reverse("mypart_admin_moderation:index"))
        page.get_by_role("link", name=title).click()
        with context.expect_page() as window:
            page.get_by_role("link", name="Otwórz stronę w osobnym oknie").click()
        return window.value

    return opened


def looks_right(page) -> None:
    assert_accessible(page)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), page.url
    assert_valid_page(page)


def taken(kind: str = "HEIF") -> dict:
    file = photo(kind)
    return {"name": file.name, "mimeType": "image/heic", "buffer": file.read()}


def forgive(complaints) -> None:
    """A form that came back says so with 422, which the browser writes down."""
    assert [text for text in complaints if "422" not in text] == []
    complaints.clear()


@pytest.mark.parametrize("javascript", [True, False])
def test_from_a_telephone_wrong_first_and_the_photo_chosen_once(
    open_form, as_moderator, complaints, javascript
):
    page = open_form(java_script_enabled=javascript)
    page.get_by_label("Title").fill("Regatta")
    page.get_by_label(CHOICE).set_input_files(taken())
    page.get_by_role("button", name=SEND).click()
    expect(page.get_by_role("alert")).to_contain_text("Write the text.")
    expect(page.get_by_role("alert")).to_contain_text("Write what the photo shows")
    expect(page.get_by_label("Title")).to_have_value("Regatta")
    expect(page.get_by_role("img", name="Your photo")).to_be_visible()
    page.get_by_label("Text", exact=True).fill("We sail on Sunday.\n\nCome to the lake.")
    page.get_by_label(SHOWS).fill("Two boats on a lake")
    page.get_by_label(AGREED).check()
    page.get_by_role("button", name=SEND).click()
    expect(page.get_by_text("Sent. Moderators answer within 3 days, you get an e-mail.")).to_be_visible()
    sent = as_moderator("Regatta")
    expect(sent.get_by_role("heading", name="Regatta")).to_be_visible()
    expect(sent.get_by_text("We sail on Sunday.")).to_be_visible()
    address = sent.get_by_role("img", name="Two boats on a lake").evaluate("image => image.currentSrc")
    assert not tells_place(sent.request.get(address).body())
    forgive(complaints)


def test_nothing_typed_is_lost_where_there_is_no_network(open_form, as_moderator, complaints):
    page = open_form()
    page.get_by_label("Title").fill("Regatta")
    page.get_by_label("Text", exact=True).fill("We sail.")
    page.get_by_label(CHOICE).set_input_files(taken())
    page.get_by_label(SHOWS).fill("Two boats on a lake")
    page.get_by_label(AGREED).check()
    page.context.set_offline(True)
    for _press in range(2):
        page.get_by_role("button", name=SEND).click()
        expect(page.get_by_role("alert")).to_contain_text("There is no connection to the server now.")
    looks_right(page)
    complaints.clear()  # Of the network that is away.
    page.context.set_offline(False)
    page.get_by_role("button", name=SEND).click()
    expect(page.get_by_text("Sent. Moderators answer within 3 days")).to_be_visible()
    expect(as_moderator("Regatta").get_by_role("img", name="Two boats on a lake")).to_be_visible()


def test_with_the_keyboard_alone(open_form, as_moderator):
    page = open_form("desktop")
    write(page, "Title", "Regatta")
    write(page, "Text", "We sail.")
    tab_to(page.get_by_text("More: date and category"))
    page.keyboard.press("Enter")
    tab_to(page.get_by_label("Category"))
    page.keyboard.press("ArrowDown")
    press(page, SEND)
    sent = as_moderator("Regatta")
    expect(sent.get_by_role("heading", name="Regatta")).to_be_visible()
    expect(sent.get_by_role("main")).to_contain_text("From the city")


def test_enter_in_a_box_sends_and_removes_no_photo(open_form, complaints):
    page = open_form()
    page.get_by_label(CHOICE).set_input_files(taken("JPEG"))
    page.get_by_role("button", name=SEND).click()
    expect(page.get_by_role("alert")).to_contain_text("Write a title.")
    page.get_by_label("Title").fill("Regatta")
    page.get_by_label("Title").press("Enter")
    expect(page.get_by_role("alert")).not_to_contain_text("Write a title.")
    expect(page.get_by_role("alert")).to_contain_text("Write the text.")
    expect(page.get_by_role("img", name="Your photo")).to_be_visible()
    page.get_by_role("button", name="Remove the photo").click()
    expect(page.get_by_text("The photo is removed.")).to_be_visible()
    expect(page.get_by_label("Title")).to_have_value("Regatta")
    page.get_by_role("button", name=DRAFT).click()
    expect(page.get_by_text("The draft is kept.")).to_be_visible()
    page.get_by_role("link", name="Regatta").click()
    expect(page.get_by_role("button", name="Wybierz obraz")).to_be_visible()
    forgive(complaints)


@pytest.mark.parametrize(
    ("width", "look"), [("smallest", "light"), ("desktop", "dark"), ("phone", "dark-contrast")]
)
def test_every_state_is_accessible_valid_and_within_the_edges(open_form, complaints, width, look):
    page = open_form(width, look)
    looks_right(page)
    for summary in page.locator("main summary").all():
        summary.click()
    looks_right(page)
    file = taken("JPEG") | {"name": f"{'IMG' * 30}.jpg"}
    page.get_by_label(CHOICE).set_input_files(file)
    page.get_by_role("button", name=SEND).click()
    expect(page.get_by_role("alert")).to_be_focused()
    looks_right(page)
    page.get_by_text("Choose another photo").click()
    page.get_by_label(CHOICE).set_input_files({"name": "a.jpg", "mimeType": "image/jpeg", "buffer": b"no"})
    page.get_by_role("button", name=SEND).click()
    expect(page.get_by_role("alert")).to_contain_text("cannot be read as a photo")
    looks_right(page)
    page.get_by_role("button", name="Remove the photo").click()
    page.get_by_text("The photo is removed.").wait_for()
    looks_right(page)
    forgive(complaints)
