"""Middleware that must stand first, so that the arrival of a request is what decides a deadline."""

from collections.abc import Callable
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.utils import timezone


class ArrivalMiddleware:
    """Stamps ``request.mypart_arrived_at`` (aware, UTC) before anything else is done with a request."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.mypart_arrived_at = timezone.now()  # type: ignore[attr-defined]
        return self.get_response(request)


def arrived_at(request: HttpRequest) -> datetime:
    """When ``request`` reached the server (aware, UTC).

    Falls back to now where the middleware did not run, as in a view called by a test.
    """
    return getattr(request, "mypart_arrived_at", None) or timezone.now()
