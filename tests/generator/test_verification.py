"""Whoever changes what was submitted, or what happened, is found out and named."""

import hashlib
import json
import os
from contextlib import suppress
from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from mypart_wagtail.generator import anchors
from mypart_wagtail.generator.events import append_event
from mypart_wagtail.generator.models import Event, FormDocument, Snapshot
from mypart_wagtail.generator.services.documents import start_correction
from mypart_wagtail.generator.services.snapshots import erase_snapshot, store_pdf
from mypart_wagtail.generator.verification import Mismatch, mismatches
from tests.generator.submissions import submit

pytestmark = pytest.mark.database


@pytest.fixture
def snapshot(author, document):
    """The first of two submitted versions, both with their PDFs."""
    first = submit(author, document)
    start_correction(author, document=document)
    for each in (first, submit(author, document)):
        store_pdf(each)
    first.refresh_from_db()
    return first


def verify() -> str:
    out = StringIO()
    call_command("mypart_verify", stdout=out)
    return out.getvalue()


def named() -> list[str]:
    """What the command names before it gives up with exit code 1."""
    out = StringIO()
    with pytest.raises(CommandError) as error:
        call_command("mypart_verify", stdout=out)
    lines = out.getvalue().splitlines()
    assert error.value.returncode == 1
    assert f"{len(lines)} mismatches" in str(error.value)
    return lines


def change(model: type, where: object, **columns: object) -> None:
    """Change a row behind the back of the application."""
    with connection.cursor() as cursor:
        for column, value in columns.items():
            cursor.execute(
                f"UPDATE {model._meta.db_table} SET {column} = %s WHERE id = %s",  # noqa: S608
                [value, where.pk],
            )


def delete(model: type, where: object) -> None:
    with connection.constraint_checks_disabled(), connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {model._meta.db_table} WHERE id = %s", [where.pk])  # noqa: S608


def event(name: str) -> Event:
    return Event.objects.filter(name=name).order_by("pk").first()


def test_what_nobody_touched_matches(snapshot):
    assert "everything matches" in verify()


def test_an_empty_installation_matches(db):
    assert "everything matches" in verify()


def test_content_that_was_changed_is_named(snapshot):
    path = Path(snapshot.content.path)
    path.write_bytes(path.read_bytes().replace("Obóz".encode(), b"Obraz"))
    [line] = named()
    assert snapshot.checksum in line
    assert str(snapshot.document.uuid) in line
    assert "content does not have its checksum" in line


def test_content_changed_together_with_its_checksum_is_named(snapshot):
    path = Path(snapshot.content.path)
    content = path.read_bytes().replace("Obóz".encode(), b"Obraz")
    path.write_bytes(content)
    change(Snapshot, snapshot, sha256=hashlib.sha256(content).hexdigest())
    [line] = named()
    assert "checksum is not the one in the event of its submission" in line


def test_content_that_is_not_canonical_is_named(author, document, monkeypatch):
    monkeypatch.setattr("rfc8785.dumps", lambda content: json.dumps(content, indent=1).encode())
    submit(author, document)
    monkeypatch.undo()
    assert any("not canonical JSON" in line for line in named())


def test_content_that_is_gone_is_named(snapshot):
    Path(snapshot.content.path).unlink()
    [line] = named()
    assert "content cannot be read (FileNotFoundError)" in line


def test_a_pdf_that_was_changed_is_named(snapshot):
    with open(snapshot.pdf.path, "ab") as file:
        file.write(b" ")
    [line] = named()
    assert "PDF does not have its checksum" in line


def test_a_pdf_changed_together_with_its_checksum_is_named(snapshot):
    change(Snapshot, snapshot, pdf_sha256="0" * 64)
    assert any("PDF is not the one in the event of its making" in line for line in named())


def test_a_pdf_that_is_gone_is_named(snapshot):
    change(Snapshot, snapshot, pdf="")
    [line] = named()
    assert "its PDF is gone" in line


@pytest.mark.parametrize(
    ("column", "value", "problem"),
    [
        ("submitted_at", "2020-01-01 00:00:00+00:00", "time is not that"),
        ("number", 7, "number is not the one"),
    ],
)
def test_a_row_that_was_changed_is_named(snapshot, column, value, problem):
    change(Snapshot, snapshot, **{column: value})
    [line] = named()
    assert problem in line


def test_a_snapshot_that_was_taken_out_is_named(snapshot):
    delete(Snapshot, snapshot)
    [line] = named()
    assert line.startswith(f"Event {event('submitted').sequence} (submitted) of {snapshot.document.uuid}")
    assert "snapshot it tells of is gone" in line


@pytest.mark.parametrize(
    "changed",
    [{"name": "withdrawn"}, {"actor": "999"}, {"at": "2020-01-01 00:00:00+00:00"}, {"payload": "{}"}],
    ids=["name", "actor", "time", "payload"],
)
def test_an_event_that_was_changed_is_named(snapshot, changed):
    forged = event("correction_started") if "payload" not in changed else event("pdf_stored")
    change(Event, forged, **changed)
    assert any(line.startswith(f"Event {forged.sequence} (") and "was changed" in line for line in named())


def test_an_event_that_was_taken_out_is_noticed_in_the_next(snapshot):
    gone = event("correction_started")
    delete(Event, gone)
    [line] = named()
    assert line.startswith(f"Event {gone.sequence + 1} (submitted)")


def test_an_event_taken_off_the_end_is_noticed(author, document):
    submit(author, document)
    delete(Event, event("submitted"))
    lines = named()
    assert any("no event says that it was submitted" in line for line in lines)
    assert any("its status is submitted, its last event is started" in line for line in lines)


def test_a_status_that_was_changed_is_named(snapshot):
    change(type(snapshot.document), snapshot.document, status="withdrawn")
    [line] = named()
    assert "its status is withdrawn, its last event is submitted" in line


def test_what_was_erased_still_matches_and_a_forged_erasing_does_not(author, snapshot):
    erase_snapshot(author, snapshot=snapshot, at=timezone.now())
    assert "everything matches" in verify()
    other = Snapshot.objects.get(number=2)
    change(Snapshot, other, erased_at="2020-01-01 00:00:00+00:00")
    [line] = named()
    assert "no event says that it was erased" in line


def test_no_check_loads_the_working_copies_of_all_documents_at_once(snapshot):
    with CaptureQueriesContext(connection) as queries:
        assert list(mismatches()) == []
    large = [each["sql"] for each in queries if '"mypart_generator_formdocument"."data"' in each["sql"]]
    assert all(f'"mypart_generator_formdocument"."id" = {snapshot.document_id} ' in sql for sql in large)


def test_an_answer_changed_in_the_working_copy_of_what_was_submitted_is_named(snapshot):
    document = snapshot.document
    FormDocument.objects.filter(pk=document.pk).update(data=document.data | {"title": "Another title"})
    [line] = named()
    assert "its working copy is not what was submitted" in line


@pytest.mark.parametrize("model", [Snapshot, FormDocument])
def test_another_revision_of_the_template_is_named(author, document, model):
    last = submit(author, document)
    change(model, last if model is Snapshot else document, template_revision=99)
    assert any("template_revision is 99" in line or "99 was submitted" in line for line in named())


def test_who_submitted_cannot_be_taken_out(snapshot):
    change(Snapshot, snapshot, submitted_by_id=None)
    [line] = named()
    assert "who submitted it is not who the event of its submission names" in line


def test_an_account_that_was_deleted_is_no_finding(author, snapshot):
    author.delete()
    assert Snapshot.objects.get(pk=snapshot.pk).submitted_by is None
    assert "everything matches" in verify()


def test_a_check_that_breaks_off_is_one_finding_among_others(snapshot, monkeypatch):
    def broken() -> list[Mismatch]:
        raise KeyError("number")

    def sound() -> list[Mismatch]:
        return [Mismatch("Offer 7", "it is gone")]

    monkeypatch.setattr("mypart_wagtail.generator.verification.providers_of", lambda prefix: [broken, sound])
    first, second = named()
    assert "cannot be checked to the end (KeyError: 'number')" in first
    assert second == "Offer 7: it is gone"


@pytest.fixture
def anchor(tmp_path) -> Path:
    return tmp_path / "anchor.txt"


@pytest.fixture
def later(monkeypatch):
    """As if all that happened were old enough."""
    monkeypatch.setattr(anchors, "ON_THE_WAY", timedelta(hours=-1))


def verify_by(anchor: Path) -> list[str]:
    out = StringIO()
    with suppress(CommandError):
        call_command("mypart_verify", anchor=anchor, stdout=out)
    return out.getvalue().splitlines()


def test_the_anchor_grows_by_a_line_a_day_while_everything_matches(snapshot, anchor, later):
    for _day in range(3):
        assert "everything matches" in verify_by(anchor)[0]
    lines = anchor.read_text().splitlines()
    assert len(lines) == 3
    assert f" {Event.objects.count()} " in lines[-1]


def test_what_is_too_young_is_not_anchored_yet(snapshot, anchor):
    verify_by(anchor)
    assert " 0 " in anchor.read_text()


def remind(document) -> Event:
    with transaction.atomic():
        return append_event(stream=document.uuid, name="reminded")


def test_what_was_taken_off_the_end_of_a_chain_is_named_by_the_anchor(author, document, anchor, later):
    remind(document)
    verify_by(anchor)
    delete(Event, event("reminded"))
    assert "everything matches" in verify()
    [line] = verify_by(anchor)
    assert "it was made of 2 events, 1 are there" in line
    assert len(anchor.read_text().splitlines()) == 1


def test_an_event_put_in_the_place_of_another_is_named_by_the_anchor(author, document, anchor, later):
    gone = remind(document)
    verify_by(anchor)
    delete(Event, gone)
    with transaction.atomic():
        append_event(stream=document.uuid, name="other", at=gone.at)
    [line] = verify_by(anchor)
    assert "the events before it are not those it was made of" in line


def test_an_anchor_that_cannot_be_read_is_named(snapshot, anchor, later):
    anchor.write_text("yesterday all was well\n")
    [line] = verify_by(anchor)
    assert line == "Anchor: its last line cannot be read: yesterday all was well"


def test_a_file_that_no_snapshot_knows_of_is_named_once_its_transaction_must_be_over(snapshot):
    stray = Path(snapshot.content.path).with_name("stray.json")
    stray.write_text("{}")
    assert "everything matches" in verify()
    long_ago = (timezone.now() - timedelta(hours=1)).timestamp()
    os.utime(stray, (long_ago, long_ago))
    assert named() == ["File snapshots/stray.json: no snapshot knows of it"]
    stray.unlink()  # The store outlives the test.


def test_what_other_apps_compare_is_named_too(snapshot, monkeypatch):
    found = [Mismatch("Offer 7", "it is not what was submitted")]
    monkeypatch.setattr("mypart_wagtail.generator.verification.providers_of", lambda prefix: [lambda: found])
    assert "Offer 7: it is not what was submitted" in named()
