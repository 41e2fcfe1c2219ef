"""The outbox: no mail is lost, none is sent twice without need, and no writer waits for a mail server."""

import sqlite3
from datetime import timedelta

import pytest
from django.core import mail as sent
from django.core.mail.backends.locmem import EmailBackend
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from mypart_wagtail.mail import queue_mail
from mypart_wagtail.models import OutgoingMail
from mypart_wagtail.models.mail import LEASE
from mypart_wagtail.tasks import send_outgoing_mail

pytestmark = pytest.mark.database

HERE = __name__
seen: list[str] = []


class WatchingServer(EmailBackend):
    """Notes what another worker and another writer can do while this one is talked to."""

    def send_messages(self, messages):
        seen.append(f"in a transaction: {connection.in_atomic_block}")
        send_outgoing_mail.func(OutgoingMail.objects.get().pk)
        if connection.vendor == "sqlite":
            other = sqlite3.connect(connection.settings_dict["NAME"], timeout=0.5)
            other.execute("BEGIN IMMEDIATE")
            other.close()
        return super().send_messages(messages)


class DyingWorker(EmailBackend):
    """The mail is out, and then the power goes."""

    def send_messages(self, messages):
        super().send_messages(messages)
        raise KeyboardInterrupt


class NoServer(EmailBackend):
    def send_messages(self, messages):
        raise ConnectionRefusedError


@pytest.mark.django_db(transaction=True)
def test_while_the_mail_server_is_talked_to_others_write_and_nobody_sends_the_same_mail(settings):
    seen.clear()
    settings.EMAIL_BACKEND = f"{HERE}.WatchingServer"
    queue_mail(to="anna@example.org", subject="Word", body="Text")
    assert seen == ["in a transaction: False"]
    assert [message.to for message in sent.outbox] == [["anna@example.org"]]
    mail = OutgoingMail.objects.get()
    assert (mail.subject, mail.body, mail.attempts, mail.claimed_until) == ("", "", 1, None)
    assert mail.sent_at


@pytest.mark.django_db(transaction=True)
def test_a_crash_leads_to_one_repeated_mail_with_the_same_id(settings, monkeypatch):
    settings.EMAIL_BACKEND = f"{HERE}.DyingWorker"
    with pytest.raises(KeyboardInterrupt):
        queue_mail(to="anna@example.org", subject="Word", body="Text")
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    call_command("mypart_send_mail")
    assert len(sent.outbox) == 1, "The lease of the dead worker is not over yet"
    OutgoingMail.objects.update(claimed_until=timezone.now() - timedelta(seconds=1))
    call_command("mypart_send_mail")
    call_command("mypart_send_mail")
    first, second = (message.message()["Message-ID"] for message in sent.outbox)
    assert first == second
    assert first.endswith(">")


@pytest.mark.django_db(transaction=True)
def test_a_failure_is_written_down_and_tried_again_later(settings):
    settings.EMAIL_BACKEND = f"{HERE}.NoServer"
    mail = queue_mail(to="anna@example.org", subject="Word", body="Text")
    mail.refresh_from_db()
    assert mail.last_error.startswith("ConnectionRefusedError")
    assert mail.claimed_until is None
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    call_command("mypart_send_mail")
    assert sent.outbox == []
    OutgoingMail.objects.update(next_try_at=timezone.now())
    call_command("mypart_send_mail")
    assert [message.subject for message in sent.outbox] == ["Word"]


def test_two_workers_take_one_mail_apart(db):
    mail = OutgoingMail.objects.create(to="anna@example.org", subject="x", body="x")
    now = timezone.now()
    assert OutgoingMail.objects.claim(mail.pk, now) == mail
    assert OutgoingMail.objects.claim(mail.pk, now) is None
    assert not OutgoingMail.objects.due(now).exists()
    assert OutgoingMail.objects.due(now + LEASE).get() == mail


def test_a_mail_server_that_never_answers_is_not_waited_for_without_end(settings):
    assert 0 < settings.EMAIL_TIMEOUT < LEASE.total_seconds()
