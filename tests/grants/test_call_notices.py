"""Who is told when a call changes, ends early or is cancelled, in what language, and what the mail says."""

from decimal import Decimal
from pathlib import Path

import pytest
from django.urls import reverse
from django.utils import timezone

import mypart_wagtail
from mypart_wagtail.generator.models import Change, FormDocument
from mypart_wagtail.grants.kind import ApplicationKind, digest
from mypart_wagtail.grants.models import Application, Call, CallPage
from mypart_wagtail.grants.notices import people_of
from mypart_wagtail.grants.services.applications import start_application, submit_application
from mypart_wagtail.grants.services.calls import cancel_call
from mypart_wagtail.languages import remember_language
from mypart_wagtail.models import OutgoingMail
from mypart_wagtail.organisations.models import JoinRequest, Membership
from tests.grants.calls import open_call
from tests.grants.offers import sample_data
from tests.grants.test_announcing import in_polish
from tests.people import member, organisation, person

PACKAGE = Path(mypart_wagtail.__file__).parent

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def call():
    return open_call()


@pytest.fixture
def club():
    return organisation()


@pytest.fixture
def writer(club):
    return member(club, "writer")


@pytest.fixture
def draft(writer, call, club) -> Application:
    return start_application(writer, call=call, organisation=club, at=timezone.now())


def change_pool() -> None:
    page = CallPage.objects.get(locale__language_code="en")
    page.pool = Decimal("120000.00")
    page.save_revision().publish()


def mails() -> dict[str, str]:
    """Bodies by reader; nobody has two."""
    sent = [(mail.to, mail.body.replace("\u00a0", " ")) for mail in OutgoingMail.objects.all()]
    assert len(sent) == len(dict(sent))
    return dict(sent)


def test_the_mail_says_what_changed_from_what_to_what_and_what_to_do(draft, writer):
    change_pool()
    body = mails()[writer.email]
    assert "- pool: was “PLN 100,000.00”, is “PLN 120,000.00”" in body
    assert "If your offer is not submitted yet, check whether it fits the new terms" in body
    assert "If it is submitted, it keeps the terms it was checked against." in body
    assert "Deadline:" in body
    assert reverse("mypart_grants:applications") in body


def test_each_person_reads_it_in_a_language_of_ones_own(draft, writer, club, call):
    pole = member(club, "pole")
    start_application(pole, call=call, organisation=club, at=timezone.now())
    remember_language(pole, "pl")
    in_polish(CallPage.objects.get()).save_revision().publish()
    CallPage.objects.filter(locale__language_code="pl").update(title="Sport po polsku")
    change_pool()
    assert "„Sport po polsku”" in mails()[pole.email]
    assert "120 000,00 zł" in mails()[pole.email]
    assert "/pl/" in mails()[pole.email]
    assert "PLN 120,000.00" in mails()[writer.email]
    assert "/en/" in mails()[writer.email]


def test_an_act_is_told_in_the_language_of_its_reader_too(draft, writer):
    remember_language(writer, "pl")
    cancel_call(person("clerk", is_superuser=True), call=Call.objects.get(), reason="Rada cofnęła środki.")
    mail = OutgoingMail.objects.get()
    assert "unieważni" in mail.subject
    assert "Rada cofnęła środki." in mail.body


def test_a_title_with_quotes_and_an_ampersand_is_written_in_the_subject_as_it_is(draft):
    CallPage.objects.update(title='Sport & "Ruch"')
    change_pool()
    mail = OutgoingMail.objects.get()
    assert mail.subject == 'The call “Sport & "Ruch"” has changed'
    assert 'The call “Sport & "Ruch"”, in which you work on an offer' in mail.body


def test_every_mail_is_plain_text_without_having_to_say_so():
    templates = [path for path in PACKAGE.glob("*/templates/*/mail/*.txt") if path.read_text().strip()]
    assert len(templates) > 15
    assert [path.name for path in templates if "autoescape" in path.read_text()] == []


def test_everyone_who_wrote_or_submitted_is_told_once_however_many_offers_there_are(
    draft, writer, club, call
):
    colleague, signer = member(club, "colleague"), member(club, "signer", is_signer=True)
    member(club, "reader")
    start_application(writer, call=call, organisation=club, at=timezone.now())
    uuid = "00000000-0000-4000-8000-000000000000"
    Change.objects.create(document=draft.document, uuid=uuid, author=colleague, at=timezone.now())
    FormDocument.objects.filter(pk=draft.document_id).update(data=sample_data())
    complete = Application.objects.with_parts().get(pk=draft.pk)
    seen = digest(complete, ApplicationKind().form(complete.document))
    submit_application(signer, application=complete, at=timezone.now(), seen=seen)
    assert set(people_of(call)) == {writer, colleague, signer}


def test_whoever_has_left_the_organisation_or_the_service_hears_no_more_of_it(draft, writer, club, call):
    gone = member(club, "gone")
    start_application(gone, call=call, organisation=club, at=timezone.now())
    type(gone).objects.filter(pk=gone.pk).update(is_active=False)
    Membership.objects.filter(user=writer).delete()
    assert people_of(call) == []


def test_who_waits_to_be_let_in_is_told_of_the_call_of_ones_own_draft(call, club):
    waiting = person("waiting")
    JoinRequest.objects.create(user=waiting, organisation=club)
    start_application(waiting, call=call, organisation=club, at=timezone.now())
    assert people_of(call) == [waiting]


@pytest.mark.parametrize("count", [1, 15])
def test_finding_them_takes_as_many_queries_for_many_offers_as_for_one(
    call, count, django_assert_max_num_queries
):
    for number in range(count):
        club = organisation(f"Klub {number}", register_number=f"{number:010}")
        start_application(member(club, f"m{number}"), call=call, organisation=club, at=timezone.now())
    with django_assert_max_num_queries(7):
        assert len(people_of(call)) == count
