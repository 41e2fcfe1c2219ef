"""Awarded grants for tests."""

from decimal import Decimal
from typing import Any

from mypart_wagtail.grants.models import Award
from mypart_wagtail.organisations.models import Organisation
from tests.sites import default_site

SOURCE = "https://bip.example.org/wyniki"


def award(organisation: Organisation, title: str = "Letnia szkoła żeglarstwa", **facts: Any) -> Award:
    """A grant that the city of the default site awarded in 2026."""
    known = {"site": default_site(), "year": 2026, "amount": Decimal("12500.00"), "source_url": SOURCE}
    return Award.objects.create(organisation=organisation, title=title, **known | facts)
