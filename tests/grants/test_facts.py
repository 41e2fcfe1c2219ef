"""No fact of a call and no line of a card is forgotten where it is frozen or compared."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import models

from mypart_wagtail.grants.announcing import COPIED, facts_of
from mypart_wagtail.grants.models.call_facts import CallFacts
from mypart_wagtail.grants.models.pages import CallAnnouncement
from mypart_wagtail.organisations.card import card_version
from mypart_wagtail.organisations.models import Authority, Organisation
from tests.grants.calls import call_page
from tests.people import organisation

pytestmark = pytest.mark.django_db

NO_FACTS = {"short_notice_reason"}
"""Kept beside the facts of a version, with who gave it."""
NO_PART_OF_A_CARD = {"created_at", "changed_at"}


def another(field: models.Field, value: Any) -> Any:
    """A value of ``field`` that is not ``value``."""
    if field.choices:
        return next(key for key, _name in field.flatchoices if key != value)
    match field:
        case models.BooleanField():
            return not value
        case models.DateTimeField():
            return (value or datetime.now().astimezone()) + timedelta(days=1)
        case models.DateField():
            return (value or date(2026, 1, 1)) + timedelta(days=1)
        case models.DecimalField():
            return (value or Decimal(1)) + Decimal("1.00")
        case models.IntegerField():
            return (value or 1) + 1
        case models.JSONField():
            return [*(value or []), "18"]
        case models.UUIDField():
            return value.__class__(int=value.int + 1)
        case models.ForeignKey():
            return Authority.objects.create(site=value.site, name="Rada Miasta")
    return f"{value or ''}1"


@pytest.mark.parametrize(
    "name", [field.name for kind in (CallFacts, CallAnnouncement) for field in kind._meta.local_fields]
)
def test_each_field_of_a_call_s_page_is_announced(name):
    page = call_page()
    before = facts_of(page)
    field = page._meta.get_field(name)
    setattr(page, name, another(field, getattr(page, name)))
    assert (facts_of(page) != before) is (name not in NO_FACTS)


def test_what_is_copied_is_there_to_be_copied():
    assert set(COPIED) <= {field.name for field in CallFacts._meta.local_fields}


@pytest.mark.parametrize(
    "name", [field.name for field in Organisation._meta.local_fields if not field.primary_key]
)
def test_each_line_of_a_card_makes_another_version_of_it(name):
    card = organisation(mail_city="Mysłowice", mail_street="ul. Polna 1", mail_postal_code="41-400")
    before = card_version(card)
    setattr(card, name, another(card._meta.get_field(name), getattr(card, name)))
    assert (card_version(card) != before) is (name not in NO_PART_OF_A_CARD)


def test_so_do_its_representatives():
    card = organisation()
    before = card_version(card)
    card.representatives.create(name="Ewa Nowa", function="prezeska")
    assert card_version(card) != before
