"""What the city's staff see of offers: nothing before the deadline but how many, everything after it."""

import csv
from datetime import UTC, datetime, timedelta
from io import BytesIO, StringIO

import openpyxl
import pytest
from django.urls import reverse
from django.utils import timezone

from mypart_wagtail.generator.models import Event, FormDocument, Snapshot
from mypart_wagtail.generator.pdf import PdfError
from mypart_wagtail.generator.services import snapshots
from mypart_wagtail.grants.kind import ApplicationKind, digest
from mypart_wagtail.grants.models import Application, CallPage
from mypart_wagtail.grants.permissions import may_read_submitted
from mypart_wagtail.grants.services.applications import (
    start_application,
    start_correction,
    submit_application,
)
from tests.grants.calls import open_call
from tests.grants.offers import sample_data
from tests.people import member, organisation, person

pytestmark = pytest.mark.database

SETTLING = timedelta(seconds=120)
LIST = "mypart_admin_applications:index"


@pytest.fixture
def club(db):
    return organisation()


@pytest.fixture
def signer(club):
    return member(club, "signer", is_signer=True)


@pytest.fixture
def call(db):
    return open_call()


@pytest.fixture
def clerk(db):
    return person("clerk", is_superuser=True, first_name="Feliks", last_name="Pieczątka")


@pytest.fixture
def submitted(signer, call, club) -> Application:
    return submit(signer, call, club)


def submit(signer, call, club, **data) -> Application:
    begun = start_application(signer, call=call, organisation=club, at=timezone.now())
    begun.document.data = sample_data() | data
    begun.document.save()
    return submit_again(signer, begun)


def submit_again(signer, application: Application) -> Application:
    fresh = Application.objects.with_parts().get(pk=application.pk)
    seen = digest(fresh, ApplicationKind().form(fresh.document))
    submit_application(signer, application=fresh, at=timezone.now(), seen=seen)
    return Application.objects.with_parts().get(pk=application.pk)


def close(call) -> None:
    """The intake has ended, and what was in is settled."""
    call.intake_until = timezone.now() - SETTLING
    call.save()


def reading(application: Application, name: str = "inspect") -> str:
    return reverse(f"mypart_admin_applications:{name}", args=[application.pk])


def text(response) -> str:
    return response.content.decode()


SECRETS = ("Letnia szkoła żeglarstwa", "Klub Żeglarski Szkwał", "1,520.00", "1,900.00")


@pytest.mark.parametrize("query", ["", "?q=Letnia", "?ordering=grant_requested"])
def test_before_the_deadline_staff_learn_only_how_many_offers_there_are(client, clerk, submitted, query):
    client.force_login(clerk)
    page = text(client.get(reverse(LIST) + query))
    assert "1 offer" in page
    assert not [secret for secret in (*SECRETS, submitted.number) if secret in page]


@pytest.mark.parametrize("export", ["csv", "xlsx"])
def test_nothing_sealed_is_exported(client, clerk, submitted, export):
    client.force_login(clerk)
    answer = client.get(reverse(LIST), {"export": export})
    assert len(list(rows(answer, export))) == 1


def test_a_sealed_offer_tells_nothing_and_opening_its_page_is_no_opening(client, clerk, submitted):
    client.force_login(clerk)
    page = text(client.get(reading(submitted)))
    assert "The offer is sealed." in page
    assert not [secret for secret in SECRETS if secret in page]
    assert client.get(reading(submitted, "pdf"), follow=True).status_code == 404
    assert not Event.objects.filter(name="opened").exists()


def test_after_the_deadline_it_is_read_and_the_reader_is_named_in_its_history(client, clerk, submitted, call):
    close(call)
    client.force_login(clerk)
    assert "(Wybrano: oferent; nie zalega(-ją))" in text(client.get(reading(submitted)))
    assert Event.objects.get(name="opened").actor == str(clerk.pk)
    page = text(client.get(reading(submitted)))
    for words in ("Draft begun", "Opened by staff", "Feliks Pieczątka", "signer@example.org"):
        assert words in page


@pytest.mark.parametrize("opens_early", [False, True])
def test_lists_and_pages_agree_on_what_may_be_read(clerk, signer, club, opens_early):
    application = submit(signer, open_call(staff_open_before_deadline=opens_early), club)
    now = timezone.now()
    for moment in (now, application.call.deadline + SETTLING):
        listed = Application.objects.readable_at(moment).exists()
        assert listed == may_read_submitted(clerk, application, moment)
        assert listed != Application.objects.sealed_at(moment).exists()
    call = application.call
    call.ended_early_at = now
    call.save()
    assert Application.objects.readable_at(now + SETTLING).exists()


def test_the_list_sums_what_counts_and_knows_no_drafts(client, clerk, signer, club, submitted, call):
    start_application(signer, call=call, organisation=club, at=timezone.now())
    close(call)
    client.force_login(clerk)
    page = text(client.get(reverse(LIST)))
    assert submitted.number in page
    assert page.count("mypart/applications/inspect/") == 1
    assert "1,520.00" in page


def test_staff_keep_seeing_what_was_submitted_while_a_correction_is_written(
    client, clerk, signer, submitted, call
):
    start_correction(signer, application=submitted, at=timezone.now())
    FormDocument.objects.update(data={"title": "Tajna korekta"}, title="Tajna korekta")
    close(call)
    client.force_login(clerk)
    for address in (reverse(LIST), reading(submitted)):
        page = text(client.get(address))
        assert "Letnia szkoła żeglarstwa" in page
        assert "Tajna korekta" not in page


def test_versions_that_were_replaced_are_named_with_their_checksums(client, clerk, signer, submitted, call):
    first = Snapshot.objects.get()
    start_correction(signer, application=submitted, at=timezone.now())
    submitted.document.refresh_from_db()
    submitted.document.data["title"] = "Better words"
    submitted.document.save()
    submit_again(signer, submitted)
    close(call)
    client.force_login(clerk)
    page = text(client.get(reading(submitted)))
    assert "Versions replaced by this one" in page
    assert first.checksum in page


def test_staff_get_the_pdf_even_if_its_task_never_ran(client, clerk, submitted, call):
    close(call)
    client.force_login(clerk)
    answer = client.get(reading(submitted, "pdf"))
    assert b"".join(answer.streaming_content).startswith(b"%PDF")


def test_a_pdf_that_cannot_be_made_leads_staff_to_the_page(client, clerk, submitted, call, monkeypatch):
    def fail(snapshot, *, is_waited_for):
        raise PdfError

    monkeypatch.setattr(snapshots, "pdf_of", fail)
    close(call)
    client.force_login(clerk)
    answer = client.get(reading(submitted, "pdf"), follow=True)
    assert answer.redirect_chain[-1][0] == reading(submitted)
    assert "The PDF could not be made" in text(answer)


def rows(answer, export: str):
    raw = b"".join(answer.streaming_content)
    if export == "csv":
        return csv.reader(StringIO(raw.decode()))
    return openpyxl.load_workbook(BytesIO(raw)).active.iter_rows(values_only=True)


@pytest.mark.parametrize("export", ["csv", "xlsx"])
def test_the_export_holds_what_the_office_needs_and_no_formula_that_someone_typed(
    client, clerk, signer, call, club, export
):
    application = submit(signer, call, club, title='=HYPERLINK("https://example.org")')
    close(call)
    client.force_login(clerk)
    heading, row = rows(client.get(reverse(LIST), {"export": export}), export)
    assert application.number in row
    assert application.snapshot.sha256 in row
    assert {"Call", "NIP", "Status", "SHA-256"} <= set(heading)
    typed = [cell for cell in row if isinstance(cell, str) and "HYPERLINK" in cell]
    assert typed == [("'" if export == "csv" else "") + application.title]


@pytest.mark.parametrize("export", ["csv", "xlsx"])
def test_moments_are_exported_as_the_screen_shows_them(client, clerk, submitted, call, export):
    """An offer of half past midnight in Warsaw is of that day, not of the day before."""
    moment = datetime(2026, 11, 30, 23, 30, tzinfo=UTC)
    Application.objects.filter(pk=submitted.pk).update(submitted_at=moment)
    close(call)
    client.force_login(clerk)
    _heading, row = rows(client.get(reverse(LIST), {"export": export}), export)
    assert "2026-12-01 00:30:00" in map(str, row)


@pytest.mark.parametrize("count", [1, 8])
def test_the_list_asks_the_database_as_often_for_many_offers_as_for_one(
    client, clerk, signer, call, club, count, django_assert_max_num_queries
):
    for _ in range(count):
        submit(signer, call, club)
    close(call)
    client.force_login(clerk)
    client.get(reverse(LIST))
    with django_assert_max_num_queries(26):
        client.get(reverse(LIST))


def test_the_seal_opens_for_nobody_after_an_offer_was_submitted(clerk, submitted, call):
    page = CallPage.objects.get()
    page.staff_open_before_deadline = True
    page.save_revision().publish()
    fresh = Application.objects.with_parts().get(pk=submitted.pk)
    assert fresh.call.terms.staff_open_before_deadline
    assert not may_read_submitted(clerk, fresh, timezone.now())
    assert submitted not in Application.objects.all().readable_at(timezone.now())


def test_the_history_of_a_sealed_offer_tells_what_happened_and_not_who_did_it(client, clerk, submitted, call):
    client.force_login(clerk)
    histories = [reading(submitted), reverse("mypart_admin_calls:inspect", args=[call.pk])]
    for address in histories:
        page = text(client.get(address))
        assert "sealed" in page
        assert "signer@example.org" not in page
    assert "Submitted" in text(client.get(histories[0]))
    assert "Offer submitted" in text(client.get(histories[1]))
    close(call)
    for address in histories:
        assert "signer@example.org" in text(client.get(address))
