"""What one types is saved without a button, and what cannot be saved holds up nothing else."""

import json
import time
from itertools import pairwise
from uuid import uuid4

import pytest
from playwright.sync_api import Page, expect

from mypart_wagtail.generator.models import FormDocument
from mypart_wagtail.generator.services.changes import MOST_CHANGES, MOST_CHARACTERS
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


def keep_unsent(page: Page, document: FormDocument, count: int, text: str = "x") -> None:
    """So many texts of the synopsis in the browser, each typed over the one before; none is acknowledged."""
    texts = [document.data["synopsis"], *(f"{text}{number}" for number in range(count))]
    changes = [
        {
            "id": str(uuid4()),
            "deed": "set",
            "path": "synopsis",
            "text": new,
            "based_on": old,
            "isSent": True,
            "at": time.time() * 1000,
        }
        for old, new in pairwise(texts)
    ]
    key = f"mypart:{page.locator('[data-person]').get_attribute('data-person')}:{document.uuid}"
    page.evaluate("([key, value]) => localStorage.setItem(key, value)", [key, json.dumps(changes)])


def nothing_waits(page: Page) -> None:
    page.wait_for_function("() => Object.keys(localStorage).length === 0", timeout=30_000)


@pytest.mark.parametrize(("count", "length"), [(500, 1), (500, 2000)], ids=["short", "long"])
def test_all_that_waited_in_the_browser_arrives_in_order_in_portions_the_server_takes(
    fill_in, document, count, length
):
    page = fill_in("description")
    keep_unsent(page, document, count, "x" * length)
    sent = []
    page.on(
        "request", lambda request: request.url.endswith("/changes/") and sent.append(request.post_data_json)
    )
    page.reload()
    title(page).fill(TYPED)
    nothing_waits(page)
    assert (kept(document), kept(document, "synopsis")) == (TYPED, f"{'x' * length}{count - 1}")
    for body in sent:
        assert len(body["changes"]) <= MOST_CHANGES
        characters = sum(len(change["text"]) + len(change["based_on"]) for change in body["changes"])
        assert characters <= MOST_CHARACTERS
    assert len(sent) >= count / MOST_CHANGES


@pytest.mark.usefixtures("clear")
def test_a_page_opened_before_the_server_took_less_at_once_loses_nothing(fill_in, document):
    page = fill_in("description")
    keep_unsent(page, document, 120)

    def as_it_was(route):
        answer = route.fetch()
        more = answer.text().replace(f'data-most-changes="{MOST_CHANGES}"', 'data-most-changes="500"')
        route.fulfill(response=answer, body=more)

    page.route("**/description/", as_it_was)
    statuses = []
    page.on(
        "response", lambda response: response.url.endswith("/changes/") and statuses.append(response.status)
    )
    page.reload()
    nothing_waits(page)
    assert kept(document, "synopsis") == "x119"
    assert statuses[0] == 413
