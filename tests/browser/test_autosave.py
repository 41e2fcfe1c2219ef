"""Nothing typed is lost: offline, signed out, in two windows, with the server away."""

import json
import re
import time
from uuid import uuid4

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from mypart_wagtail.generator.models import FormDocument
from mypart_wagtail.organisations.models import Membership
from tests.browser.axe import assert_accessible
from tests.browser.conftest import let_in
from tests.people import PASSWORD, member, person

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

TYPED = "Written at 23:58"


def kept(document: FormDocument, key: str = "title") -> object:
    return FormDocument.objects.get(pk=document.pk).data[key]


def title(page: Page) -> object:
    return page.locator("#field-title")


def state(page: Page) -> object:
    return page.locator("[data-mypart-save-state]")


def is_saved(page: Page) -> None:
    expect(state(page)).to_have_attribute("data-state", "saved", timeout=15_000)


def keys(page: Page) -> list[str]:
    return page.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('mypart:'))")


@pytest.fixture
def clear(open_context, complaints):
    """Forget what the browser rightly complained of."""
    yield
    complaints.clear()


def test_what_one_types_is_saved_without_a_button(fill_in, document):
    page = fill_in("description")
    title(page).press_sequentially(TYPED)
    is_saved(page)
    assert TYPED in kept(document)
    assert keys(page) == []


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
def test_signed_out_one_signs_in_again_in_a_new_tab_and_goes_on(fill_in, document):
    page = fill_in("description")
    page.context.clear_cookies()
    title(page).fill(TYPED)
    expect(state(page)).to_have_attribute("data-state", "signed-out")
    assert_accessible(page)
    with page.context.expect_page() as opened:
        state(page).get_by_role("link").click()
    tab = opened.value
    tab.locator("#id_login").fill("editor@example.org")
    tab.locator("#id_password").fill(PASSWORD)
    tab.get_by_role("main").locator("button[type=submit]").first.click()
    tab.wait_for_url("**/offers/")
    tab.close()
    # Without a screen Chromium tells no window that it has the focus again.
    page.evaluate("window.dispatchEvent(new Event('focus'))")
    is_saved(page)
    assert kept(document) == TYPED


@pytest.mark.usefixtures("clear")
def test_what_one_typed_is_never_saved_as_somebody_else(fill_in, document, editor):
    club = editor.mypart_memberships.get().organisation
    other = member(club, "other")
    page = fill_in("description")
    page.context.clear_cookies()
    let_in(page.context, other)
    title(page).fill(TYPED)
    expect(state(page)).to_have_attribute("data-state", "signed-out")
    page.wait_for_timeout(3000)
    assert kept(document) != TYPED
    assert len(keys(page)) == 1


def test_two_people_in_different_fields_never_disturb_each_other(open_context, fill_in, document, editor):
    mine = fill_in("description")
    theirs = _open_as(open_context, editor, mine.url, "colleague")
    title(mine).fill("My title")
    title(mine).blur()
    theirs.locator("#field-synopsis").fill("Their text")
    theirs.locator("#field-synopsis").blur()
    is_saved(mine)
    is_saved(theirs)
    assert (kept(document), kept(document, "synopsis")) == ("My title", "Their text")


@pytest.mark.parametrize(("choice", "outcome"), [(0, "Theirs"), (1, "Mine")])
def test_on_the_same_field_the_second_sees_both_texts_and_chooses(
    open_context, fill_in, document, editor, choice, outcome
):
    first = fill_in("description")
    second = _open_as(open_context, editor, first.url, "colleague")
    title(first).fill("Mine")
    title(first).blur()
    is_saved(first)
    title(second).fill("Theirs")
    title(second).blur()
    box = second.locator(".mypart-conflict")
    expect(box).to_contain_text("Mine")
    expect(title(second)).to_have_value("Theirs")
    assert kept(document) == "Mine"
    assert_accessible(second)
    box.get_by_role("button").nth(choice).click()
    expect(title(second)).to_have_value(outcome)
    is_saved(second)
    second.wait_for_timeout(300)
    assert kept(document) == outcome


@pytest.mark.usefixtures("clear")
def test_signing_out_with_something_unsent_asks_first_and_then_leaves_nothing(fill_in):
    page = fill_in("description")
    page.route("**/changes/", lambda route: route.abort())
    title(page).fill(TYPED)
    expect(state(page)).to_have_attribute("data-state", "failed")
    page.goto(reverse("account_logout"))
    asked = []
    page.once("dialog", lambda dialog: (asked.append(dialog.message), dialog.dismiss()))
    page.get_by_role("main").locator("button[type=submit]").click()
    assert len(asked) == 1
    assert len(keys(page)) == 1
    page.once("dialog", lambda dialog: dialog.accept())
    page.get_by_role("main").locator("button[type=submit]").click()
    page.wait_for_url(lambda address: "logout" not in address)
    assert keys(page) == []


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


@pytest.mark.usefixtures("clear")
def test_an_answer_that_got_lost_is_no_conflict_with_oneself(fill_in, document):
    page = fill_in("description")

    def lose(route):
        route.fetch()
        route.abort()

    page.route("**/changes/", lose)
    title(page).fill("First")
    expect(state(page)).to_have_attribute("data-state", "failed")
    assert kept(document) == "First"
    title(page).fill(TYPED)
    page.unroute("**/changes/")
    is_saved(page)
    expect(page.locator(".mypart-conflict")).to_have_count(0)
    assert kept(document) == TYPED
    assert keys(page) == []


@pytest.mark.parametrize(("choice", "outcome"), [(0, "Mine, and more"), (1, "Of a colleague")])
@pytest.mark.usefixtures("clear")
def test_who_types_on_in_a_conflict_still_chooses(fill_in, document, choice, outcome):
    page = fill_in("description")
    change_as_colleague(document, "Of a colleague")
    title(page).press("Control+a")
    title(page).press_sequentially("Mine")
    expect(page.locator(".mypart-conflict")).to_contain_text("Of a colleague")
    title(page).press_sequentially(", and more")
    page.wait_for_timeout(1500)
    assert kept(document) == "Of a colleague"
    page.locator(".mypart-conflict").get_by_role("button").nth(choice).click()
    is_saved(page)
    expect(page.locator(".mypart-conflict")).to_have_count(0)
    expect(title(page)).to_have_value(outcome)
    page.wait_for_timeout(800)
    assert kept(document) == outcome
    assert keys(page) == []


@pytest.mark.usefixtures("clear")
def test_pressing_save_in_a_conflict_overwrites_nobody(fill_in, document):
    page = fill_in("description")
    change_as_colleague(document, "Of a colleague")
    title(page).fill("Mine")
    expect(page.locator(".mypart-conflict")).to_be_visible()
    page.locator("button[value=save]").last.click()
    page.wait_for_load_state()
    assert kept(document) == "Of a colleague"
    expect(title(page)).to_have_value("Mine")


@pytest.mark.usefixtures("clear")
def test_a_lost_answer_hides_no_change_of_a_colleague(fill_in, document):
    page = fill_in("description")

    def lose(route):
        route.fetch()
        route.abort()

    page.route("**/changes/", lose)
    title(page).fill("First")
    expect(state(page)).to_have_attribute("data-state", "failed")
    change_as_colleague(document, "Of a colleague")
    page.unroute("**/changes/")
    is_saved(page)
    title(page).press_sequentially(" and more")
    expect(page.locator(".mypart-conflict")).to_contain_text("Of a colleague")
    assert kept(document) == "Of a colleague"


@pytest.mark.usefixtures("clear")
def test_what_the_browser_kept_does_not_overwrite_what_a_colleague_wrote_since(fill_in, document):
    page = fill_in("description")
    page.route("**/changes/", lambda route: route.fulfill(status=503, body="away"))
    title(page).fill("Mine")
    expect(state(page)).to_have_attribute("data-state", "failed")
    change_as_colleague(document, "Of a colleague")
    page.reload()
    expect(title(page)).to_have_value("Mine")
    page.locator("button[value=save]").last.click()
    page.wait_for_load_state()
    assert kept(document) == "Of a colleague"
    expect(title(page)).to_have_value("Mine")


@pytest.mark.usefixtures("clear")
def test_two_tabs_of_one_person_never_drop_each_others_text(fill_in, document):
    first = fill_in("description")
    second = first.context.new_page()
    second.goto(first.url)
    first.context.set_offline(True)
    title(first).fill("In the first tab")
    title(second).fill("In the second tab")
    expect(state(second)).to_have_attribute("data-state", "failed")
    first.context.set_offline(False)
    for _try in range(50):
        boxes = [tab.locator(".mypart-conflict").count() for tab in (first, second)]
        if sum(boxes):
            break
        first.wait_for_timeout(200)
    assert sum(boxes) == 1
    assert kept(document) in ("In the first tab", "In the second tab")
    expect(title(first)).to_have_value("In the first tab")
    expect(title(second)).to_have_value("In the second tab")


@pytest.mark.parametrize("name", ["mypart_generator:tasks", "mypart_generator:summary"])
def test_what_the_browser_still_keeps_is_sent_from_pages_that_only_show_the_form(fill_in, document, name):
    page = fill_in("description")
    keep_in_browser(page, document, based_on=document.data["title"])
    page.goto(reverse(name, args=[document.uuid]))
    page.wait_for_function("() => Object.keys(localStorage).length === 0")
    assert kept(document) == TYPED
    expect(page.locator("[data-mypart-unsent]")).to_be_hidden()


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


def change_as_colleague(document: FormDocument, text: str) -> None:
    document.refresh_from_db()
    document.data["title"] = text
    document.save()


def in_conflict_elsewhere(fill_in, document) -> Page:
    """The title was typed on one page while the network was away, and sent from another; meanwhile a
    colleague has changed it.
    """
    page = fill_in("description")
    page.context.set_offline(True)
    title(page).fill(TYPED)
    expect(state(page)).to_have_attribute("data-state", "failed")
    change_as_colleague(document, "Of a colleague")
    page.context.set_offline(False)
    return page


@pytest.mark.usefixtures("clear")
def test_a_conflict_outlives_a_reload_and_both_texts_are_there(fill_in, document):
    page = in_conflict_elsewhere(fill_in, document)
    expect(page.locator(".mypart-conflict")).to_contain_text("Of a colleague")
    page.reload()
    expect(title(page)).to_have_value(TYPED)
    expect(page.locator(".mypart-conflict")).to_contain_text("Of a colleague")
    expect(state(page)).to_have_attribute("data-state", "failed")
    page.locator(".mypart-conflict").get_by_role("button").first.click()
    is_saved(page)
    assert kept(document) == TYPED
    assert keys(page) == []


@pytest.mark.usefixtures("clear")
def test_a_conflict_about_a_field_of_another_page_is_shown_with_the_way_there(fill_in, document):
    page = in_conflict_elsewhere(fill_in, document)
    expect(page.locator(".mypart-conflict")).to_be_visible()
    page.goto(page.url.replace("description", "declarations"))
    panel = page.locator("[data-mypart-unresolved]")
    expect(panel).to_contain_text(TYPED)
    expect(state(page)).to_have_attribute("data-state", "failed")
    assert_accessible(page)
    panel.get_by_role("link").click()
    expect(title(page)).to_have_value(TYPED)
    expect(page.locator(".mypart-conflict")).to_contain_text("Of a colleague")


@pytest.mark.usefixtures("clear")
def test_answers_of_a_choice_in_conflict_are_told_in_words_never_by_their_keys(fill_in, document):
    page = fill_in("declarations")
    page.context.set_offline(True)
    page.locator("[name=taxes][value=some]").check()
    expect(state(page)).to_have_attribute("data-state", "failed")
    document.refresh_from_db()
    document.data["taxes"] = "no-answer-any-more"
    document.save()
    page.context.set_offline(False)
    theirs = page.locator(".mypart-conflict__theirs")
    expect(theirs).to_have_text(re.compile("an answer that can no longer|odpowiedź, której nie można już"))
    page.goto(page.url.replace("declarations", "description"))
    panel = page.locator("[data-mypart-unresolved]")
    expect(panel.locator("blockquote")).to_contain_text("zalega")


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


def test_in_a_conflict_about_a_choice_its_wording_is_shown(open_context, fill_in, document, editor):
    document.data["taxes"] = ""
    document.save()
    first = fill_in("declarations")
    second = _open_as(open_context, editor, first.url, "colleague")
    first.locator('input[name="taxes"][value="some"]').check()
    is_saved(first)
    second.locator('input[name="taxes"][value="none"]').check()
    expect(second.locator(".mypart-conflict__theirs")).to_have_text("zalega(-ją)")
    assert_accessible(second)


def _open_as(open_context, editor, address: str, name: str) -> Page:
    colleague = person(name)
    Membership.objects.create(organisation=editor.mypart_memberships.get().organisation, user=colleague)
    context = open_context()
    let_in(context, colleague)
    page = context.new_page()
    page.goto(address)
    return page
