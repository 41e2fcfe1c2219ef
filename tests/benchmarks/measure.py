"""Measuring: processor time of two deeds side by side, time of one, and requests that cost what they cost."""

import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from statistics import median
from time import perf_counter, process_time
from typing import Any
from unittest.mock import patch

from django.core.handlers.wsgi import WSGIHandler
from django.db.backends.base.base import BaseDatabaseWrapper
from django.http import HttpResponse
from django.test import Client, RequestFactory

CSRF_TOKEN = "a" * 32
WARM_UP = 10


def cpu_side_by_side(one: Callable[[], Any], other: Callable[[], Any], *, rounds: int) -> tuple[float, float]:
    """Median processor time of each in ms. They take turns, so that what slows the machine slows both."""
    times: tuple[list[float], list[float]] = ([], [])
    for turn in range(-WARM_UP, rounds):
        for deed, found in zip((one, other), times, strict=True):
            spent = _spent(deed, process_time)
            if turn >= 0:
                found.append(spent)
    return median(times[0]), median(times[1])


def wall_time(deed: Callable[[], Any], *, rounds: int) -> float:
    """Median time in ms as a person waits it."""
    deed()
    return median(_spent(deed, perf_counter) for _ in range(rounds))


@dataclass
class Spent:
    """Seconds of processor time, child processes counted; by the clock, how long rows stayed locked.

    ``locked_cpu`` is the processor time of the longest lock, which other work on the machine makes no longer.
    """

    cpu: float
    locked: float = 0
    locked_cpu: float = 0


@contextmanager
def spending() -> Iterator[Spent]:
    """What the block spends. A lock lasts from the beginning of a transaction to its end."""
    spent = Spent(0)
    begun = begun_cpu = 0.0
    set_autocommit = BaseDatabaseWrapper.set_autocommit

    def timed(self: Any, autocommit: bool, *args: Any, **kwargs: Any) -> None:
        nonlocal begun, begun_cpu
        set_autocommit(self, autocommit, *args, **kwargs)
        if not autocommit:
            begun, begun_cpu = perf_counter(), _processor_time()
        elif begun:  # A connection that is just opened ends nothing.
            spent.locked = max(spent.locked, perf_counter() - begun)
            spent.locked_cpu = max(spent.locked_cpu, _processor_time() - begun_cpu)
            begun = 0.0

    before = _processor_time()
    with patch.object(BaseDatabaseWrapper, "set_autocommit", timed):
        yield spent
    spent.cpu = _processor_time() - before


def _processor_time() -> float:
    return sum(os.times()[:4])


def fixed_loop() -> int:
    """Work that never changes: how fast this machine is just now."""
    return sum(number * number % 7 for number in range(3_000_000))


def _spent(deed: Callable[[], Any], clock: Callable[[], float]) -> float:
    start = clock()
    deed()
    return (clock() - start) * 1000


@dataclass
class Visitor:
    """Sends requests to the WSGI application itself, through all its middleware, signed in or not.

    Django's test client is left out: what it adds to each request would hide part of the difference.
    """

    user: Any = None

    def __post_init__(self) -> None:
        self.handler = WSGIHandler()
        self.factory = RequestFactory()
        client = Client()
        if self.user:
            client.force_login(self.user)
        cookies = {name: morsel.value for name, morsel in client.cookies.items()}
        self.headers = {
            "HTTP_COOKIE": "; ".join(f"{k}={v}" for k, v in (cookies | {"csrftoken": CSRF_TOKEN}).items()),
            "HTTP_X_CSRFTOKEN": CSRF_TOKEN,
        }

    def get(self, path: str, *, status: int = 200) -> HttpResponse:
        return self._send(self.factory.get(path, **self.headers), status)

    def post(self, path: str, body: dict[str, Any], *, status: int = 200) -> HttpResponse:
        """Send ``body`` as JSON. The answer must have that ``status``."""
        request = self.factory.post(path, json.dumps(body), content_type="application/json", **self.headers)
        return self._send(request, status)

    def post_form(self, path: str, fields: dict[str, str], *, status: int = 200) -> HttpResponse:
        """Send ``fields`` as a page without JavaScript does."""
        return self._send(self.factory.post(path, fields, **self.headers), status)

    def _send(self, request: Any, status: int = 200) -> HttpResponse:
        response = self.handler(request.environ, lambda *_: None)
        assert response.status_code == status, (request.path, response.status_code)
        response.close()
        return response
