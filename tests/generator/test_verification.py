"""Whoever changes what was submitted, or what happened, is found out and named."""

import hashlib
import json
import os
from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from mypart_wagtail.generator.models import Event, Snapshot
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
    assert not any('"mypart_generator_formdocument"."data"' in each["sql"] for each in queries)


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
