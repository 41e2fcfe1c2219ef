"""Pages whose address is the key to them, such as those that links in mails lead to."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache

_MARK = "mypart_address_is_secret"


def at_secret_address(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """For such views: no cache keeps the page, no search engine shows it, no other site is told of it."""

    @never_cache
    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        setattr(request, _MARK, True)
        response = view(request, *args, **kwargs)
        # Not "no-referrer": browsers then hide their origin from us too, and no form passes the CSRF check.
        response["Referrer-Policy"] = "same-origin"
        response["X-Robots-Tag"] = "noindex"
        return response

    return wrapped


def has_secret_address(request: HttpRequest) -> bool:
    """Whether the address of ``request`` must not be written into links or messages."""
    return getattr(request, _MARK, False)
