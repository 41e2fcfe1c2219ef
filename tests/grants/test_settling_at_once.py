"""The moment at which a list of offers is told, with people and the server at work at once."""

import time
from datetime import datetime, timedelta
from threading import Event as Signal

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from mypart_wagtail.generator.models import Event, Snapshot
from mypart_wagtail.grants.kind import ApplicationKind, digest
from mypart_wagtail.grants.models import Application, Call, CallPage
from mypart_wagtail.grants.services.applications import IntakeClosed, start_application, submit_application
from tests.at_once import at_once
from tests.grants.calls import open_call
from tests.grants.offers import sample_data
from tests.people import member, organisation, person

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.database]

SECOND = timedelta(seconds=1)
BOUND = 3 * SECOND
PATIENCE = 30
"""Seconds after which a signal that does not come is a fault."""


@pytest.fixture(autouse=True)
def _short_bound(settings):
    settings.MYPART = settings.MYPART | {"ARRIVAL_BOUND": BOUND.seconds}


@pytest.fixture
def signer():
    return member(organisation(), "signer", is_signer=True)


@pytest.fixture
def offer(signer) -> Application:
    club = signer.mypart_memberships.get().organisation
    begun = start_application(signer, call=open_call(), organisation=club, at=timezone.now())
    begun.document.data = sample_data()
    begun.document.save()
    return Application.objects.with_parts().get(pk=begun.pk)


def end_now(call: Call) -> Call:
    """The intake ends at this moment, so that all that follows can be told in ``BOUND``."""
    Call.objects.filter(pk=call.pk).update(intake_until=timezone.now())
    return Call.objects.get(pk=call.pk)


def submit(signer, offer: Application, arrived: datetime) -> Snapshot:
    fresh = Application.objects.with_parts().get(pk=offer.pk)
    seen = digest(fresh, ApplicationKind().form(fresh.document))
    return submit_application(signer, application=fresh, at=arrived, seen=seen)


def sleep_until(moment: datetime) -> None:
    time.sleep(max(0, (moment - timezone.now()).total_seconds()))


def public_page(call: Call, clerk) -> str:
    page = CallPage.objects.get(translation_key=call.translation_key)
    return Client().get(page.get_url()).content.decode()


def list_of_staff(call: Call, clerk) -> str:
    client = Client()
    client.force_login(clerk)
    return client.get(reverse("mypart_admin_applications:index")).content.decode()


@pytest.mark.parametrize("read", [public_page, list_of_staff])
def test_whoever_reads_as_soon_as_it_is_told_sees_an_offer_that_is_just_being_written(signer, offer, read):
    clerk = person("clerk", is_superuser=True)
    call = end_now(offer.call)
    is_let_in = Signal()

    def write_slowly() -> None:
        with transaction.atomic():
            submit(signer, offer, call.deadline - SECOND)
            is_let_in.set()
            sleep_until(call.settled_at + SECOND)

    def read_at_once() -> str:
        assert is_let_in.wait(PATIENCE)
        sleep_until(call.settled_at)
        return read(call, clerk)

    _, page = at_once(write_slowly, read_at_once)

    assert Application.objects.get().number == f"{call.code}/1"
    assert f"{call.code}/1" in page


def test_an_offer_whose_turn_comes_only_after_it_was_told_is_not_in(signer, offer):
    call = end_now(offer.call)
    is_busy = Signal()

    def keep_busy() -> None:
        with transaction.atomic():
            Call.objects.select_for_update().get(pk=call.pk)
            is_busy.set()
            sleep_until(call.settled_at + SECOND / 10)

    def come_in_time() -> str:
        assert is_busy.wait(PATIENCE)
        assert not call.is_settled(timezone.now())
        try:
            submit(signer, offer, call.deadline - SECOND)
        except IntakeClosed:
            return "refused"
        return "in"

    _, outcome = at_once(keep_busy, come_in_time)

    assert outcome == "refused"
    assert not Event.objects.filter(stream=call.uuid, name="offer_submitted").exists()
    assert Application.objects.get().document.data == sample_data()
