"""Grants that the city of the demo has awarded."""

from decimal import Decimal
from typing import Any

from django.db import transaction
from wagtail.models import Site

from mypart_wagtail.grants.models import Award, Call
from mypart_wagtail.organisations.models import Organisation
from sandbox.demo.content import day, read
from sandbox.demo.made import is_first_time


def make_awards(site: Site, organisations: dict[str, Organisation], calls: dict[str, Call]) -> None:
    """All of them, unless the demo has made them before or their organisation was deleted."""
    for about in read("awards")["awards"]:
        if about["organisation"] in organisations:
            _make_award(site, organisations[about["organisation"]], calls.get(about.get("call", "")), about)


@transaction.atomic
def _make_award(site: Site, organisation: Organisation, call: Call | None, about: dict[str, Any]) -> None:
    if is_first_time("award", f"{about['organisation']}/{about['title']}"):
        Award.objects.create(
            site=site,
            organisation=organisation,
            call=call,
            title=about["title"],
            year=int(about["year"]),
            amount=Decimal(about["amount"]),
            source_url=about["source_url"],
            awarded_on=day(about["days"]),
        )
