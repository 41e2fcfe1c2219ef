"""What one types is saved without a button, and what cannot be saved holds up nothing else."""

import json
import time
from uuid import uuid4

import pytest
from playwright.sync_api import expect

from tests.browser.autosave import TYPED, is_saved, kept, keys, state, title

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_what_one_types_is_saved_without_a_button(fill_in, document):
    page = fill_in("description")
    title(page).press_sequentially(TYPED)
    is_saved(page)
    assert TYPED in kept(document)
    assert keys(page) == []


def test_a_page_served_without_https_saves_too(fill_in, document):
    page = fill_in("description")
    page.add_init_script("delete Crypto.prototype.randomUUID")
    page.reload()
    title(page).fill(TYPED)
    is_saved(page)
    assert kept(document) == TYPED


@pytest.mark.usefixtures("clear")
def test_a_text_too_long_to_be_kept_holds_up_no_other_field(fill_in, document):
    page = fill_in("description")
    before = kept(document)
    title(page).fill("x" * 200_001)
    title(page).blur()
    expect(page.locator("#field-title-problem")).to_be_visible()
    page.locator("#field-synopsis").fill(TYPED)
    is_saved(page)
    assert (kept(document), kept(document, "synopsis")) == (before, TYPED)
    assert len(title(page).input_value()) == 200_001


@pytest.mark.usefixtures("clear")
def test_a_change_the_server_cannot_take_is_told_at_its_field_and_the_others_are_saved(fill_in, document):
    page = fill_in("description")

    def refuse(route):
        if "poison" in route.request.post_data:
            route.fulfill(status=413, body="<h1>Too large</h1>")
        else:
            route.continue_()

    page.route("**/changes/", refuse)
    page.context.set_offline(True)
    title(page).fill("poison")
    page.locator("#field-synopsis").fill(TYPED)
    expect(state(page)).to_have_attribute("data-state", "failed")
    page.context.set_offline(False)
    expect(page.locator("#field-title-problem")).to_be_visible()
    is_saved(page)
    assert kept(document, "synopsis") == TYPED
    expect(title(page)).to_have_value("poison")
    assert len(keys(page)) == 1
    title(page).fill("Shorter")
    expect(page.locator("#field-title-problem")).to_have_count(0)
    assert keys(page) == []
    assert kept(document) == "Shorter"


@pytest.mark.usefixtures("clear")
def test_more_changes_than_the_server_takes_at_once_are_all_sent(fill_in, document):
    page = fill_in("description")
    key = f"mypart:{page.locator('[data-person]').get_attribute('data-person')}:{document.uuid}"
    old = [
        {
            "id": str(uuid4()),
            "deed": "set",
            "path": "synopsis",
            "text": f"x{i}",
            "based_on": f"x{i - 1}" if i else document.data["synopsis"],
            "isSent": True,
            "at": time.time() * 1000,
        }
        for i in range(600)
    ]
    page.evaluate("([key, value]) => localStorage.setItem(key, value)", [key, json.dumps(old)])
    page.reload()
    title(page).fill(TYPED)
    page.wait_for_function("(key) => localStorage.getItem(key) === null", arg=key, timeout=20_000)
    assert (kept(document), kept(document, "synopsis")) == (TYPED, "x599")
