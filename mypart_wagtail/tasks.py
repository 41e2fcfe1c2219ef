"""Work done after the answer is given. Every task may run twice without harm."""

from django.core.mail import EmailMessage
from django.db import transaction
from django.utils import timezone
from django_tasks import task

from mypart_wagtail.models import OutgoingMail


@task()
def send_outgoing_mail(pk: int) -> None:
    """Send one mail of the outbox, unless it is sent already.

    The row stays locked while it is sent, so that two workers never send the same mail. A failure is
    written down and the next try is set; ``mypart_send_mail`` makes it.
    """
    with transaction.atomic():
        mail = (
            OutgoingMail.objects.select_for_update(skip_locked=_can_skip())
            .filter(pk=pk, sent_at=None)
            .first()
        )
        if mail is None:
            return
        mail.attempts += 1
        try:
            EmailMessage(subject=mail.subject, body=mail.body, to=[mail.to]).send()
        except Exception as error:  # noqa: BLE001 - whatever the mail server does, the mail is kept
            mail.last_error = f"{type(error).__name__}: {error}"[:250]
            mail.next_try_at = timezone.now() + mail.delay()
        else:
            mail.sent_at = timezone.now()
            mail.subject = mail.body = mail.last_error = ""
        mail.save()


def _can_skip() -> bool:
    return transaction.get_connection().features.has_select_for_update_skip_locked


@task()
def do_nothing() -> None:
    """Shows that tasks are done; see ``manage.py mypart_doctor``."""
