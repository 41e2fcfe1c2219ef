"""Measuring: processor time of two deeds side by side, time of one, and requests that cost what they cost."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median
from time import perf_counter, process_time
from typing import Any

from django.core.handlers.wsgi import WSGIHandler
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

    def get(self, path: str) -> HttpResponse:
        return self._send(self.factory.get(path, **self.headers))

    def post(self, path: str, body: dict[str, Any]) -> HttpResponse:
        request = self.factory.post(path, json.dumps(body), content_type="application/json", **self.headers)
        return self._send(request)

    def _send(self, request: Any) -> HttpResponse:
        response = self.handler(request.environ, lambda *_: None)
        assert response.status_code == 200, (request.path, response.status_code)
        response.close()
        return response
