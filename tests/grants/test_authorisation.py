"""Nobody is locked out on the last evening, and nobody signs who may not: umocowanie do potwierdzenia."""

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from mypart_wagtail.generator.models import Event, FormDocument
from mypart_wagtail.generator.services.documents import WrongStatus
from mypart_wagtail.grants.kind import ApplicationKind, digest
from mypart_wagtail.grants.models import Application
from mypart_wagtail.grants.permissions import may_submit
from mypart_wagtail.grants.services.applications import (
    start_application,
    start_correction,
    submit_application,
    withdraw_application,
)
from mypart_wagtail.grants.services.authorisation import ConfirmationTooLate, confirm_authorisation
from mypart_wagtail.languages import remember_language
from mypart_wagtail.models import OutgoingMail
from mypart_wagtail.organisations.models import Membership
from mypart_wagtail.organisations.services import ask_to_join
from tests.grants.calls import at, open_call
from tests.grants.offers import sample_data
from tests.people import member, organisation, person

pytestmark = pytest.mark.database

WAITING = Application.Authorisation.TO_BE_CONFIRMED


@pytest.fixture
def club(db):
    return organisation('Stowarzyszenie "Róża & Syn"')


@pytest.fixture
def signer(club):
    return member(club, "signer", is_signer=True)


@pytest.fixture
def editor(club):
    return member(club, "editor")


@pytest.fixture
def newcomer(club):
    """Whoever made the card a moment ago and has not opened the mail yet."""
    user = person("newcomer", is_confirmed=False)
    Membership.objects.create(organisation=club, user=user, is_signer=True, is_administrator=True)
    return user


@pytest.fixture
def strict_call(db):
    return open_call()


@pytest.fixture
def lenient_call(db):
    return open_call(submitters="anyone", confirmation_days=7)


def draft(actor, call, club) -> Application:
    begun = start_application(actor, call=call, organisation=club, at=timezone.now())
    begun.document.data = sample_data()
    begun.document.save()
    return begun


def submit(actor, application, moment=None) -> Application:
    fresh = Application.objects.with_parts().get(pk=application.pk)
    seen = digest(fresh, ApplicationKind().form(fresh.document))
    submit_application(actor, application=application, at=moment or timezone.now(), seen=seen)
    return Application.objects.with_parts().get(pk=application.pk)


def confirm_address(user) -> None:
    EmailAddress.objects.filter(user=user).update(verified=True)


def test_an_unconfirmed_email_does_not_sign_where_only_signers_submit(newcomer, strict_call, club):
    application = draft(newcomer, strict_call, club)
    with pytest.raises(PermissionDenied):
        submit(newcomer, application)
    confirm_address(newcomer)
    assert submit(newcomer, application).authorisation == Application.Authorisation.SIGNER


def test_where_anyone_submits_an_unconfirmed_email_submits_and_confirms_later(newcomer, lenient_call, club):
    application = submit(newcomer, draft(newcomer, lenient_call, club))
    assert application.authorisation == WAITING
    with pytest.raises(PermissionDenied):
        confirm_authorisation(newcomer, application=application, at=timezone.now())
    confirm_address(newcomer)
    confirm_authorisation(newcomer, application=application, at=timezone.now())
    application.refresh_from_db()
    assert application.authorisation == Application.Authorisation.CONFIRMED


def test_who_waits_for_an_answer_submits_an_offer_of_their_own(lenient_call, club, signer):
    asker = person("asker", is_confirmed=False)
    ask_to_join(asker, organisation=club)
    assert submit(asker, draft(asker, lenient_call, club)).authorisation == WAITING
    assert not may_submit(asker, draft(signer, lenient_call, club))


def test_without_an_app_that_keeps_accounts_everyone_counts_as_confirmed(
    newcomer, strict_call, club, monkeypatch
):
    from django.apps import apps

    monkeypatch.setattr(apps.get_app_config("mypart_accounts"), "mypart_providers", {})
    assert submit(newcomer, draft(newcomer, strict_call, club)).number


def test_the_submission_page_says_what_to_do_and_leads_back_after_the_link(
    client, newcomer, strict_call, club, mailoutbox, django_capture_on_commit_callbacks
):
    client.force_login(newcomer)
    page = reverse("mypart_grants:submit", args=[draft(newcomer, strict_call, club).uuid])
    html = client.get(page).content.decode()
    assert "Confirm your e-mail" in html
    assert "newcomer@example.org" in html
    assert "Only a signer of the organisation can submit" not in html
    refused = client.post(page, {"seen": ""})
    assert refused.status_code == 422
    assert "Confirm your e-mail first" in refused.content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        sent = client.post(reverse("mypart_accounts:send_confirmation"), {"next": page})
    assert sent["Location"] == page
    link = next(word for word in mailoutbox[0].body.split() if "confirm-email" in word)
    answer = client.post(link.replace("http://testserver", ""))
    assert answer["Location"] == page
    assert "Confirm your e-mail" not in client.get(page).content.decode()


def test_the_link_is_sent_again_only_so_often_and_people_are_told(client, newcomer):
    client.force_login(newcomer)
    url = reverse("mypart_accounts:send_confirmation")
    client.post(url)
    answer = client.post(url, follow=True)
    assert OutgoingMail.objects.count() == 1
    assert "We sent the link a moment ago" in answer.content.decode()


def test_the_link_never_leads_to_another_site(client, newcomer):
    client.force_login(newcomer)
    answer = client.post(reverse("mypart_accounts:send_confirmation"), {"next": "https://evil.example/"})
    assert "evil" not in answer["Location"]
    assert "evil" not in OutgoingMail.objects.get().body


def test_an_editor_is_told_that_a_signer_confirms_later(client, editor, lenient_call, club):
    client.force_login(editor)
    page = reverse("mypart_grants:submit", args=[draft(editor, lenient_call, club).uuid])
    html = client.get(page).content.decode()
    assert "marked “authorisation to be confirmed”" in html
    assert "within 7 days" in html


def test_every_signer_is_asked_by_mail_in_their_language_with_the_link_and_the_day(
    editor, signer, lenient_call, club
):
    second = member(club, "second", is_signer=True)
    remember_language(second, "pl")
    application = submit(editor, draft(editor, lenient_call, club), at("2026-11-26 13:00"))
    asked = {mail.to: mail for mail in OutgoingMail.objects.filter(to__in=[signer.email, second.email])}
    assert set(asked) == {signer.email, second.email}
    assert 'Stowarzyszenie "Róża & Syn"' in asked[signer.email].subject
    assert "by the end of 3 December 2026" in asked[signer.email].body
    assert "do końca dnia 3 grudnia 2026" in asked[second.email].body
    assert reverse("mypart_grants:receipt", args=[application.uuid]) in asked[signer.email].body


def test_an_offer_of_a_signer_asks_nobody_to_confirm(signer, lenient_call, club):
    submit(signer, draft(signer, lenient_call, club))
    assert not OutgoingMail.objects.filter(subject__contains="confirm it").exists()


def test_the_receipt_names_the_day_and_a_signer_confirms_there(client, editor, signer, lenient_call, club):
    application = submit(editor, draft(editor, lenient_call, club))
    receipt = reverse("mypart_grants:receipt", args=[application.uuid])
    client.force_login(editor)
    html = client.get(receipt).content.decode()
    assert "by the end of" in html
    assert "Confirm the authorisation" not in html
    client.force_login(signer)
    assert "Confirm the authorisation" in client.get(receipt).content.decode()
    client.post(reverse("mypart_grants:confirm", args=[application.uuid]))
    application.refresh_from_db()
    assert (application.authorisation, application.confirmed_by) == ("confirmed", signer)
    assert not application.remaining_steps
    confirmed = Event.objects.filter(stream=application.document.uuid, name="authorisation_confirmed")
    assert confirmed.count() == 1


def test_confirming_ends_with_the_last_day_to_the_microsecond(editor, signer, lenient_call, club):
    application = submit(editor, draft(editor, lenient_call, club), at("2026-11-26 13:00"))
    assert application.confirm_until == at("2026-12-04 00:00")
    with pytest.raises(ConfirmationTooLate):
        confirm_authorisation(signer, application=application, at=application.confirm_until)
    in_time = application.confirm_until - timedelta(microseconds=1)
    confirm_authorisation(signer, application=application, at=in_time)


def test_who_comes_too_late_is_told_and_nothing_changes(client, editor, signer, lenient_call, club):
    application = submit(editor, draft(editor, lenient_call, club), timezone.now() - timedelta(days=9))
    client.force_login(signer)
    confirm = reverse("mypart_grants:confirm", args=[application.uuid])
    html = client.post(confirm, follow=True).content.decode()
    assert "The term for confirming has passed" in html
    assert "Nobody confirmed it in time" in html
    assert "Confirm the authorisation" not in html
    application.refresh_from_db()
    assert application.authorisation == WAITING


def test_staff_see_what_waits_for_confirmation_until_when_and_who_can_give_it(
    client, admin_user, editor, signer, club
):
    call = open_call(submitters="anyone", confirmation_days=7, staff_open_before_deadline=True)
    application = submit(editor, draft(editor, call, club))
    client.force_login(admin_user)
    listed = client.get(reverse("mypart_admin_applications:index"), {"authorisation": WAITING})
    assert "by the end of" in listed.content.decode()
    read = client.get(reverse("mypart_admin_applications:inspect", args=[application.pk])).content.decode()
    assert "A signer has to confirm it:" in read
    assert "signer@example.org" in read


def test_nobody_confirms_what_is_withdrawn_and_who_tries_is_told(client, editor, signer, lenient_call, club):
    application = submit(editor, draft(editor, lenient_call, club))
    withdraw_application(editor, application=application, at=timezone.now())
    with pytest.raises(WrongStatus):
        confirm_authorisation(signer, application=application, at=timezone.now())
    client.force_login(signer)
    answer = client.post(reverse("mypart_grants:confirm", args=[application.uuid]), follow=True)
    assert "The offer is withdrawn, so there is nothing to confirm." in answer.content.decode()
    application.refresh_from_db()
    assert application.authorisation == WAITING


def test_a_correction_by_someone_else_waits_for_a_confirmation_of_its_own(editor, signer, lenient_call, club):
    application = submit(editor, draft(editor, lenient_call, club))
    start_correction(editor, application=application, at=timezone.now())
    retitle(application, "Better words")
    application = submit(editor, application)
    assert application.authorisation == WAITING
    assert (application.confirmed_by, application.confirmed_at) == (None, None)


@pytest.mark.parametrize("is_confirmed", [True, False], ids=["confirmed", "submitted"])
def test_what_a_signer_has_submitted_or_confirmed_only_a_signer_replaces(
    editor, signer, lenient_call, club, is_confirmed
):
    application = submit(editor if is_confirmed else signer, draft(editor, lenient_call, club))
    confirm_authorisation(signer, application=application, at=timezone.now())
    right = Application.objects.get(pk=application.pk).authorisation
    start_correction(editor, application=application, at=timezone.now())
    retitle(application, "Of the editor")
    with pytest.raises(PermissionDenied):
        submit(editor, application)
    assert Application.objects.get(pk=application.pk).authorisation == right
    assert submit(signer, application).authorisation == Application.Authorisation.SIGNER


def retitle(application, title: str) -> None:
    document = FormDocument.objects.get(application=application)
    document.data["title"] = title
    document.save()


def test_an_editor_withdraws_what_still_waits_for_a_signer(client, editor, lenient_call, club):
    application = submit(editor, draft(editor, lenient_call, club))
    client.force_login(editor)
    withdraw = reverse("mypart_grants:withdraw", args=[application.uuid])
    receipt = reverse("mypart_grants:receipt", args=[application.uuid])
    assert withdraw in client.get(receipt).content.decode()
    client.post(withdraw)
    application.document.refresh_from_db()
    assert application.document.status == FormDocument.Status.WITHDRAWN


@pytest.mark.parametrize("is_confirmed", [True, False], ids=["confirmed", "submitted"])
def test_an_editor_cannot_withdraw_what_a_signer_has_submitted_or_confirmed(
    client, editor, signer, lenient_call, club, is_confirmed
):
    application = submit(editor if is_confirmed else signer, draft(editor, lenient_call, club))
    confirm_authorisation(signer, application=application, at=timezone.now())
    client.force_login(editor)
    withdraw = reverse("mypart_grants:withdraw", args=[application.uuid])
    receipt = reverse("mypart_grants:receipt", args=[application.uuid])
    assert withdraw not in client.get(receipt).content.decode()
    assert client.get(withdraw).status_code == 404
    assert client.post(withdraw).status_code == 404
    with pytest.raises(PermissionDenied):
        withdraw_application(editor, application=application, at=timezone.now())
    client.force_login(signer)
    assert withdraw in client.get(receipt).content.decode()


def test_a_signer_who_submits_a_correction_without_a_change_has_signed_the_offer(
    client, editor, signer, lenient_call, club
):
    application = submit(editor, draft(editor, lenient_call, club))
    client.force_login(signer)
    client.post(reverse("mypart_grants:correct", args=[application.uuid]))
    page = reverse("mypart_grants:submit", args=[application.uuid])
    client.post(page, {"seen": client.get(page).context["seen"]})
    signed = Application.objects.with_parts().get(pk=application.pk)
    assert signed.authorisation == Application.Authorisation.SIGNER
    assert signed.document.status == FormDocument.Status.SUBMITTED
    assert signed.snapshot.read()["authorisation"] == "signer"


def test_a_signer_who_submits_what_an_editor_has_just_submitted_confirms_it(
    client, editor, signer, lenient_call, club
):
    application = draft(editor, lenient_call, club)
    client.force_login(signer)
    page = reverse("mypart_grants:submit", args=[application.uuid])
    seen = client.get(page).context["seen"]
    submit(editor, application)
    client.post(page, {"seen": seen})
    confirmed = Application.objects.with_parts().get(pk=application.pk)
    assert confirmed.authorisation == Application.Authorisation.CONFIRMED
    assert confirmed.document.snapshots.count() == 1


def test_a_signer_confirms_nothing_that_was_changed_since_they_looked(
    client, editor, signer, lenient_call, club
):
    application = draft(editor, lenient_call, club)
    client.force_login(signer)
    page = reverse("mypart_grants:submit", args=[application.uuid])
    seen = client.get(page).context["seen"]
    application.document.data["title"] = "Zmieniony tytuł"
    application.document.save()
    submit(editor, application)
    client.post(page, {"seen": seen})
    assert Application.objects.get(pk=application.pk).authorisation == WAITING


def test_an_editor_who_submits_a_correction_without_a_change_submits_nothing_new(editor, lenient_call, club):
    application = submit(editor, draft(editor, lenient_call, club))
    start_correction(editor, application=application, at=timezone.now())
    assert submit(editor, application).document.snapshots.count() == 1
