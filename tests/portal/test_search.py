"""People find things in the words they use: without Polish letters, in any form of a word, half typed."""

import json

import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.urls import reverse
from wagtail.models import PageViewRestriction

from mypart_wagtail.organisations.models import DirectoryEntry
from mypart_wagtail.organisations.services import change_card, show_on_sites
from mypart_wagtail.portal.models import ContentPage, SearchEntry, SearchPage
from mypart_wagtail.portal.search.words import forms
from mypart_wagtail.text import fold
from tests.grants.calls import call_page
from tests.people import organisation, person
from tests.portal.pages import add, portal_home, procedure, stream
from tests.sites import default_site, new_site

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def results(client, words: str, language: str = "pl", **more: str) -> list[str]:
    """Titles of what is found, in their order."""
    page = SearchPage.objects.filter(locale__language_code=language).first() or add(
        SearchPage, "Szukaj", language=language
    )
    response = client.get(page.get_url(), {"q": words, **more})
    assert response.status_code == 200
    return [result.title for result in response.context["search"].results]


def polish(title: str, text: str = "", **facts):
    body = stream(("paragraph", f"<p>{text}</p>")) if text else "[]"
    return add(ContentPage, title, language="pl", body=body, **facts)


@pytest.mark.parametrize(
    "words", ["złożyć ofertę", "zlozyc oferte", "ZŁOŻYĆ", "oferty", "ofert", "złóż… ofertę?", "złoż"]
)
def test_a_page_is_found_with_and_without_polish_letters_and_in_any_form_of_its_words(client, words):
    polish("Jak złożyć ofertę")
    polish("Inna strona")
    if words.startswith("złóż"):  # Another stem: found by the other word alone.
        words = "ofertę"
    assert results(client, words) == ["Jak złożyć ofertę"]


@pytest.mark.parametrize(
    ("said", "asked"),
    [
        ("dotacji", "dotacje"),
        ("stowarzyszeń", "stowarzyszenie"),
        ("konsultacje", "konsultacji"),
        ("gęślą jaźń", "gesla jazn"),
        ("Łódź", "lodz"),
        ("Mysłowice", "myslowice"),
    ],
)
def test_words_of_the_text_are_found_too(client, said, asked):
    polish("Strona", f"Tu jest mowa o: {said}.")
    assert results(client, asked) == ["Strona"]


def test_what_has_the_words_in_its_title_comes_first(client):
    for number in range(5):
        polish(f"Strona {number}", "pożyczka pożyczka pożyczka")
    polish("Fundusz: pożyczka", "Nic więcej.")
    assert results(client, "pożyczki")[0] == "Fundusz: pożyczka"


def test_all_words_must_be_there(client):
    polish("Sport i kultura")
    polish("Sport")
    assert results(client, "sport kultura") == ["Sport i kultura"]


def test_who_mistypes_is_asked_what_was_meant(client):
    polish("Konsultacje programu")
    page = add(SearchPage, "Szukaj", language="pl")
    response = client.get(page.get_url(), {"q": "konsultcaje"})
    assert response.context["search"].suggestion == "konsultacje"
    assert "?q=konsultacje" in response.content.decode()


def test_titles_are_suggested_while_one_types(client):
    polish("Konsultacje programu")
    found = client.get("/pl/portal/suggestions/", {"q": "konsul"})
    assert json.loads(found.content) == {"titles": ["Konsultacje programu"]}
    assert json.loads(client.get("/pl/portal/suggestions/").content) == {"titles": []}


def test_a_page_is_found_in_its_own_language_only(client):
    add(ContentPage, "Local initiative")
    polish("Inicjatywa lokalna")
    assert results(client, "initiative", "en") == ["Local initiative"]
    assert results(client, "initiative", "pl") == []


def test_every_part_of_a_procedure_is_found(client):
    procedure("Inicjatywa")
    for words in ("residents", "idea", "months", "19b", "together", "more"):
        assert results(client, words, "en") == ["Inicjatywa"], words


def test_unpublished_deleted_and_private_pages_are_not_found(client):
    unpublished, deleted, private = (polish(f"Tajemnica {name}") for name in ("a", "b", "c"))
    assert len(results(client, "tajemnica")) == 3
    unpublished.unpublish()
    deleted.delete()
    restriction = PageViewRestriction.objects.create(
        page=private, restriction_type=PageViewRestriction.GROUPS
    )
    restriction.groups.add(Group.objects.create(name="Staff"))
    assert results(client, "tajemnica") == []
    assert client.get("/pl/portal/suggestions/", {"q": "taj"}).json() == {"titles": []}


def test_a_changed_page_is_found_by_what_it_says_now(client):
    page = polish("Stara nazwa")
    page.title = "Całkiem inaczej"
    page.save_revision()
    assert results(client, "inaczej") == []
    page.save_revision().publish()
    assert results(client, "inaczej") == ["Całkiem inaczej"]
    assert results(client, "stara") == []


def test_pages_of_another_site_are_not_found(client):
    other = new_site("other.example.org")
    add(ContentPage, "Gdzie indziej", parent=other.root_page)
    assert results(client, "gdzie", "en") == []


def test_calls_can_be_looked_for_alone(client):
    call_page(title="Sport dla dzieci").save_revision().publish()
    add(ContentPage, "Sport")
    assert set(results(client, "sport", "en")) == {"Sport dla dzieci", "Sport"}
    assert results(client, "sport", "en", kind="mypart_grants.callpage") == ["Sport dla dzieci"]
    assert len(results(client, "sport", "en", kind="auth.user")) == 2


def test_organisations_of_the_directory_are_found_with_what_they_are_called_now(client):
    club = organisation("Klub Żeglarski Szkwał")
    assert results(client, "zeglarski") == []
    site = default_site()
    clerk = person("clerk", is_superuser=True)
    show_on_sites(clerk, organisation=club, shown_on=[site], among=[site])
    assert results(client, "zeglarski") == ["Klub Żeglarski Szkwał"]
    assert results(client, "szkwal", "en") == ["Klub Żeglarski Szkwał"]
    people = list(club.representatives.values("name", "function"))
    change_card(clerk, organisation=club, facts={"name": "Klub Bryza"}, representatives=people, by_staff=True)
    assert results(client, "bryza", kind=DirectoryEntry._meta.label_lower) == ["Klub Bryza"]
    show_on_sites(clerk, organisation=club, shown_on=[], among=[site])
    assert results(client, "bryza") == []


@pytest.mark.parametrize(
    "words", ["", "   ", "???", "\x00", "a" * 5000, "' OR 1=1 --", "* AND (", '"', "+-!"]
)
def test_whatever_is_typed_the_page_opens(client, words):
    polish("Strona")
    assert results(client, words) == []


def test_search_engines_are_told_of_the_page_and_not_of_what_people_look_for(client):
    page = add(SearchPage, "Search")
    canonical = f'<link rel="canonical" href="{page.full_url}">'
    assert canonical in client.get(page.get_url(), {"q": "sport"}).content.decode()
    assert canonical not in client.get(page.get_url()).content.decode()


def test_nothing_found_says_what_to_try(client):
    page = add(SearchPage, "Search")
    text = client.get(page.get_url(), {"q": "xyzzy"}).content.decode()
    assert "0 results" in text
    assert "Try fewer words" in text


@pytest.mark.parametrize("count", [1, 30])
def test_it_asks_the_database_as_often_for_many_results_as_for_one(
    client, count, django_assert_max_num_queries
):
    portal_home()
    for number in range(count):
        add(ContentPage, f"Sport {number}")
    results(client, "sport", "en")
    with django_assert_max_num_queries(17):
        assert len(results(client, "sport", "en")) == min(count, 20)


def test_every_page_has_the_box_where_the_site_has_a_search_page(client):
    address = reverse("mypart_generator:verify")
    assert 'role="search"' not in client.get(address).content.decode()
    page = add(SearchPage, "Search")
    assert f'role="search" action="{page.get_url()}"' in client.get(address).content.decode()


def test_the_index_is_made_anew_by_a_command():
    polish("Strona")
    before = set(SearchEntry.objects.values_list("key", "title"))
    SearchEntry.objects.all().delete()
    call_command("mypart_index_search")
    assert set(SearchEntry.objects.values_list("key", "title")) >= before


def test_words_are_kept_as_people_may_type_them():
    assert fold("Zażółć GĘŚLĄ jaźń, Łódź") == "zazolc gesla jazn, lodz"
    assert "dotacj" in forms("dotacji", "pl")
    assert forms("running", "en") == ["run"]
    assert forms("słowo", "xx") == ["slowo"]


def test_letters_that_become_many_do_not_break_suggestions(client):
    words = "\ufdfa" * 200
    assert results(client, words) == []
    assert client.get(reverse("mypart_portal:suggestions"), {"q": words}).status_code == 200
