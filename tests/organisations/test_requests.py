"""Requests to join are not forgotten: after seven days everyone who can answer is asked again, once."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from mypart_wagtail.languages import remember_language
from mypart_wagtail.models import OutgoingMail
from mypart_wagtail.organisations import services
from mypart_wagtail.organisations.models import JoinRequest
from tests.people import member, organisation, person

pytestmark = pytest.mark.database

WEEK = timedelta(days=7)


@pytest.fixture
def asked(db):
    club = organisation("Klub „Róża & Syn”")
    member(club, "boss", is_administrator=True)
    person("staff", is_superuser=True)
    request = services.ask_to_join(person("asker"), organisation=club, message="Pomagam w biurze.")
    OutgoingMail.objects.all().delete()
    return request


def test_after_seven_days_the_administrators_are_reminded_and_staff_may_decide(asked):
    assert services.remind_of_requests(at=asked.asked_at + WEEK - timedelta(seconds=1)) == 0
    assert services.remind_of_requests(at=asked.asked_at + WEEK) == 1
    mails = {mail.to: mail for mail in OutgoingMail.objects.all()}
    assert set(mails) == {"boss@example.org", "staff@example.org"}
    assert "A request to join still waits: Klub „Róża & Syn”" in mails["boss@example.org"].subject
    assert "Pomagam w biurze." in mails["boss@example.org"].body
    assert "have not answered for 7 days" in mails["staff@example.org"].body
    assert f"/join-requests/edit/{asked.pk}/" in mails["staff@example.org"].body


def test_nobody_is_reminded_twice(asked):
    services.remind_of_requests(at=asked.asked_at + WEEK)
    assert services.remind_of_requests(at=asked.asked_at + 2 * WEEK) == 0


def test_an_answered_request_reminds_nobody(asked):
    boss = asked.organisation.administrators().get()
    services.decide_join_request(boss, request=asked, accept=False)
    assert services.remind_of_requests(at=asked.asked_at + WEEK) == 0


def test_the_command_reminds(asked, capsys):
    JoinRequest.objects.update(asked_at=timezone.now() - WEEK)
    call_command("mypart_remind_requests")
    assert "1" in capsys.readouterr().out
    assert OutgoingMail.objects.count() == 2


def test_everyone_is_written_to_in_their_own_language(asked):
    remember_language(asked.user, "pl")
    boss = asked.organisation.administrators().get()
    services.decide_join_request(boss, request=asked, accept=True, is_signer=True)
    mail = OutgoingMail.objects.get(to="asker@example.org")
    assert mail.body.startswith("Należysz już do organizacji Klub „Róża & Syn”")
