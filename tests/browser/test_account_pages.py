"""Every page of an account, in each state, in each look: accessible, and nothing is cut off."""

import pytest
from django.http import HttpResponse
from playwright.sync_api import Page

from tests.accounts.pages import SIGNED_IN, SIGNED_OUT, opened
from tests.browser.axe import assert_accessible_in_another_language, assert_accessible_in_each_look
from tests.people import person

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

ADDRESS = "/a-page-of-an-account/"


@pytest.mark.parametrize("pages", [SIGNED_OUT, SIGNED_IN], ids=["signed out", "signed in"])
@pytest.mark.parametrize(
    ("language", "assert_right"),
    [("pl", assert_accessible_in_each_look), ("en", assert_accessible_in_another_language)],
    ids=["pl", "en"],
)
def test_pages_of_accounts_are_accessible(open_context, django_user_model, pages, language, assert_right):
    page = open_context().new_page()
    for name in pages:
        django_user_model.objects.all().delete()
        show(page, opened(name, language, person("ola")))
        assert_right(page)


def show(page: Page, answer: HttpResponse) -> None:
    """Show ``answer``, which somebody else got, as if the live server had given it, its policy included."""
    page.unroute_all()
    page.route(f"**{ADDRESS}", lambda route: route.fulfill(body=answer.content, headers=dict(answer.headers)))
    page.goto(ADDRESS)
