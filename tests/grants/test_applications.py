"""From a draft to a submitted offer: exactly once, in time, by the right people, and never silently."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from mypart_wagtail.generator.events import broken_links
from mypart_wagtail.generator.models import Event, FormDocument, Snapshot
from mypart_wagtail.generator.services.documents import NotComplete, WrongStatus
from mypart_wagtail.generator.services.snapshots import erase_snapshot, pdf_of
from mypart_wagtail.generator.verification import mismatches
from mypart_wagtail.grants.kind import ApplicationKind, digest
from mypart_wagtail.grants.models import Application, Call, CallPage
from mypart_wagtail.grants.services.applications import (
    ChangedMeanwhile,
    IntakeClosed,
    SubmissionRefused,
    abandon_correction,
    record_opening,
    rehearse_application,
    start_application,
    start_correction,
    submit_application,
    withdraw_application,
)
from mypart_wagtail.grants.services.authorisation import NoRoom, confirm_authorisation
from mypart_wagtail.models import OutgoingMail
from mypart_wagtail.organisations.card import card_snapshot
from mypart_wagtail.organisations.models import Membership
from mypart_wagtail.organisations.services import ask_to_join, decide_join_request
from tests.grants.calls import open_call
from tests.grants.offers import sample_data
from tests.people import member, organisation, person

pytestmark = pytest.mark.database


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


def draft(actor, call, club, **data) -> Application:
    """A complete draft."""
    application = start_application(actor, call=call, organisation=club, at=timezone.now())
    application.document.data = sample_data() | data
    application.document.save()
    return application


def seen(application: Application) -> str:
    fresh = Application.objects.with_parts().get(pk=application.pk)
    return digest(fresh, ApplicationKind().form(fresh.document))


def submit(actor, application: Application, at=None) -> Snapshot:
    return submit_application(actor, application=application, at=at or timezone.now(), seen=seen(application))


def test_a_signer_submits_and_holds_a_number_and_a_checksum(signer, call, club):
    application = draft(signer, call, club)
    snapshot = submit(signer, application)
    application.refresh_from_db()
    assert application.number == f"{call.code}/1"
    assert application.total_cost == Decimal("1900.00")
    assert application.grant_requested == Decimal("1520.00")
    assert application.authorisation == Application.Authorisation.SIGNER
    content = snapshot.read()
    assert content["number"] == application.number
    assert content["organisation"]["name"] == club.name
    assert content["organisation"]["representatives"] == [{"name": "Jan Kowalski", "function": "prezes"}]
    assert content["call"]["version"] == 1
    assert content["computed"]["total_cost"] == "1900.00"


def test_what_is_submitted_is_what_the_card_said_then(signer, call, club):
    snapshot = submit(signer, draft(signer, call, club))
    club.name = "Nowa nazwa"
    club.save()
    assert snapshot.read()["organisation"]["name"] == "Klub Żeglarski Szkwał"


def test_submitting_twice_gives_the_same_receipt(signer, call, club):
    application = draft(signer, call, club)
    first = submit(signer, application)
    second = submit_application(signer, application=application, at=timezone.now(), seen="whatever")
    assert first == second
    assert Snapshot.objects.count() == 1
    assert Event.objects.filter(name="offer_submitted").count() == 1


@pytest.mark.parametrize(("late", "is_in"), [(timedelta(microseconds=-1), True), (timedelta(0), False)])
def test_the_moment_of_arrival_decides_to_the_microsecond(signer, call, club, late, is_in):
    application = draft(signer, call, club)
    arrival = call.intake_until + late
    if is_in:
        assert submit(signer, application, at=arrival)
    else:
        with pytest.raises(IntakeClosed):
            submit(signer, application, at=arrival)
        assert not Snapshot.objects.exists()


def test_a_signer_never_submits_what_someone_changed_meanwhile(signer, call, club):
    application = draft(signer, call, club)
    looked_at = seen(application)
    application.document.data["title"] = "Zmieniony tytuł"
    application.document.save()
    with pytest.raises(ChangedMeanwhile):
        submit_application(signer, application=application, at=timezone.now(), seen=looked_at)


def test_an_editor_cannot_submit_where_only_signers_may(signer, editor, call, club):
    application = draft(editor, call, club)
    with pytest.raises(PermissionDenied):
        submit(editor, application)
    assert submit(signer, application)


def test_a_stranger_can_do_nothing(call, club, signer):
    stranger = person("stranger")
    application = draft(signer, call, club)
    with pytest.raises(PermissionDenied):
        start_application(stranger, call=call, organisation=club, at=timezone.now())
    for deed in (submit, lambda actor, it: rehearse_application(actor, application=it, at=timezone.now())):
        with pytest.raises(PermissionDenied):
            deed(stranger, application)


def test_gaps_keep_an_offer_from_being_submitted_and_nothing_is_written(signer, call, club):
    application = draft(signer, call, club, title="", grant="1.00")
    with pytest.raises(NotComplete) as error:
        submit(signer, application)
    assert [f.address for f in error.value.failures] == ["title", "grant"]
    application.refresh_from_db()
    assert application.number == ""
    assert not OutgoingMail.objects.exists()


def test_a_rehearsal_says_what_the_submission_would_and_leaves_no_trace(signer, call, club):
    application = draft(signer, call, club)
    events = Event.objects.count()
    rehearse_application(signer, application=application, at=timezone.now())
    application.refresh_from_db()
    assert application.number == ""
    assert (Snapshot.objects.count(), Event.objects.count(), OutgoingMail.objects.count()) == (0, events, 0)
    application.document.data["title"] = ""
    application.document.save()
    with pytest.raises(NotComplete):
        rehearse_application(signer, application=application, at=timezone.now())


def test_the_call_limits_offers_of_an_organisation(signer, club):
    call = open_call(offers_per_organisation=1)
    submit(signer, draft(signer, call, club))
    with pytest.raises(SubmissionRefused):
        submit(signer, draft(signer, call, club))


def test_a_withdrawn_offer_makes_room_for_another(signer, club):
    call = open_call(offers_per_organisation=1)
    first = draft(signer, call, club)
    submit(signer, first)
    withdraw_application(signer, application=first, at=timezone.now())
    second = draft(signer, call, club)
    submit(signer, second)
    second.refresh_from_db()
    assert second.number.endswith("/2")


def test_a_correction_replaces_the_offer_only_when_it_is_submitted(signer, call, club):
    application = draft(signer, call, club)
    first = submit(signer, application)
    start_correction(signer, application=application, at=timezone.now())
    application.document.refresh_from_db()
    application.document.data["title"] = "Poprawiony tytuł"
    application.document.save()
    assert call.closing_list()[0]["checksum"] == first.checksum
    second = submit(signer, application)
    application.refresh_from_db()
    assert application.title == "Poprawiony tytuł"
    assert application.number == f"{call.code}/1"
    assert call.closing_list()[0]["checksum"] == second.checksum


def test_a_correction_can_be_thrown_away(signer, call, club):
    application = draft(signer, call, club)
    submit(signer, application)
    start_correction(signer, application=application, at=timezone.now())
    abandon_correction(signer, application=application)
    application.document.refresh_from_db()
    assert application.document.status == FormDocument.Status.SUBMITTED


def test_nothing_is_corrected_after_the_deadline(signer, call, club):
    application = draft(signer, call, club)
    submit(signer, application)
    with pytest.raises(IntakeClosed):
        start_correction(signer, application=application, at=call.intake_until)


def test_withdrawing_is_mailed_to_every_signer_and_to_the_organisation(signer, call, club):
    member(club, "second", is_signer=True)
    application = draft(signer, call, club)
    submit(signer, application)
    OutgoingMail.objects.all().delete()
    withdraw_application(signer, application=application, at=timezone.now())
    assert set(OutgoingMail.objects.values_list("to", flat=True)) == {
        "signer@example.org",
        "second@example.org",
        "klub@example.org",
    }
    with pytest.raises(WrongStatus):
        withdraw_application(signer, application=application, at=timezone.now())


@pytest.mark.django_db(transaction=True)
def test_the_receipt_is_mailed_after_the_submission_with_the_full_checksum(mailoutbox):
    club = organisation()
    signer = member(club, "signer", is_signer=True)
    application = draft(signer, open_call(), club)
    assert not mailoutbox
    snapshot = submit(signer, application)
    assert [mail.to for mail in mailoutbox] == [["signer@example.org"], ["klub@example.org"]]
    assert snapshot.sha256 in mailoutbox[0].body
    assert snapshot.checksum in mailoutbox[0].body
    snapshot.refresh_from_db()
    assert snapshot.pdf.read().startswith(b"%PDF")


@pytest.mark.django_db(transaction=True)
def test_a_mail_server_that_is_away_undoes_nothing(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    club = organisation()
    signer = member(club, "signer", is_signer=True)
    application = draft(signer, open_call(), club)
    submit(signer, application)
    application.refresh_from_db()
    assert application.document.status == FormDocument.Status.SUBMITTED
    waiting = OutgoingMail.objects.first()
    assert waiting.sent_at is None
    assert waiting.last_error


def test_the_events_of_offer_and_call_make_unbroken_chains(signer, call, club):
    application = draft(signer, call, club)
    snapshot = submit(signer, application)
    of_call = list(Event.objects.filter(stream=call.uuid))
    assert [event.name for event in of_call] == ["announced", "offer_submitted"]
    assert of_call[1].payload["sha256"] == snapshot.sha256
    assert broken_links(of_call) == []
    assert call.closing_head() == of_call[1].hash


def test_each_opening_by_staff_is_an_event_once(signer, call, club):
    application = draft(signer, call, club)
    snapshot = submit(signer, application)
    clerk = person("clerk", is_superuser=True)
    for _ in range(2):
        record_opening(clerk, application=application, snapshot=snapshot)
    assert Event.objects.filter(stream=application.document.uuid, name="opened").count() == 1


def test_an_offer_keeps_the_terms_it_was_checked_against(signer, call, club):
    snapshot = submit(signer, draft(signer, call, club))
    page = CallPage.objects.get(translation_key=call.translation_key)
    page.pool = Decimal("60000.00")
    page.save_revision().publish()
    assert Call.objects.get(pk=call.pk).terms.pool == Decimal("60000.00")
    assert snapshot.read()["call"]["facts"]["pool"] == "100000.00"


def test_what_remains_to_be_done_stays_as_it_was_at_the_submission_whatever_the_call_says_later(
    client, editor, club
):
    paper = {"filing": "electronic_and_printout", "filing_until": timezone.now() + timedelta(days=60)}
    call = open_call(submitters="anyone", confirmation_days=7, filing_place="pokój 12", **paper)
    application = draft(editor, call, club)
    submit(editor, application)
    before = Application.objects.with_parts().get(pk=application.pk)
    page = CallPage.objects.get(translation_key=call.translation_key)
    page.confirmation_days, page.filing_place = 1, "pokój 99"
    page.save_revision().publish()
    after = Application.objects.with_parts().get(pk=application.pk)
    assert after.call.terms.filing_place == "pokój 99"
    assert after.confirm_until == before.confirm_until
    assert after.remaining_steps == before.remaining_steps
    client.force_login(editor)
    receipt = client.get(reverse("mypart_grants:receipt", args=[application.uuid])).content.decode()
    assert "pokój 12" in receipt
    assert "pokój 99" not in receipt


def test_a_correction_is_submitted_under_the_terms_of_its_own_day(signer, call, club):
    application = draft(signer, call, club)
    submit(signer, application)
    page = CallPage.objects.get(translation_key=call.translation_key)
    page.decision_date = page.decision_date + timedelta(days=3)
    page.save_revision().publish()
    start_correction(signer, application=application, at=timezone.now())
    assert Application.objects.get(pk=application.pk).call_version.number == 1
    submit(signer, application)
    assert Application.objects.get(pk=application.pk).call_version.number == 2


def test_an_erased_offer_keeps_its_number_and_sums_but_not_its_title(signer, call, club):
    application = draft(signer, call, club)
    erase_snapshot(signer, snapshot=submit(signer, application), at=timezone.now())
    application.refresh_from_db()
    assert application.title == ""
    assert (application.number, application.total_cost) == (f"{call.code}/1", Decimal("1900.00"))


@pytest.mark.parametrize("name", ["applications", "mine", "closing list"])
def test_lists_of_offers_do_not_read_what_is_written_in_them(client, signer, call, club, name):
    submit(signer, draft(signer, call, club))
    client.force_login(signer)
    with CaptureQueriesContext(connection) as queries:
        if name == "closing list":
            assert call.closing_list()
        else:
            assert client.get(reverse(f"mypart_grants:{name}")).status_code == 200
    read = [each["sql"].partition(" FROM ")[0] for each in queries if "formdocument" in each["sql"]]
    assert read
    assert not any('formdocument"."data"' in columns for columns in read)


def test_a_post_that_comes_again_while_a_correction_is_open_submits_nothing_new(signer, call, club):
    application = draft(signer, call, club)
    looked_at = seen(application)
    first = submit_application(signer, application=application, at=timezone.now(), seen=looked_at)
    start_correction(signer, application=application, at=timezone.now())
    again = submit_application(signer, application=application, at=timezone.now(), seen=looked_at)
    assert again == first
    assert Snapshot.objects.count() == 1
    application.document.refresh_from_db()
    assert application.document.status == FormDocument.Status.CORRECTING


def test_a_card_changed_since_one_looked_is_told_before_it_is_frozen(signer, call, club):
    application = draft(signer, call, club)
    looked_at = seen(application)
    club.city = "Katowice"
    club.save()
    with pytest.raises(ChangedMeanwhile) as refused:
        submit_application(signer, application=application, at=timezone.now(), seen=looked_at)
    assert "card has changed" in str(refused.value.message)
    submit(signer, application)


def test_a_title_nobody_can_see_is_no_title(signer, call, club):
    application = draft(signer, call, club, title={"typed": "\u200b"})
    application.document.data["title"] = ""
    application.document.save()
    with pytest.raises(NotComplete):
        submit(signer, application)


def test_an_offer_of_a_stranger_takes_no_place_until_a_signer_confirms_it(signer, club):
    call = open_call(submitters="anyone", confirmation_days=7, offers_per_organisation=1)
    stranger = person("stranger")
    asked = ask_to_join(stranger, organisation=club)
    theirs = draft(stranger, call, club)
    submit(stranger, theirs)
    decide_join_request(signer, request=asked, accept=False, by_staff=True)
    ours = draft(signer, call, club)
    submit(signer, ours)
    with pytest.raises(NoRoom):
        confirm_authorisation(signer, application=theirs, at=timezone.now())


def limit_offers(call, most: int) -> None:
    page = CallPage.objects.get(translation_key=call.translation_key)
    page.offers_per_organisation = most
    page.save_revision().publish()


def test_a_lowered_limit_of_offers_keeps_nobody_from_correcting_what_is_in(signer, club):
    call = open_call(offers_per_organisation=2)
    first, second = draft(signer, call, club), draft(signer, call, club)
    submit(signer, first)
    submit(signer, second)
    limit_offers(call, 1)
    start_correction(signer, application=first, at=timezone.now())
    first.document.refresh_from_db()
    first.document.data["title"] = "Poprawiony tytuł"
    first.document.save()
    assert submit(signer, first).number == 2
    with pytest.raises(SubmissionRefused):
        submit(signer, draft(signer, call, club))


@pytest.fixture
def corrected(signer, call, club) -> Application:
    """An offer whose first version is lost while its correction is being written."""
    application = draft(signer, call, club)
    snapshot = submit(signer, application)
    start_correction(signer, application=application, at=timezone.now())
    FormDocument.objects.filter(pk=application.document_id).update(data=sample_data() | {"title": "Nowy"})
    snapshot.content.storage.delete(snapshot.content.name)
    return application


def test_a_correction_of_a_version_that_is_lost_is_submitted(client, signer, corrected):
    client.force_login(signer)
    page = reverse("mypart_grants:submit", args=[corrected.uuid])
    response = client.post(page, {"seen": client.get(page).context["seen"]})
    assert response["Location"] == reverse("mypart_grants:receipt", args=[corrected.uuid])
    assert corrected.document.snapshots.latest("number").read()["data"]["title"] == "Nowy"


def test_where_the_version_in_force_is_lost_its_correction_is_kept_and_that_is_said(
    client, signer, corrected
):
    client.force_login(signer)
    url = reverse("mypart_grants:abandon_correction", args=[corrected.uuid])
    told = client.post(url, follow=True).content.decode()
    assert "cannot be thrown away" in told
    document = FormDocument.objects.get(pk=corrected.document_id)
    assert (document.status, document.data["title"]) == (FormDocument.Status.CORRECTING, "Nowy")


def test_terms_changed_since_one_looked_are_told_before_they_are_agreed_to(signer, call, club):
    application = draft(signer, call, club)
    looked_at = seen(application)
    limit_offers(call, 5)
    with pytest.raises(ChangedMeanwhile) as refused:
        submit_application(signer, application=application, at=timezone.now(), seen=looked_at)
    assert "terms of the call have changed" in str(refused.value.message)
    submit(signer, application)


def test_somebody_comes_back_another_day_and_that_is_another_opening(signer, call, club):
    application = draft(signer, call, club)
    snapshot = submit(signer, application)
    clerk = person("clerk", is_superuser=True)
    now = timezone.now()
    for day in (0, 0, 1, 1):
        at = now + timedelta(days=day)
        record_opening(clerk, application=application, snapshot=snapshot, at=at)
    assert Event.objects.filter(stream=application.document.uuid, name="opened").count() == 2


def test_the_bank_account_is_no_part_of_an_offer(signer, call, club):
    club.bank_account = "PL61109010140000071219812874"
    club.save()
    assert b"PL6110" not in submit(signer, draft(signer, call, club)).read_bytes()


def test_an_offer_frozen_with_a_bank_account_still_verifies_and_prints(signer, call, club, monkeypatch):
    with monkeypatch.context() as patch:
        older = {**card_snapshot(club), "bank_account": "PL61109010140000071219812874"}
        patch.setattr("mypart_wagtail.grants.content.card_snapshot", lambda organisation: older)
        snapshot = submit(signer, draft(signer, call, club))
    assert snapshot.read()["organisation"]["bank_account"]
    assert list(mismatches()) == []
    assert pdf_of(snapshot).startswith(b"%PDF")


def test_whoever_has_only_asked_to_join_learns_no_names_of_those_who_represent_it(signer, club):
    call = open_call(submitters="anyone", confirmation_days=7)
    stranger = person("stranger")
    asked = ask_to_join(stranger, organisation=club)
    application = draft(stranger, call, club)
    snapshot = submit(stranger, application)
    assert snapshot.read()["organisation"]["representatives"] == []
    assert b"Kowalski" not in snapshot.read_bytes()
    decide_join_request(signer, request=asked, accept=True, by_staff=True)
    start_correction(signer, application=application, at=timezone.now())
    corrected = submit(signer, application)
    assert corrected.read()["organisation"]["representatives"][0]["name"] == "Jan Kowalski"


def test_a_card_that_names_nobody_who_represents_it_keeps_an_offer_from_being_submitted(
    client, signer, call, club
):
    club.representatives.all().delete()
    application = draft(signer, call, club)
    with pytest.raises(NotComplete):
        submit(signer, application)
    with pytest.raises(NotComplete):
        rehearse_application(signer, application=application, at=timezone.now())
    client.force_login(signer)
    url = reverse("mypart_grants:submit", args=[application.uuid])
    refused = client.post(url, {"seen": client.get(url).context["seen"]})
    [told] = refused.context["in_the_way"]
    assert "names nobody who represents it" in str(told["text"])
    assert client.get(told["href"]).status_code == 200
    Membership.objects.filter(user=signer).update(is_administrator=True)
    change = reverse("mypart_organisations:change", args=[club.uuid])
    assert [gap["href"] for gap in client.get(url).context["gaps"]] == [change]


def test_a_card_that_names_fewer_people_than_must_sign_is_a_hint(client, signer, call, club):
    club.signatures_required = 2
    club.save()
    application = draft(signer, call, club)
    client.force_login(signer)
    page = client.get(reverse("mypart_grants:submit", args=[application.uuid]))
    assert ["names 1" in str(hint["text"]) for hint in page.context["hints"]] == [True]
    assert submit(signer, application)


def test_a_term_for_confirming_that_no_calendar_can_reckon_with_breaks_nothing(editor, club):
    """Of a version that was announced before there was a limit."""
    call = open_call(submitters="anyone", confirmation_days=7)
    version = call.version_in_force
    type(version).objects.update(facts=version.facts | {"confirmation_days": 9_999_999})
    application = draft(editor, Call.objects.with_parts().get(), club)
    submit(editor, application)
    after = Application.objects.with_parts().get(pk=application.pk).confirm_until - timezone.now()
    assert timedelta(days=365) < after <= timedelta(days=367)
