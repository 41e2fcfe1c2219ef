"""Nothing typed is lost when one is signed out, and nothing is saved as somebody else."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from tests.browser.autosave import TYPED, is_saved, kept, keys, state, title
from tests.browser.axe import assert_accessible
from tests.browser.conftest import let_in
from tests.people import PASSWORD, member

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


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
