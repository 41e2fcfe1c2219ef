"""What the browser still keeps is sent or shown wherever its author goes on, and forgotten in time."""

import json
import time
from uuid import uuid4

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from mypart_wagtail.generator.models import FormDocument
from tests.browser.autosave import TYPED, kept, keys
from tests.browser.axe import assert_accessible

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_after_14_days_the_browser_forgets(fill_in):
    page = fill_in("description")
    day = 24 * 3600
    for age in (13, 15):
        change = {"id": "x", "path": "p", "text": "t", "at": (time.time() - age * day) * 1000}
        page.evaluate(
            "([key, value]) => localStorage.setItem(key, value)", [f"mypart:9:{age}", json.dumps([change])]
        )
    page.reload()
    assert keys(page) == ["mypart:9:13"]


@pytest.mark.parametrize("name", ["mypart_generator:tasks", "mypart_generator:summary"])
def test_what_the_browser_still_keeps_is_sent_from_pages_that_only_show_the_form(fill_in, document, name):
    page = fill_in("description")
    keep_in_browser(page, document, based_on=document.data["title"])
    page.goto(reverse(name, args=[document.uuid]))
    page.wait_for_function("() => Object.keys(localStorage).length === 0")
    assert kept(document) == TYPED
    expect(page.locator("[data-mypart-unsent]")).to_be_hidden()


def test_a_page_that_shows_all_of_it_already_is_not_opened_anew_under_its_readers_hands(fill_in, document):
    """The page was left before the answer to the last word came; the post of the whole page has saved it."""
    page = fill_in("description")
    keep_in_browser(page, document, based_on=document.data["title"])
    FormDocument.objects.update(data=document.data | {"title": TYPED}, title=TYPED)
    opened = []
    page.on("framenavigated", lambda frame: opened.append(frame.url))
    page.goto(reverse("mypart_generator:summary", args=[document.uuid]))
    page.wait_for_function("() => Object.keys(localStorage).length === 0")
    page.wait_for_load_state("networkidle")
    assert len(opened) == 1


@pytest.mark.usefixtures("clear")
def test_nobody_submits_without_learning_that_a_text_still_waits(fill_in, document):
    page = fill_in("description")
    keep_in_browser(page, document, based_on="What stood there long ago")
    page.goto(reverse("mypart_grants:submit", args=[document.application.uuid]))
    notice = page.locator("[data-mypart-unsent]")
    expect(notice).to_be_visible()
    assert_accessible(page)
    notice.get_by_role("link").click()
    expect(
        page.locator("[data-mypart-unresolved]").or_(page.locator(".mypart-conflict")).first
    ).to_be_visible()


def keep_in_browser(page: Page, document: FormDocument, *, based_on: str) -> None:
    """A change of the title that no server has taken."""
    key = f"mypart:{page.locator('[data-person]').first.get_attribute('data-person')}:{document.uuid}"
    change = {"id": str(uuid4()), "deed": "set", "path": "title", "text": TYPED, "based_on": based_on}
    change["at"] = time.time() * 1000
    page.evaluate("([key, value]) => localStorage.setItem(key, value)", [key, json.dumps([change])])


@pytest.mark.usefixtures("clear")
def test_a_text_whose_row_somebody_removed_is_shown_until_its_author_needs_it_no_more(fill_in, document):
    page = fill_in("description")
    change = {
        "id": str(uuid4()),
        "deed": "set",
        "path": "actions/gone00001/name",
        "text": TYPED,
        "based_on": "",
        "at": time.time() * 1000,
    }
    key = f"mypart:{page.locator('[data-person]').get_attribute('data-person')}:{document.uuid}"
    page.evaluate("([key, value]) => localStorage.setItem(key, value)", [key, json.dumps([change])])
    page.reload()
    panel = page.locator("[data-mypart-unresolved]")
    expect(panel).to_contain_text(TYPED)
    expect(panel).to_contain_text("Ktoś inny usunął ten wiersz.")
    page.reload()
    expect(panel).to_contain_text(TYPED)
    panel.get_by_role("button").click()
    expect(panel).to_be_hidden()
    assert keys(page) == []
