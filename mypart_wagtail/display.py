"""How a visitor wants to see the site: theme and contrast, kept in a cookie.

Nothing chosen means what the visitor's system asks for (``prefers-color-scheme``, ``prefers-contrast``).
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers

AUTO = "auto"
THEMES = (AUTO, "light", "dark")
CONTRASTS = (AUTO, "high")
COOKIES = {"theme": ("mypart_theme", THEMES), "contrast": ("mypart_contrast", CONTRASTS)}
COOKIE_AGE_SECONDS = 365 * 24 * 3600


@dataclass(frozen=True)
class Display:
    """A choice of ``THEMES`` and one of ``CONTRASTS``."""

    theme: str = AUTO
    contrast: str = AUTO


def get_display(request: HttpRequest | None) -> Display:
    """What the visitor chose. Unknown values count as nothing chosen."""
    if request is None:
        return Display()
    request.mypart_display_was_read = True  # type: ignore[attr-defined]
    return Display(**{name: _read(request, name) for name in COOKIES})


def set_display(response: HttpResponse, *, secure: bool, **choices: str) -> None:
    """Keep ``choices`` (``theme``, ``contrast``) for a year. Raises ``ValueError`` for an unknown choice."""
    for name, value in choices.items():
        cookie, known = COOKIES[name]
        if value not in known:
            raise ValueError(f"{value!r} is no {name}")
        if value == AUTO:
            response.delete_cookie(cookie, samesite="Lax")
        else:
            response.set_cookie(
                cookie, value, max_age=COOKIE_AGE_SECONDS, samesite="Lax", secure=secure, httponly=True
            )


class DisplayMiddleware:
    """Tells caches that a page which showed a visitor's choice differs by cookie."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if getattr(request, "mypart_display_was_read", False):
            patch_vary_headers(response, ["Cookie"])
        return response


def _read(request: HttpRequest, name: str) -> str:
    cookie, known = COOKIES[name]
    value = request.COOKIES.get(cookie, AUTO)
    return value if value in known else AUTO
