"""From the page of submission to the receipt and what may follow it, as the people who do it see it."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.urls import reverse
from django.utils import timezone

from mypart_wagtail.generator.models import Event, FormDocument, Snapshot
from mypart_wagtail.generator.pdf import PdfError
from mypart_wagtail.generator.services import snapshots
from mypart_wagtail.grants.models import Application
from mypart_wagtail.grants.services import applications as services
from mypart_wagtail.grants.views import papers
from mypart_wagtail.languages import remember_language
from mypart_wagtail.models import OutgoingMail
from tests.grants.calls import open_call
from tests.grants.offers import sample_data
from tests.people import member, organisation


@pytest.fixture
def club(db):
    return organisation()


@pytest.fixture
def signer(club):
    return member(club, "signer", is_signer=True)


@pytest.fixture
def editor(club):
    return member(club, "editor")


@pytest.fixture
def call(db):
    return open_call()


@pytest.fixture
def draft(signer, call, club) -> Application:
    return complete(signer, call, club)


@pytest.fixture
def submitted(client, signer, draft) -> Application:
    client.force_login(signer)
    submit(client, draft)
    return draft


def complete(signer, call, club) -> Application:
    begun = services.start_application(signer, call=call, organisation=club, at=timezone.now())
    begun.document.data = sample_data()
    begun.document.save()
    return begun


def url(name: str, application: Application) -> str:
    return reverse(f"mypart_grants:{name}", args=[application.uuid])


def text(response) -> str:
    return response.content.decode()


def title(response) -> str:
    """What the browser's window says."""
    return " ".join(text(response).split("<title>")[1].split("</title>")[0].split())


def submit(client, application: Application):
    page = client.get(url("submit", application))
    return client.post(url("submit", application), {"seen": page.context["seen"]})


def change(application: Application, **data) -> None:
    document = FormDocument.objects.get(pk=application.document.pk)
    document.data |= data
    document.save()


def close(call) -> None:
    call.intake_until = timezone.now()
    call.save()


def status(application: Application) -> str:
    return FormDocument.objects.get(pk=application.document.pk).status


def snapshot_files() -> list[Path]:
    return [path for path in Path(Snapshot().content.storage.location).rglob("*.json") if path.is_file()]


def test_a_page_with_gaps_lists_them_calmly_and_pressing_the_button_names_them_as_errors(
    client, signer, draft
):
    change(draft, title="")
    client.force_login(signer)
    first = client.get(url("submit", draft))
    assert "Still to be mended" in text(first)
    assert "Error:" not in title(first)
    answer = client.post(url("submit", draft), {"seen": "x"})
    assert answer.status_code == 422
    assert title(answer).startswith("Error: Submit the offer")
    assert "The offer cannot be submitted yet" in text(answer)
    assert text(answer).count("description/?check=1#field-title") == 1


def test_the_deadline_may_pass_between_the_page_and_the_button(client, signer, draft, call):
    client.force_login(signer)
    seen = client.get(url("submit", draft)).context["seen"]
    close(call)
    answer = client.post(url("submit", draft), {"seen": seen})
    assert answer.status_code == 422
    assert "this request arrived on" in text(answer)
    assert "Everything you wrote is kept." in text(answer)
    assert "cannot be submitted yet" not in text(answer)
    assert "write to the office at once" in text(answer)
    assert ">Submit the offer</button>" not in text(answer)
    assert url("draft_pdf", draft) in text(answer)
    assert not Snapshot.objects.exists()


def test_who_submits_what_another_has_changed_is_told_who_it_was_and_submits_the_new_text(
    client, signer, editor, draft
):
    client.force_login(signer)
    seen = client.get(url("submit", draft)).context["seen"]
    change(draft, title="Zmieniony tytuł")
    FormDocument.objects.update(changed_by=editor, changed_at=timezone.now())
    answer = client.post(url("submit", draft), {"seen": seen})
    assert answer.status_code == 422
    assert "editor@example.org has changed the offer since you looked at it" in text(answer)
    again = client.post(url("submit", draft), {"seen": answer.context["seen"]})
    assert again["Location"] == url("receipt", draft)


def test_a_correction_is_never_called_an_offer_that_is_not_submitted(client, submitted):
    client.post(url("correct", submitted))
    page = text(client.get(url("submit", submitted)))
    assert "This correction is not submitted. The version submitted on" in page
    assert "This offer is not submitted." not in page


def test_the_receipt_names_the_versions_that_were_replaced(client, submitted):
    first = Snapshot.objects.get()
    client.post(url("correct", submitted))
    change(submitted, title="Poprawiony tytuł")
    submit(client, submitted)
    page = text(client.get(url("receipt", submitted)))
    newest = Snapshot.objects.latest("number")
    assert newest.sha256 in page
    assert f"checksum {first.checksum}" in page
    assert page.index(newest.checksum) < page.index(first.checksum)


def test_a_correction_that_missed_the_deadline_leaves_the_submitted_version_in_force(client, submitted, call):
    client.post(url("correct", submitted))
    close(call)
    page = text(client.get(url("receipt", submitted)))
    assert "was not submitted before the deadline. The version you see here counts." in page
    assert "Read the correction" in page
    assert "Submitted; the correction was not" in text(client.get(reverse("mypart_grants:applications")))


def test_opening_a_correction_twice_opens_it_once(client, submitted):
    answers = [client.post(url("correct", submitted)) for _ in range(2)]
    tasks = reverse("mypart_generator:tasks", args=[submitted.document.uuid])
    assert [answer["Location"] for answer in answers] == [tasks, tasks]
    assert Event.objects.filter(name="correction_started").count() == 1


@pytest.mark.database
def test_throwing_a_correction_away_asks_first(client, submitted):
    client.post(url("correct", submitted))
    question = text(client.get(url("abandon_correction", submitted)))
    assert "Everything written in the correction is lost" in question
    assert status(submitted) == FormDocument.Status.CORRECTING
    client.post(url("abandon_correction", submitted))
    assert status(submitted) == FormDocument.Status.SUBMITTED
    assert client.post(url("abandon_correction", submitted))["Location"] == url("receipt", submitted)


def test_withdrawing_twice_is_withdrawing_once(client, submitted):
    client.post(url("withdraw", submitted))
    assert client.post(url("withdraw", submitted))["Location"] == url("receipt", submitted)
    assert Event.objects.filter(name="withdrawn").count() == 1
    receipt = text(client.get(url("receipt", submitted)))
    assert "The offer is withdrawn" in receipt
    assert "What remains to be done" not in receipt


def test_a_page_left_open_cannot_bring_a_withdrawn_offer_back(client, submitted):
    client.post(url("correct", submitted))
    seen = client.get(url("submit", submitted)).context["seen"]
    client.post(url("withdraw", submitted))
    for name in ("submit", "rehearse"):
        answer = client.post(url(name, submitted), {"seen": seen}, follow=True)
        assert answer.redirect_chain[-1][0] == url("receipt", submitted)
    assert status(submitted) == FormDocument.Status.WITHDRAWN
    assert Snapshot.objects.count() == 1


@pytest.mark.parametrize("name", ["rehearse", "correct", "abandon_correction", "ask_signer", "withdraw"])
def test_who_signs_in_again_after_pressing_a_button_lands_on_a_page(client, signer, draft, name):
    client.force_login(signer)
    if name in ("correct", "abandon_correction", "withdraw"):
        submit(client, draft)
    assert client.get(url(name, draft), follow=True).status_code == 200


def test_an_editor_learns_that_nothing_is_missing_before_asking_the_signer(client, editor, draft):
    client.force_login(editor)
    page = text(client.post(url("rehearse", draft)))
    assert "Nothing is missing" in page
    assert "You can submit" not in page
    assert "only a signer" in page


def test_a_signer_is_not_flooded_with_links(client, signer, editor, draft):
    client.force_login(editor)
    for _ in range(3):
        answer = client.post(url("ask_signer", draft), {"signer": signer.pk}, follow=True)
    assert "signer@example.org was sent the link" in text(answer)
    assert OutgoingMail.objects.filter(to="signer@example.org").count() == 1
    services.ask_signer(
        editor, application=draft, signer=signer, at=timezone.now() + services.ASK_AGAIN_AFTER
    )
    assert OutgoingMail.objects.filter(to="signer@example.org").count() == 2


def test_nobody_is_asked_to_submit_what_is_submitted_or_too_late(client, signer, editor, draft, call):
    client.force_login(editor)
    close(call)
    answer = client.post(url("ask_signer", draft), {"signer": signer.pk}, follow=True)
    assert "The deadline has passed" in text(answer)
    assert not OutgoingMail.objects.exists()


def test_the_limit_of_offers_is_told_before_one_presses_the_button(client, signer, club):
    call = open_call(offers_per_organisation=1)
    first, second = complete(signer, call, club), complete(signer, call, club)
    client.force_login(signer)
    assert "may submit 1 offer in this call" in text(
        client.get(reverse("mypart_grants:start", args=[call.uuid]))
    )
    submit(client, first)
    page = text(client.get(url("submit", second)))
    assert "To submit this one, first withdraw another." in page


def test_offers_that_can_still_be_submitted_stand_first_by_their_deadline(client, signer, club):
    later, sooner = open_call(title="Later"), open_call(title="Sooner")
    sooner.intake_until = timezone.now() + timedelta(days=2)
    sooner.save()
    first = complete(signer, sooner, club)
    second = complete(signer, later, club)
    client.force_login(signer)
    third = complete(signer, later, club)
    submit(client, third)
    listed = client.get(reverse("mypart_grants:applications")).context["page_obj"]
    assert [application.pk for application in listed] == [first.pk, second.pk, third.pk]


def test_the_pdf_is_there_even_if_its_task_never_ran(client, submitted):
    assert not Snapshot.objects.get().pdf
    answer = client.get(url("offer_pdf", submitted))
    assert b"".join(answer.streaming_content).startswith(b"%PDF")
    assert Snapshot.objects.get().pdf


def test_a_pdf_that_cannot_be_made_hides_nothing(client, submitted, monkeypatch):
    def fail(snapshot, *, is_waited_for):
        raise PdfError

    monkeypatch.setattr(snapshots, "pdf_of", fail)
    answer = client.get(url("offer_pdf", submitted))
    assert answer.status_code == 202
    assert "Your offer is submitted" in text(answer)
    assert url("offer", submitted) in text(answer)


def test_a_version_whose_file_is_gone_is_told_and_breaks_nothing(client, submitted):
    Snapshot.objects.get().content.storage.delete(Snapshot.objects.get().content.name)
    response = client.get(url("offer", submitted))
    assert response.status_code == 503
    assert "What you submitted counts" in text(response)


def test_a_submission_that_fails_halfway_leaves_no_file_behind(client, signer, draft, monkeypatch):
    client.force_login(signer)
    before = snapshot_files()
    monkeypatch.setattr(services, "send_receipt", lambda *args, **facts: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        submit(client, draft)
    assert snapshot_files() == before
    assert status(draft) == FormDocument.Status.DRAFT


def test_a_rehearsal_leaves_no_file_behind(client, signer, draft):
    client.force_login(signer)
    before = snapshot_files()
    client.post(url("rehearse", draft))
    assert snapshot_files() == before


def test_each_reader_gets_mail_in_the_language_one_reads(client, signer, draft, club):
    remember_language(signer, "en")
    remember_language(member(club, "second", is_signer=True), "pl")
    client.force_login(signer)
    submit(client, draft)
    bodies = dict(OutgoingMail.objects.values_list("to", "body"))
    assert "Submitted:" in bodies["signer@example.org"]
    OutgoingMail.objects.all().delete()
    client.post(url("withdraw", draft))
    bodies = dict(OutgoingMail.objects.values_list("to", "body"))
    assert "Withdrawn by: signer@example.org" in bodies["signer@example.org"]
    assert "/en/" in bodies["signer@example.org"]
    assert "Osoba wycofująca ofertę: signer@example.org" in bodies["second@example.org"]
    assert "/pl/" in bodies["second@example.org"]


def test_the_mail_of_a_late_withdrawal_promises_no_new_offer(client, submitted, call):
    close(call)
    OutgoingMail.objects.all().delete()
    client.post(url("withdraw", submitted))
    bodies = dict(OutgoingMail.objects.values_list("to", "body"))
    assert set(bodies) == {"signer@example.org", submitted.organisation.email}
    for body in bodies.values():
        assert "the deadline for a new offer has passed" in body
        assert "/start/" not in body


def test_beginning_twice_leaves_one_draft_until_something_is_written(client, signer, call, club):
    client.force_login(signer)
    address = reverse("mypart_grants:start", args=[call.uuid])
    first, second = (client.post(address, {"organisation": club.uuid})["Location"] for _ in range(2))
    assert first == second
    change(Application.objects.get(), title="Rejs")
    assert client.post(address, {"organisation": club.uuid})["Location"] != first
    assert Application.objects.count() == 2


def test_a_draft_that_cannot_be_printed_is_told_in_words(client, signer, draft, monkeypatch):
    def fail(*blocks, **facts):
        raise PdfError

    monkeypatch.setattr(papers, "render_pdf", fail)
    client.force_login(signer)
    answer = client.get(url("draft_pdf", draft), follow=True)
    assert answer.redirect_chain[-1][0] == url("submit", draft)
    assert "The PDF of this offer could not be made. Your offer is kept" in text(answer)
