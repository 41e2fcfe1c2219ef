"""Sending the deliveries of an edition, in batches that survive a crash.

A batch is claimed under a lease and goes through one connection. Each mail is recorded in a commit of its
own right after the server has taken it. So whatever kills a worker, the others go on where it was: what it
had sent is known, and what it had claimed is free again when its lease is over. One moment remains, between
the server's answer and the commit: a mail killed just there is sent again, with the same Message-ID, by
which mailboxes know it for the same.

Only a connection that cannot be opened means that the server is away, and then all waits. Whatever goes wrong
in the conversation about one mail counts against that mail: it is tried again for a while, then given up. So
none holds up the others, and every edition ends.
"""

from __future__ import annotations

import logging
import re
from contextlib import suppress
from datetime import timedelta
from smtplib import SMTPRecipientsRefused, SMTPResponseException
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
"""How long a worker may go on beginning mails of its batch; what is left then is free again."""
IN_HAND = timedelta(hours=1)
"""How long it may be busy with the mail in hand: longer than all answers that one mail takes."""
OPENING_SECONDS = 60
"""The longest wait for one answer while the connection is opened."""
ANSWER_SECONDS = 600
"""The longest wait for one answer about a mail, of which there are five. RFC 5321, 4.5.3.2.6: who waits less
than ten minutes after the final dot sends again what the server was about to take."""
ADDRESS = re.compile(r"""("[^"]*"|[^\s<>()"',;:]+)@[^\s<>()"',;:]+""")
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
    connection = get_connection(timeout=_opening_timeout())
    try:
        for delivery in batch:
            _open(connection)
            _send(delivery, claim, letters, connection)
    except OSError as error:  # What smtplib raises is one too.
        logger.warning("The mail server is away: %s", error)
        _put_off(claim, error)
    finally:
        _close(connection)
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
    except Exception as error:  # noqa: BLE001 - a mail that cannot be made or sent holds up no other
        name, is_ours = type(error).__name__, not isinstance(error, OSError)
        logger.warning("Delivery %s failed: %s", delivery.uuid, name, exc_info=is_ours)
        _record_failure(delivery, error)
        # Some servers hang up after they have refused something: the next mail gets a connection of its own.
        _close(connection)
    else:
        Delivery.objects.filter(pk=delivery.pk).update(sent_at=timezone.now(), claim=None, last_error="")


def _begin(delivery: Delivery, claim: UUID) -> bool:
    """Whether ``delivery`` is still this worker's; if so, it has it in hand.

    It is no more if the lease is over, or if the reader has unsubscribed meanwhile.
    """
    now = timezone.now()
    mine = Delivery.objects.waiting().filter(pk=delivery.pk, claim=claim, due_at__gt=now)
    return bool(mine.update(due_at=now + IN_HAND, attempts=F("attempts") + 1))


def _record_failure(delivery: Delivery, error: Exception) -> None:
    """What went wrong with this one mail: 5xx is for good, all else is tried again for a while."""
    now = timezone.now()
    code, reason = _answer(error)
    attempts = delivery.attempts + 1
    is_final = 500 <= code < 600 or attempts >= MOST_ATTEMPTS
    Delivery.objects.filter(pk=delivery.pk).update(
        claim=None,
        due_at=now + FIRST_DELAY * 3 ** (min(attempts, MOST_ATTEMPTS) - 1),
        failed_at=now if is_final else None,
        last_error=_in_words(code, reason),
    )


def _answer(error: Exception) -> tuple[int, Any]:
    """The code of the mail server, 0 where it gave none, and its words."""
    if isinstance(error, SMTPRecipientsRefused):
        [answer] = error.recipients.values()
        return answer
    if isinstance(error, SMTPResponseException):
        return error.smtp_code, error.smtp_error
    # Other errors may quote the mail.
    return 0, f"{type(error).__name__}: {error}" if isinstance(error, OSError) else type(error).__name__


def _in_words(code: int, reason: Any) -> str:
    """``code`` and ``reason`` without any address: those are kept with subscribers alone."""
    text = reason.decode("utf-8", "replace") if isinstance(reason, bytes) else str(reason)
    return ADDRESS.sub("…", f"{code} {text}" if code else text)[:250]


def _put_off(claim: UUID, error: Exception) -> None:
    """The server is away: nothing of the batch is lost or given up."""
    Delivery.objects.waiting().filter(claim=claim).update(
        claim=None, due_at=timezone.now() + SERVER_AWAY, last_error=_in_words(*_answer(error))
    )


def _open(connection: Any) -> None:
    """Open ``connection`` if it is not open. Raises ``OSError`` where the mail server is away."""
    sock = _socket(connection) if connection.open() else None
    if sock is not None:
        # One that cannot be reached is known for it soon; one that has a mail is waited for.
        sock.settimeout(ANSWER_SECONDS)


def _socket(connection: Any) -> Any:
    """That of Django's own backend; others wait as they please."""
    return getattr(getattr(connection, "connection", None), "sock", None)


def _close(connection: Any) -> None:
    with suppress(OSError):  # It may be broken already.
        connection.close()


def _finish(edition: Edition) -> None:
    if edition.deliveries.waiting().exists():
        return
    reached = edition.progress()
    Edition.objects.in_progress().filter(pk=edition.pk).update(
        finished_at=timezone.now(), sent_count=reached["sent"], failed_count=reached["failed"]
    )


def _opening_timeout() -> float:
    return min(settings.EMAIL_TIMEOUT or OPENING_SECONDS, OPENING_SECONDS)
