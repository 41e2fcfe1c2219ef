"""Sending the deliveries of an edition, in batches that survive a crash.

A batch is claimed under a lease and goes through one connection. Each mail is recorded in a commit of its
own right after the server has taken it. So whatever kills a worker, the others go on where it was: what it
had sent is known, and what it had claimed is free again when its lease is over. One moment remains, between
the server's answer and the commit: a mail killed just there is sent again, with the same Message-ID, by
which mailboxes know it for the same.
"""

from __future__ import annotations

import logging
from datetime import timedelta
from smtplib import SMTPDataError, SMTPException, SMTPRecipientsRefused
from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.core.mail import get_connection
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from mypart_wagtail.newsletter.letters import Letters
from mypart_wagtail.newsletter.models import Delivery, Edition

logger = logging.getLogger("mypart_wagtail.newsletter")

BATCH = 100
LEASE = timedelta(minutes=10)
"""How long a worker may be busy with one mail; renewed before each, so that it outlasts slow servers."""
TIMEOUT_SECONDS = 60
"""The longest wait for one answer of the mail server, of which a mail takes five: less than the lease."""
SERVER_AWAY = timedelta(minutes=5)
FIRST_DELAY = timedelta(minutes=5)
MOST_ATTEMPTS = 6
"""With delays of 5 minutes, 15, 45 …: a server that asks to come later gets ten hours."""


def send_batch(edition: Edition) -> int:
    """Send what is due of ``edition``, at most ``BATCH``. Gives how many deliveries were taken up; 0 where
    none is due, and the edition is finished if none is left."""
    claim = uuid4()
    batch = _claim(edition, claim)
    if not batch:
        _finish(edition)
        return 0
    letters = Letters(edition, edition.content["sections"])
    try:
        with get_connection(timeout=_timeout()) as connection:
            for delivery in batch:
                _send(delivery, claim, letters, connection)
    except (SMTPException, OSError) as error:
        logger.warning("The mail server fails: %s", error)
        _put_off(claim, error)
    return len(batch)


def send_all_due() -> int:
    """Send what is due of all editions, such as what a worker that died has left. Gives how many mails."""
    return sum(_send_due(edition) for edition in Edition.objects.in_progress().select_related("site"))


def _send_due(edition: Edition) -> int:
    taken_up = 0
    while batch := send_batch(edition):
        taken_up += batch
    return taken_up


@transaction.atomic
def _claim(edition: Edition, claim: UUID) -> list[Delivery]:
    """Deliveries that from now on are this worker's alone.

    Those tried least come first: one that fails each time holds up no other.
    """
    now = timezone.now()
    can_skip = transaction.get_connection().features.has_select_for_update_skip_locked
    due = Delivery.objects.due(now).filter(edition=edition).order_by("attempts", "pk")
    pks = list(due.select_for_update(skip_locked=can_skip).values_list("pk", flat=True)[:BATCH])
    Delivery.objects.filter(pk__in=pks).update(claim=claim, due_at=now + LEASE)
    return list(Delivery.objects.filter(pk__in=pks).select_related("subscriber").order_by("attempts", "pk"))


def _send(delivery: Delivery, claim: UUID, letters: Letters, connection: Any) -> None:
    if not _begin(delivery, claim):
        return
    try:
        letters.to(delivery, delivery.subscriber, connection).send()  # type: ignore[arg-type]
    except SMTPRecipientsRefused as refused:
        [(code, reason)] = refused.recipients.values()
        _record_failure(delivery, code, reason)
    except SMTPDataError as refused:
        _record_failure(delivery, refused.smtp_code, refused.smtp_error)
    except (SMTPException, OSError):
        raise
    except Exception as error:
        # A mail that cannot be made, or what another kind of backend raises, holds up no other.
        logger.exception("Delivery %s failed", delivery.uuid)
        _record_failure(delivery, 0, type(error).__name__)
    else:
        Delivery.objects.filter(pk=delivery.pk).update(sent_at=timezone.now(), claim=None, last_error="")


def _begin(delivery: Delivery, claim: UUID) -> bool:
    """Whether ``delivery`` is still this worker's; if so, its lease begins anew.

    It is no more if the lease was over and another has it, or if the reader has unsubscribed meanwhile.
    """
    mine = Delivery.objects.waiting().filter(pk=delivery.pk, claim=claim)
    return bool(mine.update(due_at=timezone.now() + LEASE, attempts=F("attempts") + 1))


def _record_failure(delivery: Delivery, code: int, reason: Any) -> None:
    """What the server said of this one mail: 5xx is for good, all else is tried again for a while."""
    now = timezone.now()
    attempts = delivery.attempts + 1
    is_final = 500 <= code < 600 or attempts >= MOST_ATTEMPTS
    Delivery.objects.filter(pk=delivery.pk).update(
        claim=None,
        due_at=now + FIRST_DELAY * 3 ** (min(attempts, MOST_ATTEMPTS) - 1),
        failed_at=now if is_final else None,
        last_error=_in_words(delivery, code, reason),
    )


def _in_words(delivery: Delivery, code: int, reason: Any) -> str:
    """What the server said, without the address: that is kept with the subscriber alone."""
    text = reason.decode("utf-8", "replace") if isinstance(reason, bytes) else str(reason)
    email = delivery.subscriber.email if delivery.subscriber else ""
    return f"{code} {text.replace(email, '…') if email else text}"[:250]


def _put_off(claim: UUID, error: Exception) -> None:
    """The server is away: nothing of the batch is lost or given up."""
    Delivery.objects.waiting().filter(claim=claim).update(
        claim=None, due_at=timezone.now() + SERVER_AWAY, last_error=type(error).__name__
    )


def _finish(edition: Edition) -> None:
    if edition.deliveries.waiting().exists():
        return
    reached = edition.progress()
    Edition.objects.in_progress().filter(pk=edition.pk).update(
        finished_at=timezone.now(), sent_count=reached["sent"], failed_count=reached["failed"]
    )


def _timeout() -> float:
    return min(settings.EMAIL_TIMEOUT or TIMEOUT_SECONDS, TIMEOUT_SECONDS)
