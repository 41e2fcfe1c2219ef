"""Several people at once, each with a connection of their own: nothing is lost and nothing happens twice."""

from contextlib import suppress
from threading import Barrier, BrokenBarrierError
from uuid import uuid4

import pytest
from django.utils import timezone

from mypart_wagtail.generator.deeds import SetField
from mypart_wagtail.generator.events import broken_links
from mypart_wagtail.generator.models import Event, FormDocument, Snapshot
from mypart_wagtail.generator.services.changes import ChangeRequest, Result, apply_changes
from mypart_wagtail.grants.kind import ApplicationKind, digest
from mypart_wagtail.grants.models import Application
from mypart_wagtail.grants.services.applications import (
    start_application,
    start_correction,
    submit_application,
)
from mypart_wagtail.grants.services.authorisation import NoRoom, confirm_authorisation
from mypart_wagtail.models import OutgoingMail
from mypart_wagtail.organisations.services import ask_to_join
from tests.at_once import at_once
from tests.grants.calls import open_call
from tests.grants.offers import sample_data
from tests.people import member, organisation, person

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.database]

ROUNDS = 5


@pytest.fixture
def club():
    return organisation()


@pytest.fixture
def signer(club):
    return member(club, "signer", is_signer=True)


@pytest.fixture
def call():
    return open_call()


@pytest.fixture
def offer(signer, call, club) -> Application:
    return complete(signer, call, club)


def complete(signer, call, club) -> Application:
    begun = start_application(signer, call=call, organisation=club, at=timezone.now())
    begun.document.data = sample_data()
    begun.document.save()
    return begun


def submit(signer, offer: Application) -> Snapshot:
    """As one browser does: what was seen is what stands there."""
    fresh = Application.objects.with_parts().get(pk=offer.pk)
    seen = digest(fresh, ApplicationKind().form(fresh.document))
    return submit_application(signer, application=fresh, at=timezone.now(), seen=seen)


def test_people_who_type_in_different_fields_at_once_lose_nothing(offer, signer):
    texts = [f"costs/cost{action:04}x{cost:04}/name" for action in (1, 2) for cost in (1, 2, 3)]

    def type_in(path: str) -> list[Result]:
        """Type in one field, one letter after the other, each a save of its own."""
        row = path.split("/")[1]
        typed = offer.document.data["costs"]["rows"][row]["name"]
        results = []
        for letter in "zmiana"[:ROUNDS]:
            deed = SetField(path=path, text=typed + letter, based_on=typed)
            _form, [outcome] = apply_changes(
                signer, document=offer.document, changes=[ChangeRequest(uuid4(), deed)]
            )
            results.append(outcome.result)
            typed += letter
        return results

    outcomes = at_once(*[lambda path=path: type_in(path) for path in texts])

    assert outcomes == [[Result.APPLIED] * ROUNDS] * len(texts)
    kept = FormDocument.objects.get(pk=offer.document.pk)
    rows = kept.data["costs"]["rows"]
    assert all(rows[path.split("/")[1]]["name"].endswith("zmiana"[:ROUNDS]) for path in texts)
    assert kept.changes.count() == ROUNDS * len(texts)


def test_in_the_same_field_one_is_kept_and_all_others_are_told(offer, signer):
    def type_over(text: str) -> Result:
        deed = SetField(path="title", text=text, based_on="Letnia szkoła żeglarstwa dla dzieci")
        _form, [outcome] = apply_changes(
            signer, document=offer.document, changes=[ChangeRequest(uuid4(), deed)]
        )
        return outcome.result

    texts = [f"Tytuł {number}" for number in range(6)]
    results = at_once(*[lambda text=text: type_over(text) for text in texts])

    assert sorted(results) == [Result.APPLIED] + [Result.CONFLICT] * 5
    kept = FormDocument.objects.get(pk=offer.document.pk)
    assert kept.title == texts[results.index(Result.APPLIED)]


def test_an_offer_submitted_from_several_browsers_at_once_is_submitted_once(offer, signer, call):
    snapshots = at_once(*[lambda: submit(signer, offer)] * 4)

    assert len({snapshot.uuid for snapshot in snapshots}) == 1
    assert Snapshot.objects.count() == 1
    assert Event.objects.filter(stream=offer.document.uuid, name="submitted").count() == 1
    assert Event.objects.filter(stream=call.uuid, name="offer_submitted").count() == 1
    assert OutgoingMail.objects.filter(to="signer@example.org").count() == 1


def test_offers_submitted_at_once_get_numbers_of_their_own_in_one_unbroken_chain(signer, call, club):
    offers = [complete(signer, call, club) for _ in range(4)]

    at_once(*[lambda offer=offer: submit(signer, offer) for offer in offers])

    assert sorted(Application.objects.values_list("sequence", flat=True)) == [1, 2, 3, 4]
    assert not broken_links(Event.objects.filter(stream=call.uuid).order_by("sequence"))
    assert Event.objects.filter(stream=call.uuid, name="offer_submitted").count() == 4


def test_confirming_while_a_colleague_begins_a_correction_leaves_one_unbroken_chain(signer, club):
    editor = member(club, "editor")
    call = open_call(submitters="anyone", confirmation_days=7)
    offer = complete(editor, call, club)
    submit(editor, offer)

    at_once(
        lambda: confirm_authorisation(signer, application=offer, at=timezone.now()),
        lambda: start_correction(editor, application=offer, at=timezone.now()),
    )

    events = Event.objects.filter(stream=offer.document.uuid).order_by("sequence")
    assert not broken_links(events)
    assert {"authorisation_confirmed", "correction_started"} <= {event.name for event in events}


def test_confirmations_at_once_never_exceed_the_limit_of_the_call(signer, club, monkeypatch):
    call = open_call(submitters="anyone", confirmation_days=7, offers_per_organisation=1)
    offers = []
    for name in ("first", "second"):
        stranger = person(name)
        ask_to_join(stranger, organisation=club)
        offers.append(complete(stranger, call, club))
        submit(stranger, offers[-1])
    both_have_looked = Barrier(2, timeout=1)
    looked = Application.has_room.fget

    def look_together(application: Application) -> bool:
        has_room = looked(application)
        with suppress(BrokenBarrierError):
            both_have_looked.wait()
        return has_room

    monkeypatch.setattr(Application, "has_room", property(look_together))

    def confirm(offer: Application) -> str:
        try:
            confirm_authorisation(signer, application=offer, at=timezone.now())
        except NoRoom:
            return "no room"
        return "confirmed"

    results = at_once(*[lambda offer=offer: confirm(offer) for offer in offers])

    assert sorted(results) == ["confirmed", "no room"]
    assert Application.objects.taking_a_place().filter(call=call).count() == 1
