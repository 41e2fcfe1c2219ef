"""Whatever is missing or wrong in an offer is a link, and the link reaches the very place."""

import pytest
from django.utils import timezone
from lxml import html

from mypart_wagtail.generator.rules import failures
from mypart_wagtail.generator.screens import failure_url
from mypart_wagtail.grants.kind import ApplicationKind
from mypart_wagtail.grants.services.applications import start_application
from tests.grants.calls import open_call
from tests.grants.offers import sample_data
from tests.people import member, organisation

FOCUSABLE = {"input", "textarea"}


def two_years(**cells: str) -> dict:
    """A budget over two years whose first cost is changed."""
    data = sample_data(actions=2, costs_per_action=2, years=2)
    data["costs"]["rows"]["cost0001x0001"] |= cells
    return data


def without(table: str) -> dict:
    return sample_data() | {table: {"order": [], "rows": {}}}


FILLED = {
    "nothing at all": dict,
    "no actions": lambda: without("actions"),
    "no results": lambda: without("results"),
    "no costs": lambda: without("costs") | {"admin_costs": {"order": [], "rows": {}}},
    "an empty cost": lambda: two_years(name="", unit="", unit_cost="", quantity="", year_1="", year_2=""),
    "years that do not add up": lambda: two_years(year_1="0.01"),
    "text that is no amount": lambda: two_years(unit_cost={"typed": "12.500"}),
    "dates out of order": lambda: sample_data() | {"start": "2027-12-01", "end": "2026-01-01"},
    "actions outside the task": lambda: sample_data() | {"start": "2027-06-01", "end": "2027-07-01"},
    "a grant over everything": lambda: sample_data() | {"grant": "900000.00"},
    "no own money": lambda: sample_data() | {"own_financial": "0.00"},
    "costs of administration over the limit": lambda: _much_administration(),
    "fees of an unpaid task": lambda: sample_data() | {"fees": "5.00"},
    "a paid task without fees": lambda: sample_data() | {"paid": "yes"},
}


def _much_administration() -> dict:
    data = sample_data()
    data["admin_costs"]["rows"]["admin0001"]["unit_cost"] = "90000.00"
    return data


@pytest.fixture
def signer(db):
    return member(organisation(), "signer", is_signer=True)


@pytest.fixture
def document(signer):
    call = open_call(
        own_contribution_min=20, financial_contribution_min=10, admin_costs_max=10, fees_allowed=False
    )
    club = signer.mypart_memberships.get().organisation
    return start_application(signer, call=call, organisation=club, at=timezone.now()).document


@pytest.mark.parametrize("filled", FILLED)
def test_every_link_to_a_gap_reaches_an_input_on_its_page(client, signer, document, filled):
    document.data = FILLED[filled]()
    document.save()
    client.force_login(signer)
    form = ApplicationKind().form(document)
    found = failures(form)
    assert found
    pages = {}
    lost = []
    for failure in found:
        address, _hash, anchor = failure_url(document, form, failure).partition("#")
        if address not in pages:
            pages[address] = html.fromstring(client.get(address).content)
        targets = pages[address].xpath("//*[@id=$anchor]", anchor=anchor)
        if not targets or not (targets[0].tag in FOCUSABLE or targets[0].get("tabindex")):
            lost.append(f"{failure.message} -> {address}#{anchor}")
    assert lost == []
