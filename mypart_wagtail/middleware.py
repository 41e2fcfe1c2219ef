"""Middleware that must stand first, so that the arrival of a request is what decides a deadline.

A request has arrived when the outermost trusted proxy had the whole of it: nginx says so by
``proxy_set_header X-Request-Start "t=$msec"``. Where no proxy says it, the server's own clock decides, once
it has read the body to its end. So a request may wait for a free worker without being late, and one whose
last byte came too late is late, whenever it began.
"""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from tempfile import SpooledTemporaryFile

from django.conf import settings
from django.core.handlers.wsgi import LimitedStream
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, UnreadablePostError
from django.utils import timezone

from mypart_wagtail.conf import mypart_settings

STAMP_HEADER = "X-Request-Start"
# Unix seconds with milliseconds, as nginx writes `$msec`; until the year 2286 they have ten digits.
STAMP = re.compile(r"t=(\d{10})\.(\d{3})", re.ASCII)
CHUNK_BYTES = 64 * 1024
# A longer body, such as a film for the documents, is not written to the disk once more.
LONGEST_SPOOLED_BYTES = 50 * 1024 * 1024


class ArrivalMiddleware:
    """Stamps ``request.mypart_arrived_at`` (aware, UTC) before anything else is done with a request.

    It stays ``None`` for a body so long that only the view reads it. Whoever hangs up while sending gets 400.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        try:
            stamp = _stamp_of_proxy(request) or _read_to_end(request)
        except UnreadablePostError:
            return HttpResponseBadRequest(content_type="text/plain")
        request.mypart_arrived_at = stamp  # type: ignore[attr-defined]
        spool = getattr(request, "_stream", None)
        response = self.get_response(request)
        if isinstance(spool, SpooledTemporaryFile):
            response._resource_closers.append(spool.close)  # type: ignore[attr-defined]
        return response


def arrived_at(request: HttpRequest) -> datetime:
    """When the whole of ``request`` had reached the server (aware, UTC).

    Falls back to now, which is later and never earlier: where the middleware did not run, as in a view called
    by a test, and for a body too long to be read beforehand.
    """
    return getattr(request, "mypart_arrived_at", None) or timezone.now()


def parse_stamp(text: str) -> datetime | None:
    """The moment (aware, UTC) that ``X-Request-Start`` names; ``None`` for anything but nginx's notation."""
    found = STAMP.fullmatch(text)
    if found is None:
        return None
    seconds, milliseconds = map(int, found.groups())
    return datetime.fromtimestamp(seconds, UTC) + timedelta(milliseconds=milliseconds)


def _stamp_of_proxy(request: HttpRequest) -> datetime | None:
    """The moment a trusted proxy names, if the server's own clock allows for it."""
    if not mypart_settings.TRUSTED_PROXIES:
        return None
    stamp = parse_stamp(request.headers.get(STAMP_HEADER, ""))
    now = timezone.now()
    earliest = now - timedelta(seconds=mypart_settings.ARRIVAL_BOUND)
    return stamp if stamp and earliest <= stamp <= now else None


def _read_to_end(request: HttpRequest) -> datetime | None:
    """The moment at which the whole body has been read into a file; ``None`` if it is too long for that.

    Only WSGI hands over a request whose body has not arrived, and only some of its servers (gunicorn does,
    waitress does not). What reads the request afterwards finds the same bytes, by whatever way it reads:
    ``body``, ``POST``, upload handlers of the host.
    """
    stream = getattr(request, "_stream", None)
    if getattr(request, "_read_started", False):  # A middleware of the host stands before ours.
        return None
    if isinstance(stream, LimitedStream) and stream.limit > 0:
        if stream.limit > LONGEST_SPOOLED_BYTES:
            return None
        request.META["wsgi.input"] = request._stream = _spooled(stream)  # type: ignore[assignment]
    return timezone.now()


def _spooled(stream: LimitedStream) -> SpooledTemporaryFile[bytes]:
    """All of ``stream``, in memory or on disk as Django keeps uploads.

    Raises ``UnreadablePostError`` if the client hangs up before its end.
    """
    # Zero would mean that a spool never leaves the memory; to Django it means that nothing stays there.
    in_memory = max(1, settings.FILE_UPLOAD_MAX_MEMORY_SIZE)
    spool = SpooledTemporaryFile(max_size=in_memory, dir=settings.FILE_UPLOAD_TEMP_DIR)  # noqa: SIM115
    while chunk := _next_chunk(stream):
        spool.write(chunk)
    if spool.tell() < stream.limit:
        spool.close()
        raise UnreadablePostError("The client hung up before the end of its request.")
    spool.seek(0)
    return spool


def _next_chunk(stream: LimitedStream) -> bytes:
    """What has come, empty at the end; where a client hung up, servers raise ``OSError`` or give no more."""
    try:
        return stream.read(CHUNK_BYTES)
    except OSError as error:
        raise UnreadablePostError(*error.args) from error
