"""Lists of offers and terms of calls say what was submitted and announced, or that is found out."""

import hashlib
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest
import rfc8785
from django.urls import reverse
from django.utils import timezone

from mypart_wagtail.generator.models import Event, FormDocument, Snapshot
from mypart_wagtail.generator.services.snapshots import erase_snapshot
from mypart_wagtail.generator.verification import mismatches as all_mismatches
from mypart_wagtail.grants.kind import ApplicationKind, digest
from mypart_wagtail.grants.models import Application, Call, CallPage
from mypart_wagtail.grants.models.call import CallVersion
from mypart_wagtail.grants.services.applications import (
    start_application,
    start_correction,
    submit_application,
    withdraw_application,
)
from mypart_wagtail.grants.services.authorisation import confirm_authorisation
from mypart_wagtail.grants.services.calls import cancel_call, end_intake_early
from mypart_wagtail.grants.verification import mismatches
from tests.grants.calls import call_page, once_settled, open_call, published
from tests.grants.offers import sample_data
from tests.people import member, organisation, person

pytestmark = pytest.mark.database


@pytest.fixture
def signer(db):
    return member(organisation(), "signer", is_signer=True)


@pytest.fixture
def boss(db):
    return person("boss", is_superuser=True)


@pytest.fixture
def offer(signer) -> Application:
    return submitted(signer, open_call())


def submitted(actor, call) -> Application:
    club = actor.mypart_memberships.get().organisation
    begun = start_application(actor, call=call, organisation=club, at=timezone.now())
    begun.document.data = sample_data()
    begun.document.save()
    return submit(actor, begun)


def submit(actor, offer: Application) -> Application:
    fresh = Application.objects.with_parts().get(pk=offer.pk)
    seen = digest(fresh, ApplicationKind().form(fresh.document))
    submit_application(actor, application=fresh, at=timezone.now(), seen=seen)
    return Application.objects.with_parts().get(pk=offer.pk)


def take_out(**which: object) -> None:
    """Take events out behind the back of the application, as whoever owns the database can."""
    events = Event.objects.filter(**which)
    assert events.exists()
    events._raw_delete(events.db)


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


def test_whatever_is_done_to_calls_and_offers_by_the_rules_matches(signer, boss):
    call = open_call(submitters="anyone", confirmation_days=7)
    editor = member(signer.mypart_memberships.get().organisation, "editor")
    confirmed = submitted(editor, call)
    confirm_authorisation(signer, application=confirmed, at=timezone.now())
    corrected = submitted(signer, call)
    start_correction(signer, application=corrected, at=timezone.now())
    FormDocument.objects.filter(pk=corrected.document_id).update(data=sample_data(actions=2))
    submit(signer, corrected)
    erased = submitted(signer, call)
    erase_snapshot(boss, snapshot=erased.snapshot, at=timezone.now())
    withdraw_application(signer, application=submitted(signer, call), at=timezone.now())
    end_intake_early(boss, call=call, reason="Pula wyczerpana")
    withdraw_application(signer, application=corrected, at=timezone.now())
    assert problems() == []
    cancel_call(boss, call=call, reason="Brak środków")
    assert problems() == []


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("code", "INNY/1"),
        ("title", "Inny tytuł"),
        ("areas", ["18"]),
        ("intake_from", timezone.now() - timedelta(days=300)),
        ("intake_until", timezone.now() + timedelta(days=400)),
        ("pool", Decimal("1.00")),
    ],
)
def test_a_column_of_a_call_that_was_not_announced_is_named(offer, column, value):
    Call.objects.update(**{column: value})
    [problem] = problems()
    assert problem.startswith(f"{column} is {value}, ")
    assert problem.endswith(" was announced")


def test_an_older_version_put_in_force_again_is_named(signer, offer):
    page = CallPage.objects.get()
    page.contact = "Inny telefon"
    page.save_revision().publish()
    Call.objects.update(current_version=CallVersion.objects.get(number=1))
    assert problems() == ["its version in force is 1, the chain tells of 2 last"]


@pytest.mark.parametrize(
    ("act", "event", "columns"),
    [(end_intake_early, "intake_ended_early", "ended_early"), (cancel_call, "cancelled", "cancelled")],
)
def test_an_act_on_a_call_that_was_undone_or_made_up_is_named(offer, boss, act, event, columns):
    done = act(boss, call=offer.call, reason="Powód")
    at = getattr(done, f"{columns}_at")
    Call.objects.update(**{f"{columns}_at": None, f"{columns}_reason": ""})
    assert problems() == [f"{columns}_at is None, the event says {at}"]
    Call.objects.update(**{f"{columns}_at": at, f"{columns}_reason": "Inny powód"})
    assert problems() == [f"{columns}_reason is not the reason that was given"]
    take_out(name=event)
    assert problems() == [f"{columns}_at is {at}, no event tells of that"]


def test_a_reason_for_short_notice_that_no_event_tells_of_is_named(offer):
    CallVersion.objects.update(short_notice_reason="Nagła potrzeba")
    assert problems() == ["the chain of the call does not tell of its reason for less than 21 days"]


@pytest.mark.parametrize("column", ["title", "submitted_at", "organisation", "call_version", "authorisation"])
def test_a_column_of_an_offer_that_was_not_submitted_so_is_named(offer, column):
    values = {
        "title": "Inny tytuł",
        "submitted_at": timezone.now() - timedelta(days=3),
        "organisation": organisation("Inna", register_number="0000999999"),
        "call_version": None,
        "authorisation": "to_be_confirmed",
    }
    Application.objects.update(**{column: values[column]})
    [problem] = problems()
    assert problem.startswith(f"{column} is ")
    assert problem.endswith(" was submitted")


def test_a_confirmation_that_no_event_tells_of_is_named(signer, offer):
    Application.objects.update(authorisation="confirmed", confirmed_by=signer, confirmed_at=timezone.now())
    assert problems() == ["no event says that it was confirmed"]


def test_a_confirmation_that_was_undone_or_moved_is_named(signer):
    editor = member(signer.mypart_memberships.get().organisation, "editor")
    offer = submitted(editor, open_call(submitters="anyone", confirmation_days=7))
    confirm_authorisation(signer, application=offer, at=timezone.now())
    Application.objects.update(confirmed_by=editor)
    assert problems() == ["it was not confirmed by whom it names"]
    Application.objects.update(confirmed_at=timezone.now())
    [problem] = problems()
    assert problem.startswith("confirmed_at is ")
    Application.objects.update(authorisation="to_be_confirmed")
    assert problems() == ["its authorisation is to_be_confirmed, an event says that it was confirmed"]


def test_an_earlier_version_taken_out_of_the_chain_of_its_call_is_named(signer, offer):
    first = offer.snapshot.sha256
    start_correction(signer, application=offer, at=timezone.now())
    FormDocument.objects.filter(pk=offer.document_id).update(data=sample_data(actions=2))
    submit(signer, offer)
    take_out(name="offer_submitted", payload__sha256=first)
    assert "the chain of its call does not tell of version 1" in problems()


def test_a_withdrawal_that_was_undone_is_named(signer, offer):
    withdraw_application(signer, application=offer, at=timezone.now())
    FormDocument.objects.update(status=FormDocument.Status.SUBMITTED)
    assert "the chain of its call tells that it was withdrawn" in problems()


def test_an_offer_let_in_after_the_deadline_then_in_force_is_named(signer, offer, boss):
    ended = end_intake_early(boss, call=offer.call, reason="Powód")
    Call.objects.update(ended_early_at=None)
    late = submitted(signer, Call.objects.with_parts().get())
    Call.objects.update(ended_early_at=ended.ended_early_at)
    with once_settled(offer.call):
        found = problems()
    assert any(each.startswith(f"offer {late.number} was taken ") for each in found)
    assert f"its list of offers has {late.number}, which was not in when the intake ended" in found


def test_an_offer_that_was_in_time_stays_so_when_its_call_is_given_another_end(offer, boss):
    end_intake_early(boss, call=offer.call, reason="Powód")
    assert problems() == []


def test_an_offer_taken_out_altogether_is_named_by_the_chain_of_its_call(signer, offer):
    other = submitted(signer, offer.call)
    Call.objects.update(intake_until=timezone.now())
    number, document = other.number, other.document
    other.delete()
    document.snapshots.all().delete()
    with once_settled(offer.call):
        found = problems()
    assert f"offer {number}, which the chain tells of in event 3, is gone" in found
    assert f"its list of offers lacks {number}, which was in when the intake ended" in found


def test_an_offer_brought_back_into_the_list_is_named(signer, offer):
    withdraw_application(signer, application=offer, at=timezone.now())
    Call.objects.update(intake_until=timezone.now())
    FormDocument.objects.update(status=FormDocument.Status.SUBMITTED)
    told = f"its list of offers has {offer.number}, which was not in when the intake ended"
    with once_settled(offer.call):
        assert told in problems()


def all_problems() -> list[str]:
    """What ``mypart_verify`` names, of documents too."""
    return [mismatch.problem for mismatch in all_mismatches()]


def change_working_copy(offer: Application) -> None:
    """As whoever owns the database can."""
    data = offer.document.data | {"title": "A title that nobody submitted"}
    FormDocument.objects.filter(pk=offer.document_id).update(data=data)


def test_a_changed_working_copy_is_named_and_a_correction_begins_with_what_was_submitted(signer, offer):
    change_working_copy(offer)
    assert all_problems() == ["its working copy is not what was submitted"]
    start_correction(signer, application=Application.objects.with_parts().get(pk=offer.pk), at=timezone.now())
    corrected = Application.objects.with_parts().get(pk=offer.pk)
    assert corrected.document.data["title"] == sample_data()["title"]
    assert all_problems() == []


def test_what_cannot_be_read_cannot_be_corrected_and_nobody_meets_an_error(client, signer, offer):
    Path(offer.snapshot.content.path).unlink()
    client.force_login(signer)
    answer = client.post(reverse("mypart_grants:correct", args=[offer.uuid]), follow=True)
    assert answer.status_code == 200
    assert "cannot be corrected. Please tell the office." in answer.content.decode()


@pytest.mark.parametrize(
    ("column", "value", "problem"),
    [
        ("published_at", timezone.now() - timedelta(days=300), "published_at is"),
        ("published_by", None, "who published it is not who the event names"),
    ],
)
def test_who_announced_a_version_and_when_is_told_by_the_chain(boss, column, value, problem):
    published(call_page(), user=boss)
    assert problems() == []
    CallVersion.objects.update(**{column: value})
    assert any(problem in each for each in problems())


def test_a_snapshot_taken_out_stops_neither_the_command_nor_the_page_of_the_call(client, signer, offer):
    other = submitted(signer, open_call(title="Another", code="MYS/OTHER"))
    Snapshot.objects.filter(pk=offer.snapshot.pk).delete()
    other.document.snapshots.all().update(sha256="0" * 64)
    found = all_problems()
    assert "it has a number, and nothing was submitted" in found
    assert "its content does not have its checksum" in found
    call = Call.objects.get(pk=offer.call_id)
    with once_settled(call):
        page = client.get(CallPage.objects.get(translation_key=call.translation_key).url)
    assert page.status_code == 200
    assert offer.number in page.content.decode()


def test_a_snapshot_without_what_it_should_have_is_one_finding_among_others(signer, offer, monkeypatch):
    """Its file says something, under the right checksum, that no offer says."""
    content = rfc8785.dumps({"data": {}})
    path = Path(offer.snapshot.content.path)
    path.write_bytes(content)
    digest_of_it = hashlib.sha256(content).hexdigest()
    Snapshot.objects.filter(pk=offer.snapshot.pk).update(sha256=digest_of_it)
    submitted(signer, open_call(title="Another", code="MYS/OTHER"))
    assert any("cannot be checked to the end" in problem for problem in all_problems())
