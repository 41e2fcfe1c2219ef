"""The life of a document: what was submitted is frozen and stays in force until something replaces it."""

import hashlib
import json
from uuid import uuid4

import pytest
from django.utils import timezone

from mypart_wagtail.generator.deeds import SetField
from mypart_wagtail.generator.events import append_event, broken_links
from mypart_wagtail.generator.models import Event, FormDocument, Snapshot, SnapshotDamaged
from mypart_wagtail.generator.services.changes import ChangeRequest, apply_changes
from mypart_wagtail.generator.services.documents import (
    NotComplete,
    WrongStatus,
    abandon_correction,
    start_correction,
    withdraw_document,
)
from tests.generator.submissions import submit

pytestmark = pytest.mark.database


def names(document) -> list[str]:
    return [event.name for event in Event.objects.filter(stream=document.uuid)]


def test_a_submission_freezes_the_content_with_its_checksum(author, document):
    snapshot = submit(author, document)
    assert document.status == FormDocument.Status.SUBMITTED
    assert snapshot.sha256 == hashlib.sha256(snapshot.read_bytes()).hexdigest()
    assert snapshot.checksum == "-".join((snapshot.sha256[:4], snapshot.sha256[4:8], snapshot.sha256[8:12]))
    assert snapshot.read()["data"]["title"] == "Obóz letni"


def test_the_frozen_content_is_canonical_json(author, document):
    content = submit(author, document).read_bytes()
    assert (
        content
        == json.dumps(json.loads(content), ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    )


def test_a_form_with_gaps_is_not_submitted_and_every_gap_is_named(author, document):
    document.data |= {"title": "", "start": {"typed": "jutro"}}
    document.data["costs"]["rows"]["cccc"]["unit_cost"] = ""
    with pytest.raises(NotComplete) as error:
        submit(author, document)
    assert [f.address for f in error.value.failures] == ["title", "start", "costs/cccc/unit_cost"]
    assert error.value.failures[2].group == "aaaa"
    assert not Snapshot.objects.exists()


def test_a_submitted_document_is_not_submitted_again(author, document):
    submit(author, document)
    with pytest.raises(WrongStatus):
        submit(author, document)


def test_a_correction_leaves_the_submitted_version_in_force_until_it_is_submitted(author, document):
    first = submit(author, document)
    start_correction(author, document=document)
    assert document.is_open
    assert document.is_in_force
    assert document.snapshots.latest("number") == first
    document.data["title"] = "Poprawiony"
    second = submit(author, document)
    assert second.number == 2
    assert first.read()["data"]["title"] == "Obóz letni"
    assert second.read()["data"]["title"] == "Poprawiony"
    assert names(document) == ["started", "submitted", "correction_started", "submitted"]


def test_an_abandoned_correction_leaves_what_was_submitted(author, document):
    submit(author, document)
    start_correction(author, document=document)
    document.data["title"] = "Zły pomysł"
    document.save()
    abandon_correction(author, document=document)
    assert FormDocument.objects.get(pk=document.pk).data["title"] == "Obóz letni"
    assert document.status == FormDocument.Status.SUBMITTED


def test_a_withdrawn_document_keeps_its_snapshot_and_counts_no_more(author, document):
    snapshot = submit(author, document)
    withdraw_document(author, document=document, at=timezone.now())
    assert not document.is_in_force
    assert not document.is_open
    assert snapshot.read()
    with pytest.raises(WrongStatus):
        withdraw_document(author, document=document, at=timezone.now())


def test_a_tampered_snapshot_is_noticed_when_read(author, document):
    snapshot = submit(author, document)
    with open(snapshot.content.path, "ab") as file:
        file.write(b" ")
    with pytest.raises(SnapshotDamaged):
        snapshot.read()


def test_the_chain_of_events_holds_and_shows_what_was_tampered_with(author, document):
    submit(author, document)
    start_correction(author, document=document)
    events = list(Event.objects.filter(stream=document.uuid))
    assert broken_links(events) == []
    events[1].payload["sha256"] = "0" * 64
    assert broken_links(events) == [events[1]]
    assert broken_links([events[0], events[2]]) == [events[2]]


def test_events_are_only_ever_added(author, document):
    event = Event.objects.get(stream=document.uuid)
    for deed in (event.save, event.delete, Event.objects.all().delete):
        with pytest.raises(TypeError):
            deed()
    with pytest.raises(TypeError):
        Event.objects.update(name="other")


@pytest.mark.django_db(transaction=True)
def test_an_event_belongs_into_the_transaction_of_its_deed():
    from uuid import uuid4

    from django.db.transaction import TransactionManagementError

    with pytest.raises(TransactionManagementError):
        append_event(stream=uuid4(), name="done")


def test_events_hold_no_names_and_no_words(author, document):
    submit(author, document)
    written = json.dumps([e.payload | {"actor": e.actor} for e in Event.objects.all()])
    for secret in ("author", "Obóz", "example.org"):
        assert secret not in written


def test_an_abandoned_correction_takes_the_name_it_gave_the_document_with_it(author, document):
    submit(author, document)
    start_correction(author, document=document)
    renaming = SetField(path="title", text="Obóz zimowy", based_on="Obóz letni")
    apply_changes(author, document=document, changes=[ChangeRequest(uuid4(), renaming)])
    document.refresh_from_db()
    assert document.title == "Obóz zimowy"
    abandon_correction(author, document=document)
    document.refresh_from_db()
    assert (document.title, document.data["title"]) == ("Obóz letni", "Obóz letni")


def test_throwing_a_correction_away_loses_no_answer_that_is_hidden_now(author, document):
    """What a call asks no more, it may ask again."""
    submit(author, document)
    start_correction(author, document=document)
    document.data["question-of-yesterday"] = "Answer"
    document.data["title"] = "Changed"
    document.save()
    abandon_correction(author, document=document)
    document.refresh_from_db()
    assert document.data["question-of-yesterday"] == "Answer"
    assert document.data["title"] != "Changed"
