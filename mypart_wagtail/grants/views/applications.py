"""Beginning an application and finding one's own again."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from mypart_wagtail.grants.listing import index_address
from mypart_wagtail.grants.models import Application, Call, CallStatus
from mypart_wagtail.grants.permissions import may_start
from mypart_wagtail.grants.services.applications import IntakeClosed, start_application
from mypart_wagtail.languages import remember_language
from mypart_wagtail.middleware import arrived_at
from mypart_wagtail.organisations.models import Organisation

PER_PAGE = 20
MOST_IN_BLOCK = 5


@never_cache
@login_required
@require_safe
def applications(request: HttpRequest) -> HttpResponse:
    """My offers: first what can still be submitted, the nearest deadline on top."""
    now = arrived_at(request)
    found = Application.objects.for_person(request.user).with_parts().without_answers().by_urgency(now)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    context = {"page_obj": page, "now": now, "calls_url": "" if page.object_list else index_address(request)}
    return render(request, "mypart_grants/applications.html", context)


@never_cache
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """A visitor's own drafts and offers as a fragment of a page that shared caches keep.

    Empty for whoever is signed out. The block loads it with a script; without one a link leads to the page.
    """
    if not request.user.is_authenticated:
        return HttpResponse(status=204)
    now = arrived_at(request)
    found = Application.objects.for_person(request.user).with_parts().without_answers().by_urgency(now)
    context = {"applications": found[:MOST_IN_BLOCK], "now": now}
    return render(request, "mypart_grants/includes/mine.html", context)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """“What to prepare”, and for which organisation. Its button begins the draft."""
    call = get_object_or_404(Call.objects.select_related("authority", "current_version"), uuid=uuid)
    organisations = Organisation.objects.for_user(request.user)
    now = arrived_at(request)
    own = Application.objects.for_person(request.user).with_parts().without_answers()
    context = {
        "call": call,
        "terms": call.terms,
        "organisations": organisations,
        "begun": own.filter(call=call).by_urgency(now),
        "now": now,
        "is_open": call.is_open(now),
        "is_upcoming": call.status_at(now) is CallStatus.UPCOMING,
    }
    if request.method != "POST":
        return render(request, "mypart_grants/start.html", context)
    chosen = _uuid(request.POST.get("organisation", ""))
    organisation = organisations.filter(uuid=chosen).first() if chosen else None
    if organisation is None:
        return render(request, "mypart_grants/start.html", context | {"is_missing": True}, status=422)
    if not may_start(request.user, organisation):
        raise PermissionDenied
    try:
        application = start_application(request.user, call=call, organisation=organisation, at=now)
    except IntakeClosed:
        return render(request, "mypart_grants/start.html", context | {"is_open": False}, status=422)
    remember_language(request.user, get_language())
    return redirect("mypart_generator:tasks", uuid=application.document.uuid)


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
