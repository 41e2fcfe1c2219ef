"""Links to a new password: one in ten minutes for an address, whoever asks for it and however often.

So strangers who ask for many neither fill a mailbox nor keep its owner from asking: the link that was mailed
counts for whoever reads it.
"""

from datetime import timedelta
from hashlib import sha256

from django.core.cache import cache

BETWEEN_LINKS = timedelta(minutes=10)


def may_mail_link(address: str) -> bool:
    """Whether a link is mailed to ``address`` now; if so the next one is not, for a while."""
    return cache.add(_key(address), True, BETWEEN_LINKS.total_seconds())


def forget_link(address: str) -> None:
    """The link that was mailed is used or worth nothing any more, so another may be asked for."""
    cache.delete(_key(address))


def _key(address: str) -> str:
    return f"mypart.reset-link.{sha256(address.lower().encode()).hexdigest()}"
