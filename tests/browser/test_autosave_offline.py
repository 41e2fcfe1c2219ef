"""Nothing typed is lost while the network or the server is away."""

import pytest
from playwright.sync_api import expect

from tests.browser.autosave import TYPED, is_saved, kept, keys, lose_answer, press_slowly, state, title
from tests.browser.axe import assert_accessible

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.usefixtures("clear")
def test_what_is_typed_offline_is_sent_when_the_network_is_back(fill_in, document):
    page = fill_in("description")
    page.context.set_offline(True)
    title(page).fill(TYPED)
    expect(state(page)).to_have_attribute("data-state", "failed")
    assert_accessible(page)
    assert kept(document) != TYPED
    page.context.set_offline(False)
    is_saved(page)
    assert kept(document) == TYPED


@pytest.mark.usefixtures("clear")
def test_what_is_typed_offline_survives_closing_the_tab(fill_in, document):
    page = fill_in("description")
    address = page.url
    page.context.set_offline(True)
    title(page).fill(TYPED)
    expect(state(page)).to_have_attribute("data-state", "failed")
    context = page.context
    page.close()
    context.set_offline(False)
    again = context.new_page()
    again.goto(address)
    expect(title(again)).to_have_value(TYPED)
    is_saved(again)
    assert kept(document) == TYPED


@pytest.mark.usefixtures("clear")
def test_a_server_that_is_away_loses_nothing(fill_in, document):
    page = fill_in("description")
    page.route("**/changes/", lambda route: route.fulfill(status=503, body="away"))
    title(page).fill(TYPED)
    expect(state(page)).to_have_attribute("data-state", "failed")
    page.unroute("**/changes/")
    is_saved(page)
    assert kept(document) == TYPED


@pytest.mark.usefixtures("clear")
def test_an_answer_that_got_lost_is_no_conflict_with_oneself(fill_in, document):
    page = fill_in("description")
    page.route("**/changes/", lose_answer)
    title(page).fill("First")
    expect(state(page)).to_have_attribute("data-state", "failed")
    assert kept(document) == "First"
    title(page).fill(TYPED)
    page.unroute("**/changes/")
    is_saved(page)
    expect(page.locator(".mypart-conflict")).to_have_count(0)
    assert kept(document) == TYPED
    assert keys(page) == []


@pytest.mark.usefixtures("clear")
def test_where_the_browser_keeps_nothing_typing_is_saved_and_one_is_told_to_stay(fill_in, document):
    page = fill_in("description")
    page.add_init_script(
        "Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); }"
    )
    page.reload()
    page.context.set_offline(True)
    title(page).fill(TYPED)
    expect(state(page)).to_have_attribute("data-state", "failed")
    assert state(page).inner_text() == state(page).get_attribute("data-fleeting")
    page.context.set_offline(False)
    is_saved(page)
    assert kept(document) == TYPED


@pytest.mark.usefixtures("clear")
@pytest.mark.parametrize("width", [390, 1280])
def test_the_first_press_right_after_typing_is_taken_and_told_to_be_of_no_use(fill_in, width):
    page = fill_in("contact")
    page.set_viewport_size({"width": width, "height": 844})
    page.context.set_offline(True)
    page.get_by_role("main").get_by_role("textbox").last.click()
    page.keyboard.type("1")
    press_slowly(page.get_by_role("button", name="Zapisz i przejdź dalej"))
    expect(page.locator("[data-mypart-unsent]").first).to_be_visible()
