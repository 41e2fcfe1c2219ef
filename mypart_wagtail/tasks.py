"""Work done after the answer is given. Every task may run twice without harm."""

from typing import Any

from django.core.mail import EmailMessage
from django.utils import timezone
from django_tasks import task

from mypart_wagtail.models import OutgoingMail


@task()
def send_outgoing_mail(pk: int) -> None:
    """Send one mail of the outbox, unless it is sent already or another worker is at it.

    No transaction is open while the mail server is talked to: on SQLite it would stop every writer. A worker
    that dies between sending and writing that down has the mail sent once more, with the same
    ``Message-ID``. A failure is written down and the next try is set; ``mypart_send_mail`` makes it.
    """
    mail = OutgoingMail.objects.claim(pk, timezone.now())
    if mail is None:
        return
    headers = {"Message-ID": mail.message_id}
    try:
        EmailMessage(subject=mail.subject, body=mail.body, to=[mail.to], headers=headers).send()
    except Exception as error:  # noqa: BLE001 - whatever the mail server does, the mail is kept
        result: dict[str, Any] = {
            "last_error": f"{type(error).__name__}: {error}"[:250],
            "next_try_at": timezone.now() + mail.delay(),
        }
    else:
        result = {"sent_at": timezone.now(), "subject": "", "body": "", "last_error": ""}
    # An update makes no row anew that was erased meanwhile.
    OutgoingMail.objects.filter(pk=pk).update(claimed_until=None, **result)


@task()
def do_nothing() -> None:
    """Shows that tasks are done; see ``manage.py mypart_doctor``."""
