"""Finding the application a request is about, for the person who asks."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.cache import never_cache

from mypart_wagtail.grants.models import Application
from mypart_wagtail.grants.permissions import may_view

View = Callable[..., HttpResponseBase]


def applicant_view(view: View) -> View:
    """A view of one application, given to it instead of its UUID.

    Whoever is signed out is sent to sign in; whoever may not open the application gets 404, as if there
    were none. No answer is kept by any cache.
    """

    @never_cache
    @login_required
    @wraps(view)
    def wrapped(request: HttpRequest, uuid: UUID, **kwargs: Any) -> HttpResponseBase:
        application = Application.objects.with_parts().filter(uuid=uuid).first()
        if application is None or not may_view(request.user, application):
            raise Http404
        return view(request, application, **kwargs)

    return wrapped
