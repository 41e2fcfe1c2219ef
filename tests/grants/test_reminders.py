"""People with unsubmitted drafts hear of the deadline in time, once each, in their language."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from mypart_wagtail.generator.models import Change, Event, FormDocument
from mypart_wagtail.grants.kind import ApplicationKind, digest
from mypart_wagtail.grants.models import Application
from mypart_wagtail.grants.receipts import send_draft_reminder
from mypart_wagtail.grants.services.applications import (
    start_application,
    start_correction,
    submit_application,
)
from mypart_wagtail.grants.services.reminders import remind_of_drafts
from mypart_wagtail.languages import language_of, remember_language
from mypart_wagtail.models import OutgoingMail
from mypart_wagtail.organisations.models import Membership
from tests.grants.calls import open_call
from tests.grants.offers import sample_data
from tests.people import member, organisation

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


@pytest.fixture
def draft(editor, call, club):
    return begin(editor, call, club)


def begin(actor, call, club) -> Application:
    """A complete draft, begun ten days before it can be reminded of."""
    application = start_application(actor, call=call, organisation=club, at=timezone.now())
    FormDocument.objects.filter(pk=application.document_id).update(
        data=sample_data(),
        title="Letnia szkoła żeglarstwa",
        created_at=call.deadline - timedelta(days=10),
    )
    return Application.objects.with_parts().get(pk=application.pk)


def submit(actor, application) -> None:
    seen = digest(application, ApplicationKind().form(application.document))
    submit_application(actor, application=application, at=timezone.now(), seen=seen)


def mails() -> list[OutgoingMail]:
    return list(OutgoingMail.objects.filter(subject__contains="not submitted"))


def told(application) -> list[int]:
    """The reminders of a draft, by the days that were left."""
    events = Event.objects.filter(stream=application.document.uuid, name="reminded").order_by("pk")
    return [event.payload["days"] for event in events]


def remind(call, **before: float) -> int:
    return remind_of_drafts(at=call.deadline - timedelta(**before))


def test_the_mail_says_what_is_not_submitted_until_when_and_where_to_go_on(draft, call, editor):
    assert remind(call, days=3) == 1
    [mail] = mails()
    assert mail.to == editor.email
    assert "3 days left" in mail.subject
    assert "Letnia szkoła żeglarstwa" in mail.body
    assert reverse("mypart_generator:tasks", args=[draft.document.uuid]) in mail.body
    assert mail.body.count("http") == 1


@pytest.mark.parametrize(
    ("before", "count"),
    [({"days": 3, "minutes": 1}, 0), ({"days": 3}, 1), ({"minutes": 1}, 1), ({"minutes": -1}, 0)],
)
def test_it_comes_within_three_days_of_the_deadline_and_never_after_it(draft, call, before, count):
    assert remind(call, **before) == count


def test_each_of_the_two_reminders_comes_once_however_often_the_command_runs(draft, call):
    for days in (3, 2.9, 2, 1.1, 1, 0.9, 0.1):
        remind(call, days=days)
    assert len(mails()) == 2
    assert told(draft) == [3, 1]


def test_a_command_that_slept_through_the_first_reminder_sends_only_the_second(draft, call):
    for _ in range(2):
        remind(call, hours=12)
    assert len(mails()) == 1


def test_a_draft_that_cannot_be_reminded_of_holds_up_no_other_and_is_tried_again(
    draft, call, editor, club, monkeypatch
):
    other = begin(editor, call, club)

    def send(person, *, application, at):
        if application == draft:
            raise ValueError
        send_draft_reminder(person, application=application, at=at)

    with monkeypatch.context() as patch:
        patch.setattr("mypart_wagtail.grants.services.reminders.send_draft_reminder", send)
        assert remind(call, days=3) == 1
    assert told(other) == [3]
    assert told(draft) == []
    assert remind(call, days=3) == 1
    assert told(draft) == [3]


def test_a_submitted_offer_is_not_reminded_of_nor_is_its_correction(draft, call, signer):
    submit(signer, draft)
    assert remind(call, days=3) == 0
    start_correction(signer, application=draft, at=timezone.now())
    assert remind(call, days=1) == 0
    assert mails() == []


def test_a_draft_that_the_limit_of_the_call_keeps_out_is_not_reminded_of(club, signer):
    call = open_call(offers_per_organisation=1)
    begin(signer, call, club)
    submit(signer, begin(signer, call, club))
    assert remind(call, days=1) == 0


def test_whoever_began_a_moment_ago_is_left_in_peace(draft, call):
    FormDocument.objects.filter(pk=draft.document_id).update(created_at=call.deadline - timedelta(days=2))
    assert remind(call, days=2) == 0
    assert remind(call, days=1) == 1


def test_a_call_that_was_cancelled_or_ended_early_reminds_nobody(draft, call):
    now = timezone.now()
    type(call).objects.filter(pk=call.pk).update(cancelled_at=now)
    assert remind(call, days=1) == 0
    type(call).objects.filter(pk=call.pk).update(cancelled_at=None, ended_early_at=now)
    assert remind(call, days=1) == 0


def test_everyone_who_wrote_in_it_is_told_once_and_nobody_else(draft, call, editor, signer, club):
    member(club, "reader")
    for number in range(2):
        Change.objects.create(
            document=draft.document,
            uuid=f"00000000-0000-4000-8000-00000000000{number}",
            author=signer,
            at=timezone.now(),
        )
    remind(call, days=1)
    assert sorted(mail.to for mail in mails()) == [editor.email, signer.email]


def test_whoever_has_left_the_organisation_is_not_told(draft, call, editor):
    Membership.objects.filter(user=editor).delete()
    remind(call, days=1)
    assert mails() == []


@pytest.mark.parametrize(("language", "prefix"), [("pl", "/pl/"), ("en", "/en/")])
def test_the_mail_is_in_the_language_of_its_reader(draft, call, editor, language, prefix):
    remember_language(editor, language)
    remind(call, days=1)
    [mail] = OutgoingMail.objects.all()
    assert f"{prefix}forms/" in mail.body


def test_the_language_in_which_one_begins_an_offer_is_remembered(client, signer, call, club):
    client.force_login(signer)
    address = reverse("mypart_grants:start", args=[call.uuid]).replace("/en/", "/pl/")
    client.post(address, {"organisation": club.uuid})
    assert language_of(signer) == "pl"


def test_a_language_that_was_chosen_is_not_forgotten(signer):
    assert language_of(signer) == "en"
    remember_language(signer, "pl")
    remember_language(signer, "en")
    assert language_of(signer) == "pl"


def test_the_command_says_how_many_it_reminded_of(draft, call, capsys):
    type(call).objects.filter(pk=call.pk).update(intake_until=timezone.now() + timedelta(hours=20))
    FormDocument.objects.update(created_at=timezone.now() - timedelta(days=9))
    call_command("mypart_remind_drafts")
    assert "Reminded of 1 drafts." in capsys.readouterr().out
