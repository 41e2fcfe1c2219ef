"""Whether a person's e-mail address is confirmed, asked of the app that keeps accounts.

Apps know ``request.user`` only. An app that keeps accounts provides two answers::

    class MypartAccountsConfig(AppConfig):
        mypart_providers = {
            "accounts.has_confirmed_address": "….has_confirmed_address",  # (user) -> bool
            "accounts.send_confirmation_url": "….send_confirmation_url",  # () -> str, posted to with `next`
        }

Where none is installed, everyone counts as confirmed.
"""

from typing import Any

from mypart_wagtail.providers import get_provider, has_provider

HAS_CONFIRMED = "accounts.has_confirmed_address"
SEND_URL = "accounts.send_confirmation_url"


def has_confirmed_address(user: Any) -> bool:
    """Whether ``user`` has shown that ``user.email`` is theirs: this very address, no other one."""
    return not has_provider(HAS_CONFIRMED) or get_provider(HAS_CONFIRMED)(user)


def send_confirmation_url() -> str:
    """Where a post has the link sent again; ``next`` in it is where the link leads back to."""
    return get_provider(SEND_URL)()
