"""How often one address may use a public form.

>>> if not within_rate(request, "sign-up"):
...     return too_many_requests(request)

The count lies in ``MYPART["RATE_LIMIT_STORAGE"]``: with ``memory://`` each process counts for itself, with
Redis all count together. A storage that does not answer lets everyone in: a form that nobody can use is
worse than one used too often.
"""

from __future__ import annotations

import logging
from functools import cache
from ipaddress import IPv4Address, IPv6Address, ip_address

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from limits import parse
from limits.errors import StorageError
from limits.storage import storage_from_string
from limits.strategies import FixedWindowRateLimiter

from mypart_wagtail.conf import mypart_settings

logger = logging.getLogger("mypart_wagtail.ratelimit")

# One household or office gets a whole /64 of IPv6, and may walk through it address by address.
IPV6_NETWORK_BITS = 64


def within_rate(request: HttpRequest, scope: str, *, rate: str = "") -> bool:
    """Count this use of ``scope``, such as ``"sign-up"``; False if the address has used it too often.

    ``rate`` is written as in the `limits` library, such as ``"20/hour"``; by default it is
    ``MYPART["PUBLIC_FORM_RATE"]``. Scopes are counted apart.
    """
    return count(scope, client_key(request), rate=rate or mypart_settings.PUBLIC_FORM_RATE)


def count(scope: str, *key: str, rate: str) -> bool:
    """Count one of ``scope`` for ``key``; False if there were too many before."""
    return _asked("hit", scope, *key, rate=rate)


def has_room(scope: str, *key: str, rate: str) -> bool:
    """Whether one more of ``scope`` may be counted for ``key``; counts nothing."""
    return _asked("test", scope, *key, rate=rate)


def _asked(method: str, *key: str, rate: str) -> bool:
    try:
        return getattr(limiter(mypart_settings.RATE_LIMIT_STORAGE), method)(parse(rate), *key)
    except StorageError:
        logger.exception("The storage of rate limits does not answer")
        return True


@never_cache
def too_many_requests(request: HttpRequest) -> HttpResponse:
    """The answer to an address that has used a form too often: what happened and what to do."""
    return render(request, "mypart/too_many_requests.html", status=429)


def client_address(request: HttpRequest) -> str:
    """The address the request came from; ``""`` where it is not known.

    Each trusted proxy adds one address at the end of ``X-Forwarded-For``. What stands before those was
    written by the visitor and is not believed.
    """
    proxies = mypart_settings.TRUSTED_PROXIES
    forwarded = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",")]
    if proxies and len(forwarded) >= proxies and _parsed(forwarded[-proxies]):
        return forwarded[-proxies]
    return request.META.get("REMOTE_ADDR", "")


def client_key(request: HttpRequest) -> str:
    """What is counted as one visitor: an IPv4 address, or a network of IPv6."""
    address = client_address(request)
    parsed = _parsed(address)
    if isinstance(parsed, IPv6Address) and not parsed.ipv4_mapped:
        return str(IPv6Address(int(parsed) >> IPV6_NETWORK_BITS << IPV6_NETWORK_BITS))
    return address


@cache
def limiter(storage: str) -> FixedWindowRateLimiter:
    """The counter that keeps its numbers in ``storage``."""
    return FixedWindowRateLimiter(storage_from_string(storage, wrap_exceptions=True))


def _parsed(address: str) -> IPv4Address | IPv6Address | None:
    try:
        return ip_address(address)
    except ValueError:
        return None
