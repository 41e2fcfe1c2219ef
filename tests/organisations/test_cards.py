"""Filling in the card of an organisation: nothing typed is lost, and what is wrong is told at its box."""

import pytest
from django.urls import reverse
from django.utils import translation
from lxml import html

from mypart_wagtail.organisations.models import Organisation
from mypart_wagtail.organisations.permissions import standing
from tests.organisations.cards import CARD, create

pytestmark = pytest.mark.database


def test_a_new_card_makes_its_author_administrator_and_signer(client, stranger):
    client.force_login(stranger)
    response = client.post(reverse("mypart_organisations:create"), CARD | {"next": "/en/offers/"})
    assert response["Location"] == "/en/offers/"
    card = Organisation.objects.get()
    assert (card.register_number, card.postal_code) == ("0000123457", "41-400")
    assert card.representatives.get().name == "Ewa Nowa"
    where = standing(stranger, card)
    assert where.is_administrator
    assert where.is_signer


def test_nothing_typed_is_lost_when_the_card_has_errors(client, stranger):
    client.force_login(stranger)
    response = client.post(
        reverse("mypart_organisations:create"), CARD | {"nip": "123", "people-0-function": ""}
    )
    page = response.content.decode()
    assert response.status_code == 422
    assert 'value="Fundacja Nowa"' in page
    assert 'value="123"' in page
    assert 'value="Ewa Nowa"' in page
    assert 'href="#id_nip"' in page
    assert 'href="#id_people-0-function"' in page


def test_a_card_without_anybody_is_told_in_words_that_mean_something(client, stranger):
    client.force_login(stranger)
    nobody = {"people-0-name": "", "people-0-function": "", "people-0-DELETE": "on"}
    for language, words in (("en", "Name at least one person"), ("pl", "Podaj co najmniej jedną osobę")):
        with translation.override(language):
            answer = client.post(reverse("mypart_organisations:create"), CARD | nobody)
        assert answer.status_code == 422
        assert words in answer.content.decode()


def test_adding_a_person_keeps_what_was_typed(client, stranger):
    client.force_login(stranger)
    page = client.post(reverse("mypart_organisations:create"), CARD | {"add_person": "1"}).content.decode()
    assert 'value="Ewa Nowa"' in page
    assert 'name="people-1-name"' in page
    assert not Organisation.objects.exists()


def test_the_form_of_a_card_tells_browsers_what_each_box_is_for(client, stranger):
    client.force_login(stranger)
    page = html.fromstring(client.get(reverse("mypart_organisations:create")).content)
    boxes = {box.name: box for box in page.xpath("//input[@name]")}
    known = {name: boxes[name].get("autocomplete") for name in ("name", "email", "phone", "postal_code")}
    assert known == {
        "name": "organization",
        "email": "email",
        "phone": "tel",
        "postal_code": "postal-code",
    }
    assert boxes["phone"].get("type") == "tel"
    assert boxes["nip"].get("inputmode") == "numeric"


def test_the_next_address_never_leads_to_another_site(client, stranger):
    client.force_login(stranger)
    response = client.post(reverse("mypart_organisations:create"), CARD | {"next": "https://evil.example"})
    assert "evil" not in response["Location"]


def test_an_administrator_changes_the_card(client, club, boss):
    client.force_login(boss)
    url = reverse("mypart_organisations:change", args=[club.uuid])
    assert client.get(url).status_code == 200
    changed = CARD | {"nip": "5260250274", "name": "Nowa nazwa"}
    assert client.post(url, changed).status_code == 302
    club.refresh_from_db()
    assert club.name == "Nowa nazwa"
    assert club.signatures_required == 1
    assert club.representatives.get().name == "Ewa Nowa"


def test_more_people_than_there_are_cannot_have_to_sign(client, stranger):
    client.force_login(stranger)
    response = client.post(reverse("mypart_organisations:create"), CARD | {"signatures_required": "2"})
    assert "signatures_required" in response.context["form"].errors


@pytest.mark.parametrize("name", ["name", "street", "city", "people-0-name", "people-0-function"])
@pytest.mark.parametrize("typed", ["\u200b\u200b", " \u2060 ", "\u00ad"])
def test_what_nobody_sees_is_no_name(client, stranger, name, typed):
    client.force_login(stranger)
    assert create(client, **{name: typed}).status_code == 422
    assert not Organisation.objects.exists()
