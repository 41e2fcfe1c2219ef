"""A page without a translation says so in the reader's language, and leads to where it can be read."""

import pytest
from wagtail.models import PageViewRestriction

from mypart_wagtail.portal.models import ContentPage
from tests.portal.pages import add, portal_home
from tests.portal.statements import home

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def homes():
    """The portal in English and Polish."""
    portal_home()
    return home("pl")


def test_its_address_says_so_in_the_language_asked_for(client):
    add(ContentPage, "Loan fund")
    response = client.get("/pl/loan-fund/")
    assert response.status_code == 200
    html = response.content.decode()
    assert '<html lang="pl"' in html
    assert "Tej strony nie ma jeszcze po polsku" in html
    assert "Możesz ją przeczytać w innym języku (angielski):" in html
    assert '<a href="/en/loan-fund/" lang="en" hreflang="en">Loan fund</a>' in html
    assert 'content="noindex"' in html


def test_the_language_switch_leads_there_and_search_engines_are_not_told_of_it(client):
    add(ContentPage, "Loan fund")
    html = client.get("/en/loan-fund/").content.decode()
    assert 'href="/pl/loan-fund/"' in html
    assert 'rel="alternate"' not in html


def test_a_translation_with_another_address_is_found(client, homes):
    page = add(ContentPage, "Loan fund")
    polish = page.copy_for_translation(homes.locale)
    polish.slug = "fundusz"
    polish.save_revision().publish()
    assert client.get("/pl/loan-fund/")["Location"] == "/pl/fundusz/"


@pytest.mark.database
def test_what_is_in_no_language_is_not_found(client):
    assert client.get("/pl/nothing/").status_code == 404


def test_drafts_and_private_pages_give_no_hint(client):
    add(ContentPage, "Draft").unpublish()
    private = add(ContentPage, "Private")
    PageViewRestriction.objects.create(page=private, restriction_type=PageViewRestriction.LOGIN)
    assert client.get("/pl/draft/").status_code == 404
    assert client.get("/pl/private/").status_code == 404
