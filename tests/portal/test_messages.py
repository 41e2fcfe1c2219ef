"""People write to the office: nothing typed is lost, robots stay out, and the office knows until when."""

import re
from datetime import date, datetime, timedelta
from urllib.parse import urlsplit

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Site

from mypart_wagtail.human_check import Attempt
from mypart_wagtail.models import OutgoingMail
from mypart_wagtail.portal.models import ContactPage, Message, PortalSettings, PortalWords
from mypart_wagtail.portal.services import erase_old_messages, mark_answered, write_message
from mypart_wagtail.ratelimit import within_rate
from tests.journeys.question import answer_to
from tests.people import person
from tests.portal.pages import add
from tests.sites import default_site, new_site

pytestmark = [pytest.mark.django_db, pytest.mark.database]

BARRIER = "/en/portal/barrier/"
OFFICE = "office@example.org"
WORDS = {"text": "The button has no name.", "email": "anna@example.org", "consent": "on"}


@pytest.fixture(autouse=True)
def portal() -> PortalSettings:
    portal = PortalSettings.objects.create(site=default_site(), messages_to=OFFICE)
    PortalWords.objects.create(
        settings=portal, language="en", name="Portal", privacy="<p>We read it and answer.</p>"
    )
    return portal


@pytest.fixture(autouse=True)
def _unhurried(settings):
    settings.MYPART = settings.MYPART | {"CAPTCHA_MINIMUM_SECONDS": 0}


def slow() -> str:
    """Somebody who has answered the question, and has taken the time people take."""
    return Attempt(started=timezone.now().timestamp() - 60, is_proven=True).sign()


def send(client, address: str = BARRIER, **changes):
    return client.post(address, {"attempt": slow(), **WORDS, **changes})


def errors(response) -> dict[str, list[str]]:
    return {name: list(map(str, found)) for name, found in response.context["form"].errors.items()}


def mails_to(address: str) -> list[OutgoingMail]:
    return list(OutgoingMail.objects.filter(to=address))


def a_message(kind: str = Message.Kind.CONTACT, **facts) -> Message:
    return write_message(
        site=default_site(),
        kind=kind,
        needs_link=False,
        **{"at": timezone.now(), "text": "Hello", "email": "anna@example.org", **facts},
    )


def test_a_barrier_reaches_the_office_and_its_reporter_gets_a_receipt(client):
    response = send(client, page_address="http://testserver/en/calls/")
    message = Message.objects.get()
    assert response["Location"] == reverse("mypart_portal:message", args=[message.uuid])
    assert (message.text, message.page_address) == (WORDS["text"], "http://testserver/en/calls/")
    assert message.consent == "We read it and answer."
    (to_office,) = mails_to(OFFICE)
    assert WORDS["text"] in to_office.body
    (receipt,) = mails_to("anna@example.org")
    assert message.number in receipt.subject
    assert WORDS["text"] in receipt.body


def test_the_way_to_report_a_barrier_brings_the_address_of_the_page_along(client):
    page = client.get(reverse("mypart_generator:verify") + "?checksum=secret").content.decode()
    address = reverse("mypart_generator:verify")
    link = next(part for part in page.split('"') if part.startswith(f"{BARRIER}?page="))
    form = client.get(link).content.decode()
    assert f'value="http://testserver{address}"' in form
    assert "secret" not in form


@pytest.mark.parametrize(
    ("received", "due"),
    [
        (datetime.fromisoformat("2026-11-25T12:00:00+01:00"), date(2026, 12, 2)),
        (datetime.fromisoformat("2026-11-25T23:59:00+01:00"), date(2026, 12, 2)),
        (datetime.fromisoformat("2026-03-28T12:00:00+01:00"), date(2026, 4, 4)),
    ],
)
def test_a_barrier_is_answered_within_7_days(received, due):
    assert a_message(Message.Kind.BARRIER, at=received).due_on == due


def test_a_message_says_whether_it_has_been_answered_and_nothing_else(client):
    message = a_message(Message.Kind.BARRIER, text="My name is Anna")
    address = reverse("mypart_portal:message", args=[message.uuid])
    page = client.get(address).content.decode()
    assert message.number in page
    assert "We answer by" in page
    assert "Anna" not in page
    mark_answered(person("clerk", is_superuser=True), message=message, at=timezone.now())
    assert "Answered" in client.get(address).content.decode()


def test_a_barrier_may_be_told_without_a_name_and_without_an_answer(client):
    assert send(client, email="").status_code == 302
    assert not mails_to("anna@example.org")


def test_a_contact_page_wants_a_way_to_answer_that_need_not_be_e_mail(client):
    address = add(ContactPage, "Contact").get_url()
    response = send(client, address, email="")
    assert "email" in errors(response)
    assert WORDS["text"] in response.content.decode()
    assert send(client, address, email="", other_channel="Text 555 000 000").status_code == 302
    assert Message.objects.get().due_on is None


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"text": ""}, "text"),
        ({"text": "a" * 5001}, "text"),
        ({"email": "anna@"}, "email"),
        ({"consent": ""}, "consent"),
        ({"name": "A" * 151}, "name"),
        ({"page_address": "x" * 501}, "page_address"),
    ],
)
def test_bad_input_is_told_at_its_place_and_nothing_typed_is_lost(client, typed, field):
    response = send(client, other_channel="Room 12", **typed)
    assert list(errors(response)) == [field]
    page = response.content.decode()
    assert 'value="Room 12"' in page
    assert not Message.objects.exists()
    if typed.get("text"):
        assert typed["text"] in page


def test_what_no_database_keeps_is_left_out(client):
    send(client, text="Dzień\x0b dobry \ue000👋")
    assert Message.objects.get().text == "Dzień\n dobry 👋"


def test_the_question_is_asked_once_and_never_of_those_who_are_signed_in(client):
    assert 'name="captcha_1"' in client.get(BARRIER).content.decode()
    client.force_login(person("anna"))
    assert 'name="captcha_1"' not in client.get(BARRIER).content.decode()
    assert send(client, attempt=Attempt.begin().sign()).status_code == 302


def test_who_fails_the_question_twice_gets_a_link_and_the_message_waits(client):
    failed = Attempt(started=timezone.now().timestamp() - 60, failures=2).sign()
    response = send(client, attempt=failed)
    message = Message.objects.get()
    assert message.received_at is None
    assert not mails_to(OFFICE)
    assert "open the link in your mail" in client.get(response["Location"]).content.decode()
    (to_person,) = mails_to("anna@example.org")
    link = next(line for line in to_person.body.splitlines() if line.startswith("http"))
    address = urlsplit(link).path
    # A program that looks at links changes nothing.
    assert client.get(address).status_code == 200
    assert not mails_to(OFFICE)
    assert message.number in client.post(address).content.decode()
    assert len(mails_to(OFFICE)) == 1
    client.post(address)
    assert len(mails_to(OFFICE)) == 1


def test_who_fails_the_question_twice_and_gives_no_e_mail_is_asked_again_and_gets_through(client):
    failed = Attempt(started=timezone.now().timestamp() - 60, failures=2).sign()
    again = send(client, attempt=failed, email="")
    assert list(errors(again)) == ["captcha"]
    page = again.content.decode()
    assert WORDS["text"] in page
    fields = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page))
    answer = send(client, **fields, captcha_1=answer_to(page), email="")
    assert answer.status_code == 302
    assert Message.objects.get().text == WORDS["text"]


def test_a_link_that_was_tampered_with_leads_to_no_message(client):
    response = client.post(reverse("mypart_portal:confirm", args=["made-up"]))
    assert response.status_code == 404
    assert "write your message again" in response.content.decode()


@pytest.mark.parametrize("is_contact", [True, False])
def test_a_thousand_posts_end_in_the_rate_limit_and_a_person_still_gets_through(client, rf, is_contact):
    address = add(ContactPage, "Contact").get_url() if is_contact else BARRIER
    answers = [send(client, address, text=f"Buy {number}").status_code for number in range(40)]
    assert answers == [302] * 20 + [429] * 20
    # Each further post is counted as the view counts it, and only the last of a thousand is sent whole.
    scope = f"message-{Message.Kind.CONTACT if is_contact else Message.Kind.BARRIER}"
    assert not any(within_rate(rf.post(address), scope) for _post in range(959))
    assert send(client, address, text="Buy 999").status_code == 429
    refused = send(client, address, text="I am a person in the same office")
    assert "I am a person in the same office" in refused.content.decode()
    person_elsewhere = client.post(address, {"attempt": slow(), **WORDS}, REMOTE_ADDR="203.0.113.7")
    assert person_elsewhere.status_code == 302
    assert Message.objects.count() == 21


def test_a_box_that_only_robots_see_keeps_them_out(client):
    assert send(client, nickname="bot").status_code == 200
    assert not Message.objects.exists()


def test_old_messages_are_erased_and_waiting_ones_are_not(portal):
    now = timezone.now()
    long_ago = now - timedelta(days=portal.keep_days + 1)
    clerk = person("clerk", is_superuser=True)
    a_message(at=long_ago)
    answered = a_message(Message.Kind.BARRIER, at=long_ago)
    mark_answered(clerk, message=answered, at=long_ago)
    waiting = a_message(Message.Kind.BARRIER, at=long_ago)
    fresh = a_message(at=now)
    unconfirmed = write_message(
        site=portal.site,
        kind=Message.Kind.CONTACT,
        needs_link=True,
        at=now - timedelta(days=8),
        text="Buy",
        email="bot@example.org",
    )
    assert erase_old_messages(at=now) == 3
    assert set(Message.objects.all()) == {waiting, fresh}
    assert unconfirmed not in Message.objects.all()
    call_command("mypart_erase_messages")
    assert Message.objects.count() == 2


def test_staff_see_what_waits_mark_it_answered_and_export_it(client):
    message = a_message(Message.Kind.BARRIER, text="=1+1")
    client.force_login(person("clerk", is_superuser=True))
    home = client.get(reverse("wagtailadmin_home")).content.decode()
    assert "1 message waits for an answer" in home
    assert message.number in client.get(reverse("mypart_admin_messages:index")).content.decode()
    client.post(reverse("mypart_admin_messages:answer", args=[message.pk]))
    message.refresh_from_db()
    assert message.answered_by.username == "clerk"
    exported = client.get(reverse("mypart_admin_messages:index") + "?export=csv").getvalue().decode()
    # No spreadsheet takes what people typed for a formula.
    assert "'=1+1" in exported
    assert "waits for an answer" not in client.get(reverse("wagtailadmin_home")).content.decode()


def test_an_overdue_barrier_is_told(client):
    a_message(Message.Kind.BARRIER, at=timezone.now() - timedelta(days=9))
    client.force_login(person("clerk", is_superuser=True))
    assert "1 of them overdue" in client.get(reverse("wagtailadmin_home")).content.decode()
    assert "overdue" in client.get(reverse("mypart_admin_messages:index")).content.decode()


def test_unconfirmed_messages_do_not_reach_the_list(client):
    write_message(
        site=Site.objects.get(),
        kind=Message.Kind.CONTACT,
        needs_link=True,
        at=timezone.now(),
        text="Buy",
        email="bot@example.org",
    )
    client.force_login(person("clerk", is_superuser=True))
    assert "bot@example.org" not in client.get(reverse("mypart_admin_messages:index")).content.decode()


def test_a_message_of_another_site_is_not_there(client):
    other = new_site("other.example.org")
    message = write_message(
        site=other, kind=Message.Kind.CONTACT, needs_link=False, at=timezone.now(), text="Hi"
    )
    assert client.get(reverse("mypart_portal:message", args=[message.uuid])).status_code == 404


def test_who_may_not_answer_cannot_say_so(client):
    message = a_message()
    client.force_login(person("stranger"))
    client.post(reverse("mypart_admin_messages:answer", args=[message.pk]))
    message.refresh_from_db()
    assert message.answered_at is None


def test_an_answered_question_lets_one_message_through(client):
    answered = slow()
    assert send(client, attempt=answered).status_code == 302
    again = client.post(BARRIER, {**WORDS, "attempt": answered})
    assert again.status_code == 200
    assert 'name="captcha_1"' in again.content.decode()
    assert WORDS["text"] in again.content.decode()
    assert Message.objects.count() == 1


def test_the_forms_are_counted_apart(client):
    contact = add(ContactPage, "Contact").get_url()
    for _number in range(21):
        answer = send(client, contact)
    assert answer.status_code == 429
    assert send(client).status_code == 302


def test_a_mistyped_number_of_days_stops_no_erasing(portal):
    portal.keep_days = 1_000_000
    with pytest.raises(ValidationError):
        portal.full_clean()
    portal.save()
    a_message(at=timezone.now())
    assert erase_old_messages(at=timezone.now()) == 0
