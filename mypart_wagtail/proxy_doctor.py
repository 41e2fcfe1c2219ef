"""Does the reverse proxy stamp requests as it should: ``mypart_doctor --through https://…``.

The doctor sends requests with a forged stamp of arrival by the public address, as a cheat would, to an
address of the core that says to the doctor alone which stamp it saw.
"""

from __future__ import annotations

import json
import time
from dataclasses import dataclass
from datetime import datetime
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from urllib.parse import urlsplit

from django.core.signing import BadSignature, TimestampSigner
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

from mypart_wagtail.conf import mypart_settings
from mypart_wagtail.doctor import SET_CLOCK, Fault, Options, examination
from mypart_wagtail.middleware import STAMP_HEADER, parse_stamp

SIGNATURE_HEADER = "X-Mypart-Doctor"
SIGNATURE_SECONDS = 60
ANSWER_SECONDS = 30
# How far back the forged stamp lies, as a share of what the server would believe.
FORGED_SHARE = 0.5
# How long the body of the slow request takes.
PAUSE_SECONDS = 3.0
GREATEST_CLOCK_SECONDS = 1.0
BODY = b"x" * 1024
GUIDE = 'See "The proxy" in docs/how-to/run-on-a-server.md.'


def signature() -> str:
    """What proves for a minute that a request is the doctor's: it knows ``SECRET_KEY``."""
    return _signer().sign("doctor")


def is_signed(request: HttpRequest) -> bool:
    try:
        _signer().unsign(request.headers.get(SIGNATURE_HEADER, ""), max_age=SIGNATURE_SECONDS)
    except BadSignature:
        return False
    return True


def _signer() -> TimestampSigner:
    return TimestampSigner(salt="mypart_wagtail.proxy_doctor")


@dataclass(frozen=True)
class Sent:
    """A request of the doctor: Unix seconds of what it did and what stamp the server then saw (or "")."""

    forged: str
    first_byte: float
    last_byte: float
    answered: float
    stamp: str


@examination(
    "proxy", remedy="Give the address by which people reach the site, and let it be reached from here."
)
def examine_proxy(options: Options) -> str:
    """The proxy's stamp decides deadlines: it has to replace any other, and to be that of the last byte."""
    if not options.through and not mypart_settings.TRUSTED_PROXIES:
        return "none is trusted"
    if not options.through:
        return "not tried: only --through ADDRESS tells whether anybody may forge the moment of arrival"
    if not mypart_settings.TRUSTED_PROXIES:
        raise Fault(
            "MYPART['TRUSTED_PROXIES'] is 0, so its stamp of arrival is not read",
            "Set it to the number of proxies in front of the site.",
        )
    address = options.through.rstrip("/") + _path()
    at_once = _send(address, pause=0)
    stamp = _stamp_of(at_once)
    _compare_clocks(stamp, at_once)
    slow = _send(address, pause=PAUSE_SECONDS)
    if _stamp_of(slow).timestamp() < slow.last_byte - GREATEST_CLOCK_SECONDS:
        raise Fault(
            "stamps the first byte of a request, so that whoever begins before a deadline may end after it",
            f'Switch proxy_request_buffering on, and write "t=$msec" itself, no variable of `set`. {GUIDE}',
        )
    return "stamps the last byte of each request, replaces forged stamps, and its clock agrees with ours"


def _path() -> str:
    try:
        return reverse("mypart:arrival")
    except NoReverseMatch:
        raise Fault(
            "the site does not tell which stamp it sees", "Include mypart_wagtail.urls in the addresses."
        ) from None


def _send(address: str, *, pause: float) -> Sent:
    """Send a forged stamp, and the second half of the body after ``pause`` seconds."""
    parts = urlsplit(address)
    connections = {"http": HTTPConnection, "https": HTTPSConnection}
    if parts.scheme not in connections or not parts.hostname:
        raise Fault(f"{address} is no address", "Begin it with https://.")
    forged = f"t={time.time() - FORGED_SHARE * mypart_settings.ARRIVAL_BOUND:.3f}"
    connection = connections[parts.scheme](parts.hostname, parts.port, timeout=ANSWER_SECONDS)
    try:
        connection.putrequest("POST", parts.path)
        connection.putheader("Content-Length", str(len(BODY)))
        connection.putheader("Content-Type", "application/octet-stream")
        connection.putheader(STAMP_HEADER, forged)
        connection.putheader(SIGNATURE_HEADER, signature())
        first_byte = time.time()
        connection.endheaders(BODY[:-1])
        time.sleep(pause)
        last_byte = time.time()
        connection.send(BODY[-1:])
        answer = connection.getresponse()
        text = answer.read()
    except HTTPException as error:
        raise Fault(
            f"{address} gives no answer ({error!r})", f"Look into the proxy's log. {GUIDE}"
        ) from error
    finally:
        connection.close()
    if answer.status != 200:
        raise Fault(
            f"{address} answers {answer.status}",
            "Give the address by which people reach this very project: it is asked with its SECRET_KEY.",
        )
    return Sent(forged, first_byte, last_byte, time.time(), json.loads(text)["stamp"])


def _stamp_of(sent: Sent) -> datetime:
    """The moment that the proxy wrote. Raises ``Fault`` if it wrote none, or let the forged one through."""
    if sent.stamp == sent.forged:
        raise Fault(
            "lets through a stamp of arrival that anybody may forge",
            f"Set {STAMP_HEADER} in the location itself: one that sets any header inherits none. {GUIDE}",
        )
    stamp = parse_stamp(sent.stamp)
    if stamp is None:
        raise Fault(
            f"sends no stamp of arrival that can be read ({sent.stamp!r})",
            f'Write proxy_set_header {STAMP_HEADER} "t=$msec" in the location itself. {GUIDE}',
        )
    return stamp


def _compare_clocks(stamp: datetime, sent: Sent) -> None:
    """A clock behind ours lets the late in; one before ours is not believed."""
    behind, ahead = sent.first_byte - stamp.timestamp(), stamp.timestamp() - sent.answered
    drift = max(behind, ahead)
    if drift > GREATEST_CLOCK_SECONDS:
        raise Fault(
            f"its clock is {drift:.1f} s {'behind' if behind > ahead else 'ahead of'} ours", SET_CLOCK
        )
