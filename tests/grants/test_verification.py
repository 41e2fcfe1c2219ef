"""Lists of offers and terms of calls say what was submitted and announced, or that is found out."""

import pytest
from django.utils import timezone

from mypart_wagtail.generator.models import Event
from mypart_wagtail.grants.kind import ApplicationKind, digest
from mypart_wagtail.grants.models import Application
from mypart_wagtail.grants.models.call import CallVersion
from mypart_wagtail.grants.services.applications import (
    start_application,
    submit_application,
    withdraw_application,
)
from mypart_wagtail.grants.verification import mismatches
from tests.grants.calls import open_call
from tests.grants.offers import sample_data
from tests.people import member, organisation


@pytest.fixture
def signer(db):
    return member(organisation(), "signer", is_signer=True)


@pytest.fixture
def offer(signer) -> Application:
    club = signer.mypart_memberships.get().organisation
    begun = start_application(signer, call=open_call(), organisation=club, at=timezone.now())
    begun.document.data = sample_data()
    begun.document.save()
    fresh = Application.objects.with_parts().get(pk=begun.pk)
    seen = digest(fresh, ApplicationKind().form(fresh.document))
    submit_application(signer, application=fresh, at=timezone.now(), seen=seen)
    return Application.objects.with_parts().get(pk=begun.pk)


def problems() -> list[str]:
    return [mismatch.problem for mismatch in mismatches()]


def test_what_was_submitted_and_withdrawn_as_it_should_be_matches(signer, offer):
    assert problems() == []
    withdraw_application(signer, application=offer, at=timezone.now())
    assert problems() == []


def test_an_offer_taken_out_of_the_chain_of_its_call_is_named(offer):
    events = Event.objects.filter(stream=offer.call.uuid, name="offer_submitted")
    events._raw_delete(events.db)
    assert problems() == ["the chain of its call does not tell of the version in force"]


def test_a_changed_sum_or_number_in_a_list_is_named(offer):
    Application.objects.filter(pk=offer.pk).update(grant_requested=1, number="X/9")
    found = problems()
    assert "the chain of its call tells of it as MYS/2026/1/1" in found
    assert "grant_requested is 1.00, 1520.00 was submitted" in found


def test_changed_terms_of_a_version_are_named(offer):
    version = CallVersion.objects.get()
    CallVersion.objects.filter(pk=version.pk).update(facts=version.facts | {"pool": "1.00"})
    assert problems() == ["its facts are not those that were announced"]
