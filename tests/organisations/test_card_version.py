"""Whoever changes a card is told of what somebody else changed in it meanwhile, to the last field."""

import pytest
from django.urls import reverse

from mypart_wagtail.organisations.card import card_version
from tests.organisations.cards import CARD
from tests.people import organisation


@pytest.mark.parametrize("field", ["name", "bank_account", "phone", "signatures_required"])
def test_each_field_of_a_card_makes_another_version_of_it(db, field):
    card = organisation()
    before = card_version(card)
    setattr(card, field, 3 if field == "signatures_required" else "PL61109010140000071219812874")
    assert card_version(card) != before


def test_of_two_who_change_a_card_the_second_sees_what_the_first_wrote(client, club, boss):
    client.force_login(boss)
    address = reverse("mypart_organisations:change", args=[club.uuid])
    version = client.get(address).context["version"]
    club.phone = "32 555 00 99"
    club.save()
    card = CARD | {"phone": "", "version": version, "people-INITIAL_FORMS": "1"}
    response = client.post(address, card)
    assert response.status_code == 422
    assert "32 555 00 99" in response.content.decode()
    club.refresh_from_db()
    assert club.phone == "32 555 00 99"
    again = client.post(address, card | {"version": response.context["version"]})
    assert again.status_code == 302
    club.refresh_from_db()
    assert club.phone == ""
