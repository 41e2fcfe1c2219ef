"""Whatever goes wrong, people get a page that says what happened, that nothing is lost and what to do."""

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse

from tests.browser.nu import assert_valid_html
from tests.sandbox.test_security import HEADERS, is_strict


@pytest.fixture
def visitor() -> Client:
    return Client(raise_request_exception=False)


@pytest.fixture
def something_fails(settings):
    settings.ROOT_URLCONF = "tests.sandbox.failing_urls"


@pytest.fixture
def small_posts(settings):
    """Posts above some bytes are too big, as are those above ten megabytes otherwise."""
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 100


def broken(visitor: Client) -> object:
    return visitor.get("/fails/")


def too_big(visitor: Client) -> object:
    return visitor.post("/preferences/display/", {"next": "x" * 1000})


PAGES = {
    500: (broken, "Coś się u nas zepsuło", "Something broke on our side"),
    400: (too_big, "Nie udało się przyjąć tego, co wysłano", "What was sent could not be taken"),
}


@pytest.mark.parametrize("status", PAGES)
def test_it_is_told_in_both_languages_without_the_database(visitor, something_fails, small_posts, status):
    """No mark of the database: asking it would fail the test."""
    provoke, polish, english = PAGES[status]
    answer = provoke(visitor)
    page = answer.content.decode()
    assert answer.status_code == status
    assert polish in page
    assert english in page
    assert_valid_html(page)


@pytest.mark.parametrize("status", PAGES)
def test_the_page_is_as_strict_as_any_other(visitor, something_fails, small_posts, status):
    answer = PAGES[status][0](visitor)
    assert is_strict(answer)
    assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS


@pytest.mark.django_db
def test_who_signs_in_too_often_is_told_to_wait_some_minutes(settings):
    """allauth would answer with a bare page in English."""
    settings.ACCOUNT_RATE_LIMITS = {"login": "1/m/ip"}
    get_user_model().objects.create_user("ola", "ola@example.org", "zielony rower 7")
    visitor = Client()
    address = reverse("account_login")
    for _ in range(2):
        answer = visitor.post(address, {"login": "ola@example.org", "password": "?"})
    assert answer.status_code == 429
    assert "in a few minutes" in answer.content.decode()
    assert is_strict(answer)
