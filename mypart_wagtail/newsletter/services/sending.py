"""Sending the deliveries of an edition, in batches that survive a crash.

A batch is claimed under a lease and goes through one connection. Each mail is recorded in a commit of its
own right after the server has taken it. So whatever kills a worker, the others go on where it was: what it
had sent is known, and what it had claimed is free again when its lease is over. One moment remains, between
the server's answer and the commit: a mail killed just there is sent again, with the same Message-ID, by
which mailboxes know it for the same.

What goes wrong in the conversation about one mail counts against that mail: it is tried again for days,
then given up. So none holds up the others. But where the server takes no mail of ours at all, since a quota
is used up or it does not know us, no reader is to blame: the edition is put off, again and again for days,
and staff see it. A connection that cannot be opened means that the server is away, and then all waits too.
Every edition ends; whom it did not reach it can be sent to by hand.
"""

from __future__ import annotations

import logging
import re
from contextlib import suppress
from datetime import timedelta
from smtplib import (
    SMTPAuthenticationError,
    SMTPHeloError,
    SMTPRecipientsRefused,
    SMTPResponseException,
    SMTPSenderRefused,
)
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
MOST_ATTEMPTS = 8
"""With delays of 5 minutes, 15, 45 …: a server that asks to come later gets four days (RFC 5321, 4.5.4.1)."""
FAILURES_IN_A_ROW = 3
"""After so many that no mailbox has caused, and no success between them, the fault is ours."""
FIRST_PUT_OFF = timedelta(minutes=15)
LONGEST_PUT_OFF = timedelta(hours=12)
MOST_PUT_OFFS = 14
"""Together more than five days: by then a quota is free again, and staff have mended what they can."""
NO_SUCH_MAILBOX = frozenset({550, 551, 552, 553})
OF_MAILBOX = re.compile(r"^[45]\.[12]\.\d+")
"""Enhanced codes (RFC 3463) about the address and the mailbox; others are about the sender and the mail."""
OF_QUOTA = re.compile(r"\b(limit|quota|rate|too many|exceeded)\b", re.IGNORECASE)


OF_SENDER = (SMTPSenderRefused, SMTPAuthenticationError, SMTPHeloError)
"""What a server says of whoever sends, before any reader is named."""


class NothingTaken(Exception):
    """The server takes no mail of ours now. ``deliveries`` are those that failed because of it."""

    def __init__(self, deliveries: list[Delivery]) -> None:
        super().__init__(f"{len(deliveries)} mails in a row")
        self.deliveries = deliveries


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
    in_a_row: list[Delivery] = []
    try:
        for delivery in batch:
            _open(connection)
            _send(delivery, claim, letters, connection, in_a_row)
            if len(in_a_row) == FAILURES_IN_A_ROW:
                raise NothingTaken(in_a_row)
    except NothingTaken as fault:
        _put_off_edition(edition, claim, fault)
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


def _send(
    delivery: Delivery, claim: UUID, letters: Letters, connection: Any, in_a_row: list[Delivery]
) -> None:
    """Send one mail. ``in_a_row``: those before it that failed without a mailbox to blame; kept up to date.

    Raises ``NothingTaken`` where the server refuses the sender.
    """
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
        if isinstance(error, OF_SENDER):
            raise NothingTaken([*in_a_row, delivery]) from error
        if is_ours or _is_of_mailbox(error):
            in_a_row.clear()
        else:
            in_a_row.append(delivery)
    else:
        in_a_row.clear()
        Delivery.objects.filter(pk=delivery.pk).update(sent_at=timezone.now(), claim=None, last_error="")
        _go_on(letters.edition)


def _begin(delivery: Delivery, claim: UUID) -> bool:
    """Whether ``delivery`` is still this worker's; if so, it has it in hand.

    It is no more if the lease is over, or if the reader has unsubscribed meanwhile.
    """
    now = timezone.now()
    mine = Delivery.objects.waiting().filter(pk=delivery.pk, claim=claim, due_at__gt=now)
    return bool(mine.update(due_at=now + IN_HAND, attempts=F("attempts") + 1))


def _record_failure(delivery: Delivery, error: Exception) -> None:
    """What went wrong with this one mail: that there is no mailbox is for good, all else is tried again."""
    now = timezone.now()
    code, reason = _answer(error)
    attempts = delivery.attempts + 1
    is_refused = 500 <= code < 600 and _is_of_mailbox(error)
    is_final = is_refused or attempts >= MOST_ATTEMPTS
    Delivery.objects.filter(pk=delivery.pk).update(
        claim=None,
        due_at=now + FIRST_DELAY * 3 ** (min(attempts, MOST_ATTEMPTS) - 1),
        failed_at=now if is_final else None,
        is_refused=is_refused,
        last_error=_in_words(code, reason),
    )


def _is_of_mailbox(error: Exception) -> bool:
    """Whether the server speaks of the mailbox that the mail goes to, and not of whoever sends it."""
    if isinstance(error, OF_SENDER):
        return False
    code, reason = _answer(error)
    text = _in_words(0, reason)
    if OF_MAILBOX.match(text):
        return True
    return code in NO_SUCH_MAILBOX and not re.match(r"[45]\.\d+\.\d+", text) and not OF_QUOTA.search(text)


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


def _put_off_edition(edition: Edition, claim: UUID, fault: NothingTaken) -> None:
    """Nothing of the edition is sent for a while. What failed only now was not the fault of those readers."""
    now = timezone.now()
    edition.refresh_from_db(fields=["put_offs"])
    put_offs = edition.put_offs + 1
    logger.warning("Edition %s is put off: the mail server takes nothing", edition.uuid)
    mine = Delivery.objects.filter(pk__in=[delivery.pk for delivery in fault.deliveries])
    mine.update(attempts=F("attempts") - 1, failed_at=None)
    Delivery.objects.waiting().filter(claim=claim).update(claim=None)
    waiting = Delivery.objects.waiting().filter(edition=edition)
    if put_offs > MOST_PUT_OFFS:
        waiting.update(failed_at=now)
        return
    until = now + min(FIRST_PUT_OFF * 3 ** (put_offs - 1), LONGEST_PUT_OFF)
    waiting.filter(claim=None, due_at__lt=until).update(due_at=until)
    edition.put_off_until, edition.put_offs = until, put_offs
    edition.save(update_fields=["put_off_until", "put_offs"])


def _go_on(edition: Edition) -> None:
    """The server takes mail again."""
    if edition.put_offs:
        edition.put_off_until, edition.put_offs = None, 0
        edition.save(update_fields=["put_off_until", "put_offs"])


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
        finished_at=timezone.now(),
        put_off_until=None,
        sent_count=reached["sent"],
        failed_count=reached["failed"],
    )


def _opening_timeout() -> float:
    return min(settings.EMAIL_TIMEOUT or OPENING_SECONDS, OPENING_SECONDS)
