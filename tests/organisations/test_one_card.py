"""One organisation has one card: a number that has one already is told, and leads to asking to join."""

import pytest
from django.urls import reverse

from mypart_wagtail.models import OutgoingMail
from mypart_wagtail.organisations.models import Organisation
from mypart_wagtail.organisations.permissions import standing
from mypart_wagtail.organisations.views import cards
from tests.organisations.cards import CARD, create
from tests.people import member, organisation, person

pytestmark = pytest.mark.database


def test_a_nip_that_has_a_card_is_told_at_the_nip_and_leads_to_asking_to_join(client, club, boss, stranger):
    client.force_login(stranger)
    answer = client.post(reverse("mypart_organisations:create"), CARD | {"nip": "526-025-02-74"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert f"“{club.name}” has a card with this NIP already" in page
    assert club.email not in page
    assert Organisation.objects.count() == 1
    assert reverse("mypart_organisations:join", args=[club.uuid]) in page
    client.post(reverse("mypart_organisations:join", args=[club.uuid]))
    assert standing(stranger, club).has_asked


def test_a_mistyped_nip_of_another_organisation_costs_nothing_that_was_typed(client, club, stranger):
    client.force_login(stranger)
    page = client.post(reverse("mypart_organisations:create"), CARD | {"nip": "5260250274"}).content.decode()
    assert 'value="Fundacja Nowa"' in page
    assert 'value="5260250274"' in page
    assert 'value="Ewa Nowa"' in page
    assert 'href="#id_nip"' in page


def test_changing_a_card_to_the_nip_of_another_is_told_at_the_nip(client, club, stranger):
    other = organisation("Fundacja Nowa")
    administrator = member(other, "administrator", is_administrator=True)
    client.force_login(administrator)
    answer = client.post(
        reverse("mypart_organisations:change", args=[other.uuid]), CARD | {"nip": "5260250274"}
    )
    assert answer.status_code == 422
    assert 'id="id_nip_error"' in answer.content.decode()


def test_a_branch_shares_the_nip_of_its_parent(client, club, stranger):
    client.force_login(stranger)
    branch = CARD | {"nip": "5260250274", "branch": "Oddział w Mysłowicach"}
    assert client.post(reverse("mypart_organisations:create"), branch).status_code == 302


def test_a_card_made_by_another_between_check_and_write_is_told_at_its_nip(client, stranger, monkeypatch):
    client.force_login(stranger)
    original = cards._are_valid

    def valid_a_moment_ago(*forms) -> bool:
        is_valid = original(*forms)
        organisation("Szybsza", nip="5260250274")
        return is_valid

    monkeypatch.setattr(cards, "_are_valid", valid_a_moment_ago)
    response = client.post(reverse("mypart_organisations:create"), CARD | {"nip": "526-025-02-74"})
    assert response.status_code == 422
    assert "nip" in response.context["form"].errors
    assert 'value="Ewa Nowa"' in response.content.decode()


@pytest.mark.parametrize(
    ("facts", "told_at"),
    [
        ({"nip": "5260250274", "branch": "."}, "branch"),
        ({"nip": "5260250274", "branch": "\u200b"}, "nip"),
        ({"nip": "5260250274", "branch": " oddział   ŁÓDŹ "}, "nip"),
        ({"register_number": "123456"}, "register_number"),
        ({"regon": "123456785"}, "regon"),
        ({"nip": "5260250274", "regon": "123456785"}, "nip"),
        ({"regon": "123456785", "branch": "12"}, "branch"),
    ],
)
def test_one_organisation_has_one_card_whichever_number_is_typed(
    client, club, boss, stranger, facts, told_at
):
    club.regon, club.branch = "123456785", "Oddział Łódź"
    club.save()
    client.force_login(stranger)
    response = create(client, **facts)
    assert response.status_code == 422
    assert told_at in response.context["form"].errors
    if told_at != "branch":
        assert reverse("mypart_organisations:join", args=[club.uuid]) in response.content.decode()
    assert Organisation.objects.count() == 1


def test_a_number_of_a_register_that_counts_for_itself_is_taken_by_nobody(client, stranger):
    organisation(register_kind="mayor", register_number="7")
    client.force_login(stranger)
    assert create(client, register_kind="mayor", register_number="7").status_code == 302


@pytest.mark.parametrize("number", ["nip", "register_number", "regon"])
def test_the_office_hears_of_each_card_that_shares_a_number(client, club, stranger, number):
    clerk = person("clerk", is_superuser=True)
    club.regon = "123456785"
    club.save()
    client.force_login(stranger)
    facts = {"nip": "5260250274", "register_number": "123456", "regon": "123456785"}
    assert create(client, branch="  Oddział   w Mysłowicach ", **{number: facts[number]}).status_code == 302
    branch = Organisation.objects.get(branch="Oddział w Mysłowicach")
    mail = OutgoingMail.objects.get(to=clerk.email)
    assert f"- {club}" in mail.body
    assert reverse("mypart_admin_organisations:inspect", args=[branch.pk]) in mail.body
    assert "stranger@example.org" in mail.body


def test_a_card_of_its_own_troubles_nobody(client, club, stranger):
    person("clerk", is_superuser=True)
    client.force_login(stranger)
    assert create(client).status_code == 302
    assert not OutgoingMail.objects.exists()


def test_cards_that_share_a_number_already_can_still_be_changed(client, club, boss):
    organisation("Oddział", nip="5260250274", branch="Oddział w Mysłowicach")
    client.force_login(boss)
    url = reverse("mypart_organisations:change", args=[club.uuid])
    facts = CARD | {"nip": "5260250274", "register_number": "123456", "phone": "32 555 00 98"}
    assert client.post(url, facts).status_code == 302
