"""The page people get when something fails looks like the others and is as accessible."""

import re

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import translation

from tests.browser.axe import assert_accessible_in_each_look
from tests.browser.nu import assert_valid_html

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_the_page_of_a_failure_is_styled_and_accessible(visit, complaints, settings):
    settings.ROOT_URLCONF = "tests.sandbox.failing_urls"
    page = visit("/fails/")
    band = page.locator(".mypart-header").evaluate("element => getComputedStyle(element).backgroundColor")
    assert band != "rgba(0, 0, 0, 0)"
    assert_accessible_in_each_look(page)
    complaints.clear()  # The browser complains of the status.


@pytest.fixture
def no_answer(tmp_path):
    """The page of the proxy, as one file that has nothing beside it."""
    file = tmp_path / "no-answer.html"
    call_command("mypart_no_answer_page", file, verbosity=0)
    return file


def test_the_page_while_nobody_answers_is_styled_and_accessible(open_context, complaints, no_answer):
    page = open_context().new_page()
    told = []
    page.on("console", lambda message: told.append(message.text))
    page.goto(no_answer.as_uri())
    band = page.locator(".mypart-header").evaluate("element => getComputedStyle(element).backgroundColor")
    assert band != "rgba(0, 0, 0, 0)"
    assert_accessible_in_each_look(page)
    assert (told, complaints) == ([], [])


def test_the_page_while_nobody_answers_says_what_is_known_and_where_it_will_be_seen(open_context, no_answer):
    page = open_context().new_page()
    page.goto(no_answer.as_uri())
    assert page.get_by_text(
        "Nie wiemy jeszcze, czy oferta dotarła. Nie wysyłaj drugi raz; "
        "za chwilę zobaczysz to w »Moje oferty« i w e-mailu."
    ).is_visible()
    for language, name in (("pl", "Moje oferty"), ("en", "My offers")):
        with translation.override(language):
            address = reverse("mypart_grants:applications")
        assert page.get_by_role("link", name=name).get_attribute("href") == address
    # The checker does not know layers of CSS yet.
    assert_valid_html(re.sub(r"<style>.*</style>", "", no_answer.read_text(), flags=re.DOTALL))
