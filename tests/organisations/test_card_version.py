"""Whoever changes a card is told of what somebody else changed in it meanwhile, to the last field."""

import pytest

from mypart_wagtail.organisations.card import card_version
from tests.people import organisation


@pytest.mark.parametrize("field", ["name", "bank_account", "phone", "signatures_required"])
def test_each_field_of_a_card_makes_another_version_of_it(db, field):
    card = organisation()
    before = card_version(card)
    setattr(card, field, 3 if field == "signatures_required" else "PL61109010140000071219812874")
    assert card_version(card) != before
