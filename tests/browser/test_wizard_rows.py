"""What is typed between pressing a button and the answer of the server is kept, and so is a new row."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import Locator, Page, expect

from mypart_wagtail.generator.models import FormDocument
from tests.browser.autosave import is_saved, kept, keys, lose_answer, state, title
from tests.browser.axe import assert_accessible
from tests.browser.keyboard import tab_to
from tests.browser.nu import assert_valid_page

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

ACTION = "action0001"
WRITTEN = "Wynajem sali"
SLOW = 1500


def add(page: Page) -> Locator:
    return page.get_by_role("button", name="Dodaj: koszt")


def kinds(page: Page) -> Locator:
    """The first field of each cost."""
    return page.get_by_role("main").get_by_role("textbox", name="Rodzaj kosztu")


def slow_down(page: Page) -> None:
    """Let whatever the page asks of the server take its time on the way."""

    def later(route):
        page.wait_for_timeout(SLOW)
        route.continue_()

    page.route("**/forms/**", later)


def nothing_waits(page: Page) -> None:
    page.wait_for_function("() => Object.keys(localStorage).length === 0")


def all_is_saved(page: Page) -> None:
    """Wait until the browser keeps nothing any more of what was typed, and says so."""
    nothing_waits(page)
    is_saved(page)


def costs_of(fill_in) -> list[str]:
    """The kinds of the costs, as they are read in another browser, which has kept nothing."""
    return kinds(fill_in("costs", ACTION)).evaluate_all("fields => fields.map(field => field.value)")


def test_what_is_typed_right_after_adding_a_row_is_kept_whole_where_the_network_is_slow(fill_in):
    page = fill_in("costs", ACTION)
    page.set_viewport_size({"width": 390, "height": 844})
    slow_down(page)
    tab_to(add(page))
    page.keyboard.press("Enter")
    page.keyboard.type(WRITTEN)
    expect(kinds(page)).to_have_count(3)
    expect(kinds(page).last).to_have_value(WRITTEN)
    expect(kinds(page).last).to_be_focused()
    all_is_saved(page)
    assert costs_of(fill_in) == ["Koszt 1.1", "Koszt 1.2", WRITTEN]


@pytest.mark.parametrize("width", [390, 1280])
def test_rows_added_by_mouse_one_after_another_are_told_apart_and_stand_in_order(fill_in, document, width):
    page = fill_in("costs", ACTION)
    page.set_viewport_size({"width": width, "height": 844})
    for text in (WRITTEN, "Druk plakatów"):
        add(page).click()
        page.keyboard.type(text)
    expect(page.get_by_role("group", name="I.1.3").get_by_label("Rodzaj kosztu")).to_have_value(WRITTEN)
    last = page.get_by_role("group", name="I.1.4").get_by_label("Rodzaj kosztu")
    expect(last).to_have_value("Druk plakatów")
    expect(last).to_be_in_viewport()
    assert_accessible(page)
    assert_valid_page(page)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    all_is_saved(page)
    page.get_by_role("button", name="Przenieś wyżej I.1.4").click()
    expect(page.get_by_role("group", name=f"I.1.4 {WRITTEN}")).to_be_visible()
    assert costs_of(fill_in) == ["Koszt 1.1", "Koszt 1.2", "Druk plakatów", WRITTEN]


def test_enter_held_down_adds_one_row_and_posts_nothing(fill_in):
    page = fill_in("costs", ACTION)
    add(page).focus()
    opened = []
    page.on("framenavigated", lambda frame: opened.append(frame.url))
    for _repeat in range(5):
        page.keyboard.down("Enter")
    page.keyboard.up("Enter")
    page.keyboard.type(WRITTEN)
    all_is_saved(page)
    assert costs_of(fill_in) == ["Koszt 1.1", "Koszt 1.2", WRITTEN]
    assert opened == []


@pytest.mark.usefixtures("clear")
def test_a_row_added_without_network_stays_with_its_letters_and_is_sent_when_it_is_back(fill_in):
    page = fill_in("costs", ACTION)
    page.set_viewport_size({"width": 390, "height": 844})
    page.context.set_offline(True)
    tab_to(add(page))
    page.keyboard.press("Space")
    page.keyboard.type(WRITTEN)
    expect(state(page)).to_have_text(
        "Nie zapisano, próba zostanie ponowiona. Wpisane treści są zachowane w tej przeglądarce."
    )
    expect(kinds(page).last).to_have_value(WRITTEN)
    assert_accessible(page)
    page.context.set_offline(False)
    all_is_saved(page)
    assert costs_of(fill_in) == ["Koszt 1.1", "Koszt 1.2", WRITTEN]
    assert keys(page) == []


@pytest.mark.usefixtures("clear")
def test_a_row_added_without_network_is_there_again_after_closing_the_page(fill_in):
    page = fill_in("costs", ACTION)
    context, address = page.context, page.url
    context.set_offline(True)
    add(page).click()
    page.keyboard.type(WRITTEN)
    expect(state(page)).to_have_attribute("data-state", "failed")
    page.close()
    context.set_offline(False)
    again = context.new_page()
    again.goto(address)
    expect(again.get_by_role("group", name="I.1.3").get_by_label("Rodzaj kosztu")).to_have_value(WRITTEN)
    all_is_saved(again)
    assert costs_of(fill_in) == ["Koszt 1.1", "Koszt 1.2", WRITTEN]
    again.reload()
    expect(kinds(again)).to_have_count(3)


@pytest.mark.usefixtures("clear")
def test_a_row_whose_answer_got_lost_is_added_once(fill_in):
    page = fill_in("costs", ACTION)
    page.route("**/changes/", lose_answer)
    add(page).click()
    page.keyboard.type(WRITTEN)
    expect(state(page)).to_have_attribute("data-state", "failed")
    page.unroute("**/changes/")
    all_is_saved(page)
    assert costs_of(fill_in) == ["Koszt 1.1", "Koszt 1.2", WRITTEN]


def fill_up(document: FormDocument) -> None:
    """Let a colleague add as many costs to the action as there may be."""
    document.refresh_from_db()
    costs = document.data["costs"]
    for number in range(98):
        costs["rows"][f"more{number:04}"] = {"group": ACTION}
        costs["order"].append(f"more{number:04}")
    document.save()


@pytest.mark.usefixtures("clear")
def test_a_row_for_which_there_is_no_room_any_more_keeps_its_letters_and_says_why(fill_in, document):
    page = fill_in("costs", ACTION)
    fill_up(document)
    add(page).click()
    page.keyboard.type(WRITTEN)
    row = page.get_by_role("group", name="I.1.3")
    expect(row.get_by_label("Rodzaj kosztu")).to_have_accessible_description(
        re.compile("Tutaj mieści się najwyżej tyle wierszy: 100.")
    )
    expect(state(page)).to_have_text("Część wpisanego tekstu nie jest zapisana: czeka na Twoją decyzję.")
    expect(row.get_by_label("Rodzaj kosztu")).to_have_value(WRITTEN)
    assert_accessible(page)
    page.goto(page.url.replace(f"costs/{ACTION}", "description"))
    expect(page.get_by_role("region", name="Niezapisane, przechowane w tej przeglądarce")).to_contain_text(
        WRITTEN
    )
    document.data["costs"]["order"] = document.data["costs"]["order"][:-1]
    document.save()
    page.go_back()
    all_is_saved(page)
    assert WRITTEN in costs_of(fill_in)


@pytest.mark.usefixtures("clear")
def test_a_row_for_which_there_is_no_room_any_more_can_be_removed(fill_in, document):
    page = fill_in("costs", ACTION)
    fill_up(document)
    add(page).click()
    page.keyboard.type(WRITTEN)
    expect(page.get_by_text("Tutaj mieści się najwyżej tyle wierszy: 100.")).to_be_visible()
    page.get_by_role("button", name="Usuń I.1.3").click()
    expect(kinds(page)).to_have_count(2)
    expect(page.get_by_role("heading", name="Koszty realizacji działań", exact=True)).to_be_focused()
    assert keys(page) == []


def test_what_is_typed_right_after_moving_a_row_stands_in_it_and_it_moves_once(fill_in):
    page = fill_in("costs", ACTION)
    slow_down(page)
    tab_to(page.get_by_role("button", name="Przenieś wyżej I.1.2"))
    page.keyboard.press("Enter")
    page.keyboard.type(" i sceny")
    expect(page.get_by_role("group", name="I.1.1 Koszt 1.2")).to_be_visible()
    expect(kinds(page).first).to_have_value("Koszt 1.2 i sceny")
    expect(kinds(page).first).to_be_focused()
    nothing_waits(page)
    assert costs_of(fill_in) == ["Koszt 1.2 i sceny", "Koszt 1.1"]


def test_what_is_typed_until_the_posted_page_comes_back_follows_it_and_conflicts_with_nobody(
    fill_in, document
):
    page = fill_in("description")
    slow_down(page)
    title(page).fill(WRITTEN)
    with page.expect_navigation():
        with page.expect_request(lambda request: request.is_navigation_request()):
            title(page).press("Enter")
        page.keyboard.type(" i sceny")
    expect(title(page)).to_have_value(f"{WRITTEN} i sceny")
    nothing_waits(page)
    expect(page.locator(".mypart-conflict")).to_have_count(0)
    assert kept(document) == f"{WRITTEN} i sceny"


def test_pressing_remove_twice_where_the_network_is_slow_removes_one_row(fill_in):
    page = fill_in("costs", ACTION)
    slow_down(page)
    tab_to(page.get_by_role("button", name="Usuń I.1.2"))
    page.keyboard.press("Space")
    page.keyboard.press("Space")
    expect(page.get_by_text("Usunięto: Koszt 1.2")).to_be_visible()
    assert costs_of(fill_in) == ["Koszt 1.1"]


@pytest.mark.usefixtures("clear")
def test_without_network_save_and_continue_stays_on_the_page_and_says_that_nothing_is_lost(fill_in, document):
    page = fill_in("costs", ACTION)
    page.set_viewport_size({"width": 390, "height": 844})
    address = page.url
    page.context.set_offline(True)
    kinds(page).first.fill(WRITTEN)
    on = page.get_by_role("button", name="Zapisz i przejdź dalej")
    for _press in range(2):
        tab_to(on)
        page.keyboard.press("Enter")
        told = page.get_by_role("alert")
        expect(told).to_contain_text("Nie ma połączenia z serwerem")
        expect(told).to_contain_text("Nic z tego, co wpisujesz, nie zginie.")
        expect(told).to_contain_text("wszystko zostanie wysłane, gdy tylko wróci połączenie")
    expect(told).to_be_in_viewport()
    expect(on).to_be_focused()
    assert page.url == address
    expect(kinds(page).first).to_have_value(WRITTEN)
    assert_accessible(page)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.context.set_offline(False)
    expect(told).to_have_count(0)
    all_is_saved(page)
    with page.expect_navigation():
        on.press("Enter")
    assert page.url != address
    assert costs_of(fill_in) == [WRITTEN, "Koszt 1.2"]


@pytest.mark.usefixtures("clear")
def test_where_the_server_is_away_enter_in_a_field_stays_and_says_so_at_that_field(fill_in):
    page = fill_in("description")
    page.set_viewport_size({"width": 390, "height": 844})
    page.route("**/forms/**", lambda route: route.fulfill(status=502, body="away"))
    title(page).fill(WRITTEN)
    title(page).press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("Nic z tego, co wpisujesz, nie zginie.")
    expect(page.get_by_role("alert")).to_be_in_viewport()
    expect(title(page)).to_be_focused()
    expect(title(page)).to_have_value(WRITTEN)


@pytest.mark.usefixtures("clear")
def test_a_row_still_kept_by_the_browser_is_sent_from_a_page_that_only_shows_the_form(fill_in, document):
    page = fill_in("costs", ACTION)
    page.route("**/changes/", lambda route: route.abort())
    add(page).click()
    page.keyboard.type(WRITTEN)
    expect(state(page)).to_have_attribute("data-state", "failed")
    summary = page.context.new_page()
    summary.goto(reverse("mypart_generator:summary", args=[document.uuid]))
    expect(summary.get_by_role("main")).to_contain_text(f"I.1.3 {WRITTEN}")
    nothing_waits(summary)
    assert costs_of(fill_in) == ["Koszt 1.1", "Koszt 1.2", WRITTEN]
