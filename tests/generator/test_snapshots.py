"""The PDF comes after the submission, come what may; what must go one day goes, and stays provable."""

from decimal import Decimal
from io import StringIO
from pathlib import Path
from uuid import uuid4

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.utils import timezone

from mypart_wagtail.generator.deeds import SetField
from mypart_wagtail.generator.events import broken_links
from mypart_wagtail.generator.filled import FilledForm
from mypart_wagtail.generator.models import Event, Snapshot, SnapshotErased
from mypart_wagtail.generator.pdf import PdfError
from mypart_wagtail.generator.services import snapshots
from mypart_wagtail.generator.services.changes import ChangeRequest, apply_changes
from mypart_wagtail.generator.services.documents import start_correction
from mypart_wagtail.generator.services.snapshots import erase_snapshot, store_pdf
from mypart_wagtail.generator.tasks import ATTEMPTS, render_snapshot_pdf
from tests.generator.sample import TEMPLATE, complete_data
from tests.generator.submissions import submit

pytestmark = pytest.mark.database


@pytest.fixture
def snapshot(author, document):
    return submit(author, document)


class Printer:
    """Stands in for the real one: fails ``failures`` times, then prints."""

    def __init__(self, failures: int) -> None:
        self.failures = failures
        self.calls = 0

    def __call__(self, snapshot: Snapshot, *, is_waited_for: bool = False) -> bytes:
        self.calls += 1
        if self.calls <= self.failures:
            raise PdfError
        return b"%PDF-"


def broken_printer(monkeypatch, failures: int = 1000) -> Printer:
    printer = Printer(failures)
    monkeypatch.setattr(snapshots, "pdf_of", printer)
    return printer


def render_pdfs() -> str:
    out = StringIO()
    call_command("mypart_render_pdfs", stdout=out, stderr=out)
    return out.getvalue()


def names(document) -> list[str]:
    return [event.name for event in Event.objects.filter(stream=document.uuid)]


def test_the_pdf_is_made_once_however_often_it_is_asked_for(snapshot, document):
    for _ in range(3):
        render_snapshot_pdf.enqueue(str(snapshot.uuid))
    snapshot.refresh_from_db()
    assert snapshot.pdf.read().startswith(b"%PDF")
    assert names(document) == ["started", "submitted", "pdf_stored"]
    assert len(list(Path(snapshot.pdf.path).parent.glob(f"{snapshot.uuid}*"))) == 1


def test_two_workers_at_once_leave_one_pdf(snapshot, document):
    first, second = Snapshot.objects.get(pk=snapshot.pk), Snapshot.objects.get(pk=snapshot.pk)
    store_pdf(first)
    store_pdf(second)
    assert names(document).count("pdf_stored") == 1


def test_a_failure_is_tried_again(snapshot, monkeypatch):
    printer = broken_printer(monkeypatch, failures=ATTEMPTS - 1)
    render_snapshot_pdf.enqueue(str(snapshot.uuid))
    snapshot.refresh_from_db()
    assert printer.calls == ATTEMPTS
    assert snapshot.pdf


def test_what_fails_again_and_again_is_given_up_and_made_by_the_command(snapshot, monkeypatch):
    printer = broken_printer(monkeypatch)
    render_snapshot_pdf.enqueue(str(snapshot.uuid))
    assert printer.calls == ATTEMPTS
    with pytest.raises(CommandError, match="Made 0, failed 1"):
        render_pdfs()
    monkeypatch.undo()
    assert "Made 1." in render_pdfs()
    assert "Made 0." in render_pdfs()
    snapshot.refresh_from_db()
    assert snapshot.pdf


def test_where_tasks_can_wait_each_try_waits_longer_than_the_one_before(snapshot, monkeypatch, settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}
    broken_printer(monkeypatch)
    backend = render_snapshot_pdf.get_backend()
    for attempt in range(1, ATTEMPTS):
        render_snapshot_pdf.func(str(snapshot.uuid), attempt)
    waits = [result.task.run_after - timezone.now() for result in backend.results]
    assert len(waits) == ATTEMPTS - 1
    assert waits == sorted(waits)
    with pytest.raises(PdfError):
        render_snapshot_pdf.func(str(snapshot.uuid), ATTEMPTS)


def test_erasing_takes_content_and_pdf_away_and_keeps_the_checksum(
    author, snapshot, document, django_capture_on_commit_callbacks
):
    store_pdf(snapshot)
    snapshot.refresh_from_db()
    files = [Path(snapshot.content.path), Path(snapshot.pdf.path)]
    with django_capture_on_commit_callbacks(execute=True):
        erase_snapshot(author, snapshot=snapshot, at=timezone.now())
    assert not any(file.exists() for file in files)
    kept = Snapshot.objects.get(pk=snapshot.pk)
    assert kept.sha256 == snapshot.sha256
    with pytest.raises(SnapshotErased):
        kept.read()
    events = list(Event.objects.filter(stream=document.uuid))
    assert events[-1].name == "erased"
    assert events[-1].payload["sha256"] == snapshot.sha256
    assert broken_links(events) == []


def test_an_erasing_that_fails_leaves_the_files(author, snapshot, monkeypatch):
    monkeypatch.setattr(snapshots, "append_event", lambda **facts: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        erase_snapshot(author, snapshot=snapshot, at=timezone.now())
    assert Snapshot.objects.get(pk=snapshot.pk).read()


def test_the_working_copy_goes_with_the_last_version_and_not_before(author, snapshot, document):
    start_correction(author, document=document)
    second = submit(author, document)
    erase_snapshot(author, snapshot=snapshot, at=timezone.now())
    document.refresh_from_db()
    assert document.data["title"]
    erase_snapshot(author, snapshot=second, at=timezone.now())
    document.refresh_from_db()
    assert document.data == {}
    assert document.title == ""


def test_erasing_twice_is_erasing_once_and_no_pdf_comes_back(author, snapshot, document):
    for _ in range(2):
        erase_snapshot(author, snapshot=snapshot, at=timezone.now())
    assert names(document).count("erased") == 1
    assert "Made 0." in render_pdfs()
    assert not Snapshot.objects.get(pk=snapshot.pk).pdf


def test_who_changed_what_goes_with_the_last_version(author, snapshot, document):
    start_correction(author, document=document)
    renaming = SetField(path="title", text="Obóz zimowy", based_on="Obóz letni")
    apply_changes(author, document=document, changes=[ChangeRequest(uuid4(), renaming)])
    assert document.changes.count() == 1
    erase_snapshot(author, snapshot=snapshot, at=timezone.now())
    assert not document.changes.exists()


def test_a_text_whose_field_has_come_to_take_it_is_frozen_as_a_value():
    form = FilledForm(TEMPLATE, complete_data() | {"title": {"typed": "Obóz letni"}})
    form.data["costs"]["rows"]["cccc"]["quantity"] = {"typed": "2"}
    assert form["title"] == "Obóz letni"
    assert form.answers()["title"] == "Obóz letni"
    assert form.answers()["costs"]["rows"]["cccc"]["quantity"] == "2"
    assert form.computed["costs/cccc/total"] == Decimal("201.00")
