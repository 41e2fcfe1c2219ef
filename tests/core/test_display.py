"""The switch of theme and contrast."""

import pytest
from django.urls import reverse

pytestmark = pytest.mark.django_db

COMPONENTS = "/en/components/"


@pytest.fixture
def address():
    return reverse("mypart:display")


def test_a_chosen_theme_shows_on_the_next_page_and_goes_away_again(client, address):
    client.post(address, {"theme": "dark", "next": COMPONENTS})
    assert b'data-mypart-theme="dark"' in client.get(COMPONENTS).content
    client.post(address, {"theme": "auto", "next": COMPONENTS})
    assert b"data-mypart-theme" not in client.get(COMPONENTS).content


def test_theme_and_contrast_are_chosen_apart(client, address):
    client.post(address, {"theme": "dark"})
    client.post(address, {"contrast": "high"})
    page = client.get(COMPONENTS).content
    assert b'data-mypart-theme="dark"' in page
    assert b'data-mypart-contrast="high"' in page


def test_the_switch_leads_back_to_where_one_was(client, address):
    assert client.post(address, {"theme": "dark", "next": COMPONENTS}).url == COMPONENTS


@pytest.mark.parametrize("elsewhere", ["https://example.org/", "//example.org/", "javascript:alert(1)", ""])
def test_the_switch_never_leads_to_another_site(client, address, elsewhere):
    assert client.post(address, {"theme": "dark", "next": elsewhere}).url == "/"


def test_an_unknown_choice_is_refused(client, address):
    assert client.post(address, {"theme": "<script>"}).status_code == 400


def test_a_tampered_cookie_counts_as_nothing_chosen(client):
    client.cookies["mypart_theme"] = '"><script>'
    page = client.get(COMPONENTS)
    assert page.status_code == 200
    assert b"data-mypart-theme" not in page.content


def test_the_switch_takes_posts_only(client, address):
    assert client.get(address).status_code == 405


def test_caches_are_told_that_the_page_differs_by_cookie(client):
    assert "Cookie" in client.get(COMPONENTS)["Vary"]
