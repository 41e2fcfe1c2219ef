"""The list and the pages of calls in every state: axe, valid HTML, and no scrolling sideways."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone, translation

from mypart_wagtail.grants.kind import ApplicationKind, digest
from mypart_wagtail.grants.models import Application, Call, CallPage
from mypart_wagtail.grants.services.applications import start_application, submit_application
from tests.browser.axe import assert_accessible_in_each_look
from tests.browser.nu import assert_valid_html
from tests.grants.calls import call_page, open_call, published
from tests.grants.offers import sample_data
from tests.people import member, organisation

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def addresses() -> dict[str, str]:
    """Pages by state: open with everything set, changed, closed with an offer, just over, and to come."""
    now = timezone.now()
    opened = call_page(
        title="Open",
        own_contribution_min=Decimal("10"),
        admin_costs_max=Decimal("5"),
        offers_per_organisation=2,
        submitters="anyone",
        confirmation_days=7,
        filing="electronic_and_printout",
        filing_place="Ratusz, okienko 3",
        filing_until=now + timedelta(days=50),
    )
    published(opened)
    opened.pool = Decimal("120000.00")
    published(opened)
    closed = open_call(title="Closed")
    submit_one(closed)
    settled = now - timedelta(minutes=3)
    Call.objects.filter(pk=closed.pk).update(intake_until=settled, cancelled_at=settled)
    Call.objects.filter(pk=open_call(title="Just over").pk).update(intake_until=now)
    open_call(title="To come", intake_from=now + timedelta(days=3))
    with translation.override("en"):
        pages = {page.title: page.get_url() for page in CallPage.objects.all()}
    return {**pages, "list": "/en/konkursy/", "nothing found": "/en/konkursy/?area=20"}


def submit_one(call: Call) -> None:
    club = organisation()
    signer = member(club, "signer", is_signer=True)
    application = start_application(signer, call=call, organisation=club, at=timezone.now())
    application.document.data = sample_data()
    application.document.save()
    application = Application.objects.with_parts().get()
    seen = digest(application, ApplicationKind().form(application.document))
    submit_application(signer, application=application, at=timezone.now(), seen=seen)


def test_everyone_can_read_a_call_and_the_list_in_every_state(addresses, open_context):
    page = open_context().new_page()
    for address in addresses.values():
        page.goto(address)
        assert_accessible_in_each_look(page)


def test_the_pages_are_valid_html(addresses, client):
    for state in ("Open", "Closed", "Just over", "list"):
        assert_valid_html(client.get(addresses[state]).content.decode())
