"""Two people, or two windows, in one form: nobody's text is overwritten, and whoever is second chooses."""

import re

import pytest
from playwright.sync_api import Page, expect

from mypart_wagtail.generator.models import FormDocument
from mypart_wagtail.organisations.models import Membership
from tests.browser.autosave import TYPED, is_saved, kept, keys, lose_answer, state, title
from tests.browser.axe import assert_accessible
from tests.browser.conftest import let_in
from tests.people import person

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


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
    second = _in_conflict(open_context, fill_in, editor)
    box = second.locator(".mypart-conflict")
    expect(title(second)).to_have_value("Theirs")
    assert kept(document) == "Mine"
    assert_accessible(second)
    box.get_by_role("button").nth(choice).click()
    expect(title(second)).to_have_value(outcome)
    is_saved(second)
    second.wait_for_timeout(300)
    assert kept(document) == outcome


@pytest.mark.usefixtures("clear")
def test_who_saves_the_page_without_choosing_is_given_the_choice_and_no_other_advice(
    open_context, fill_in, document, editor
):
    """The page's own advice, to save it once more, would lead nowhere: the choice is asked for each time."""
    second = _in_conflict(open_context, fill_in, editor)
    box = second.locator(".mypart-conflict")
    with second.expect_navigation():
        second.get_by_role("button", name="Zapisz", exact=True).click()
    expect(box).to_contain_text("Mine")
    field = second.locator("[data-field]").filter(has=title(second))
    expect(field.get_by_text("Zapisz stronę, aby go zachować")).to_have_count(0)
    assert_accessible(second)
    box.get_by_role("button", name="Zachowaj mój tekst").click()
    is_saved(second)
    assert kept(document) == "Theirs"


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


def _in_conflict(open_context, fill_in, editor) -> Page:
    """The page of a colleague who has written into the title after somebody else had."""
    first = fill_in("description")
    second = _open_as(open_context, editor, first.url, "colleague")
    title(first).fill("Mine")
    title(first).blur()
    is_saved(first)
    title(second).fill("Theirs")
    title(second).blur()
    expect(second.locator(".mypart-conflict")).to_contain_text("Mine")
    return second


def _open_as(open_context, editor, address: str, name: str) -> Page:
    colleague = person(name)
    Membership.objects.create(organisation=editor.mypart_memberships.get().organisation, user=colleague)
    context = open_context()
    let_in(context, colleague)
    page = context.new_page()
    page.goto(address)
    return page


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
    with page.expect_navigation():
        page.locator("button[value=save]").last.click()
    assert kept(document) == "Of a colleague"
    expect(title(page)).to_have_value("Mine")


SLOW_ANSWERS = """
const quick = window.fetch;
window.fetch = async (...asked) => {
  const answer = await quick(...asked);
  await new Promise((resolve) => setTimeout(resolve, 3000));
  return answer;
};
"""


@pytest.mark.usefixtures("clear")
def test_nobody_meets_their_own_text_as_somebody_elses_where_the_server_is_slow(fill_in, document):
    page = fill_in("description")
    page.add_init_script(SLOW_ANSWERS)
    page.reload()
    title(page).fill("First thought")
    expect(state(page)).to_have_attribute("data-state", "saving")
    title(page).fill("Second thought")
    with page.expect_navigation():
        page.locator("button[value=next]").click()
    expect(page).to_have_url(re.compile("/schedule/"))
    assert kept(document) == "Second thought"


@pytest.mark.usefixtures("clear")
def test_a_lost_answer_hides_no_change_of_a_colleague(fill_in, document):
    page = fill_in("description")
    page.route("**/changes/", lose_answer)
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
    with page.expect_navigation():
        page.locator("button[value=save]").last.click()
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
