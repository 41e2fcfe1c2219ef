"""Wrong passwords, counted so that guessing leads nowhere and strangers lock nobody out.

What others do elsewhere never shuts an account: only who guesses from one network has to wait. After many
wrong passwords for one address, wherever they come from, a question is asked before the next is tried.
"""

from __future__ import annotations

from django.http import HttpRequest

from mypart_wagtail.ratelimit import client_key, count, has_room

OF_BOTH = "5/minute"
"""Wrong passwords for one address from one network; then whoever sits there waits a minute."""
OF_NETWORK = "10/minute"
"""For whatever addresses."""
OF_ADDRESS = "50/hour"
"""From wherever; then the question is asked."""


def _folded(address: str) -> str:
    """As the form reads what was typed: a space before it is no other address."""
    return address.strip().lower()


def must_wait(request: HttpRequest, address: str) -> bool:
    """Whether no password for ``address`` is tried now from where the request comes from."""
    network = client_key(request)
    return not (
        has_room("wrong-password", _folded(address), network, rate=OF_BOTH)
        and has_room("wrong-password-network", network, rate=OF_NETWORK)
    )


def are_many(address: str) -> bool:
    """Whether so many passwords for ``address`` were wrong that the question is asked first."""
    return not has_room("wrong-password-address", _folded(address), rate=OF_ADDRESS)


def note(request: HttpRequest, address: str) -> None:
    """Count one wrong password for ``address``."""
    network = client_key(request)
    count("wrong-password", _folded(address), network, rate=OF_BOTH)
    count("wrong-password-network", network, rate=OF_NETWORK)
    count("wrong-password-address", _folded(address), rate=OF_ADDRESS)
