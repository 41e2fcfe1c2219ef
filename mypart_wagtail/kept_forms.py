"""A form sent after one's session has ended is kept until one has signed in again.

The form names its author in a signed hidden box, ``{% typed_by user %}``; what was typed is given back to
that person only, on the same page, once: to be read over by ``typed``, to be saved at once by ``take_kept``.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core import signing
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.translation import gettext as _

AUTHOR = "typed_by"
LOST_FILES = "files_not_kept"
LONGEST_FORM = timedelta(days=2)
_KEPT = "mypart_kept_form"
_SALT = "mypart_wagtail.kept_forms"


def sign_author(user: Any) -> str:
    """The author of a form, for its hidden box."""
    return signing.dumps(str(user.pk), salt=_SALT)


def keeps_typed(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """For views of forms, instead of ``login_required``. ``typed`` or ``take_kept`` gives what was kept."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.user.is_authenticated:
            return view(request, *args, **kwargs)
        _keep(request, request.path)
        return redirect_to_login(request.get_full_path())

    return wrapped


def comes_back_to(page: Callable[..., str]) -> Callable[..., Callable[..., HttpResponse]]:
    """For views that take nothing but posts, instead of ``login_required``.

    Whoever was signed out comes to ``page`` after signing in, an address made from the arguments of the
    view, and finds there what was typed; the view itself would have nothing to show.
    """

    def decorate(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if request.user.is_authenticated:
                return view(request, *args, **kwargs)
            address = page(*args, **kwargs)
            _keep(request, address)
            messages.warning(
                request,
                _("You had been signed out, so nothing was done. Sign in and press the button once more."),
            )
            return redirect_to_login(address)

        return wrapped

    return decorate


def _keep(request: HttpRequest, path: str) -> None:
    """Keep what a known author typed for the page at ``path``."""
    author = _author(request)
    if author:
        posted = request.POST.copy()
        # Files are not kept; the page says which to choose once more.
        posted.setlist(LOST_FILES, list(request.FILES))
        request.session[_KEPT] = {"author": author, "path": path, "typed": posted.urlencode()}


def typed(request: HttpRequest) -> QueryDict | None:
    """What was posted, even if that was nothing, or kept from before signing in; else None."""
    if request.method == "POST":
        return request.POST
    kept = take_kept(request)
    if kept is not None:
        messages.warning(request, _("You had been signed out. What you typed is here; it is not saved yet."))
    return kept


def has_kept(request: HttpRequest) -> bool:
    """Whether something is kept for this very person and page."""
    kept = request.session.get(_KEPT, {})
    return kept.get("path") == request.path and kept.get("author") == str(request.user.pk)


def take_kept(request: HttpRequest) -> QueryDict | None:
    """What was kept for this very person and page, once; None if nothing was."""
    return QueryDict(request.session.pop(_KEPT)["typed"]) if has_kept(request) else None


def _author(request: HttpRequest) -> str:
    """Who typed a posted form; "" if that is not known."""
    try:
        return signing.loads(request.POST.get(AUTHOR, ""), salt=_SALT, max_age=LONGEST_FORM)
    except signing.BadSignature:
        return ""
