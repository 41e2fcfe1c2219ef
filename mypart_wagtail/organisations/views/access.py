"""Finding the organisation a request is about, for the person who asks."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache

from mypart_wagtail.organisations.models import Organisation
from mypart_wagtail.organisations.permissions import Standing, standing

View = Callable[..., HttpResponse]


def member_view(view: View) -> View:
    """A view for members: given the organisation and where the person stands. 404 for everyone else."""
    return _organisation_view(view, lambda where: where.is_member)


def administrator_view(view: View) -> View:
    """A view for administrators of the card. 404 for everyone else."""
    return _organisation_view(view, lambda where: where.is_administrator)


def _organisation_view(view: View, may_enter: Callable[[Standing], bool]) -> View:
    @never_cache
    @login_required
    @wraps(view)
    def wrapped(request: HttpRequest, uuid: UUID, **kwargs: Any) -> HttpResponse:
        organisation = Organisation.objects.filter(uuid=uuid).first()
        if organisation is None or not may_enter(standing(request.user, organisation)):
            raise Http404
        return view(request, organisation, **kwargs)

    return wrapped
