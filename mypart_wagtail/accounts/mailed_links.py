"""Mails that anybody can have sent to anybody: one of a kind in ten minutes for an address.

So strangers who ask for many neither fill a mailbox nor keep its owner from asking: the link that was mailed
counts for whoever reads it.
"""

from datetime import timedelta
from enum import StrEnum
from hashlib import sha256

from django.core.cache import cache

BETWEEN_MAILS = timedelta(minutes=10)


class About(StrEnum):
    NEW_PASSWORD = "new-password"  # noqa: S105
    KNOWN_ACCOUNT = "known-account"


def may_mail(about: About, address: str) -> bool:
    """Whether a mail goes to ``address`` now; if so the next one does not, for a while."""
    return cache.add(_key(about, address), True, BETWEEN_MAILS.total_seconds())


def forget_mail(about: About, address: str) -> None:
    """The link that was mailed is used or worth nothing any more, so another may be asked for."""
    cache.delete(_key(about, address))


def _key(about: About, address: str) -> str:
    return f"mypart.{about}.{sha256(address.lower().encode()).hexdigest()}"
