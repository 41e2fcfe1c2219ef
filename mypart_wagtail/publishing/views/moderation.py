"""What waits for moderators, one submission, and taking one's own page off the site: screens of the admin."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.admin import messages
from wagtail.models import Page, Site, TaskState

from mypart_wagtail.people import name_of
from mypart_wagtail.publishing import services
from mypart_wagtail.publishing.authors import authors_of
from mypart_wagtail.publishing.models import ModerationTaskState
from mypart_wagtail.publishing.models.moderation import APPROVE, REFUSE, SEND_BACK
from mypart_wagtail.publishing.permissions import may_withdraw
from mypart_wagtail.publishing.providers import promise
from mypart_wagtail.publishing.queue import is_moderator, waiting_for, with_pages

PER_PAGE = 50
LONGEST_COMMENT = 2000
DECIDED = {
    APPROVE: gettext_lazy("Approved. The author is told."),
    SEND_BACK: gettext_lazy("Sent back. The author is told what to change."),
    REFUSE: gettext_lazy("Refused. The author is told why."),
}


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """The queue: what is due first stands on top, the house rules beside it."""
    if not is_moderator(request.user):
        raise PermissionDenied
    found = Paginator(waiting_for(request.user), PER_PAGE).get_page(request.GET.get("p"))
    found.object_list = with_pages(list(found.object_list))
    site = Site.find_for_request(request)
    context = {"found": found, "promise": promise(site), "now": timezone.now()}
    return render(request, "mypart_publishing/admin/queue.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def review(request: HttpRequest, pk: int) -> HttpResponse:
    """One submission: read it, then approve, send back or refuse."""
    if not is_moderator(request.user):
        raise PermissionDenied
    task_state = get_object_or_404(ModerationTaskState.objects.select_related("workflow_state"), pk=pk)
    if task_state.status != TaskState.STATUS_IN_PROGRESS:
        messages.warning(request, _decided_already(request.POST.get("comment", "")))
        return redirect("mypart_admin_moderation:index")
    if not waiting_for(request.user).filter(pk=pk).exists():
        raise Http404
    error = _decide(request, task_state) if request.method == "POST" else ""
    if request.method == "POST" and not error:
        return redirect("mypart_admin_moderation:index")
    context = _reviewed(task_state, request.user)
    context |= {"error": error, "comment": request.POST.get("comment", "")}
    return render(request, "mypart_publishing/admin/review.html", context, status=422 if error else 200)


def _decided_already(comment: str) -> str:
    """With what the moderator wrote meanwhile, which nobody gets."""
    told = _("Somebody has decided on this already.")
    return f"{told} {_('You wrote: %(comment)s') % {'comment': comment}}" if comment else told


def _decide(request: HttpRequest, task_state: ModerationTaskState) -> str:
    """Do what the moderator chose; gives what is wrong with it, "" where it is done."""
    decision = request.POST.get("decision", "")
    comment = request.POST.get("comment", "")
    if decision not in DECIDED:
        return _("Choose what to do.")
    if len(comment) > LONGEST_COMMENT:
        return _("Shorten it to at most %(most)d characters.") % {"most": LONGEST_COMMENT}
    try:
        services.decide(
            request.user,
            task_state=task_state,
            decision=decision,
            comment=comment,
            seen=int(request.POST["seen"]) if request.POST.get("seen", "").isdecimal() else 0,
        )
    except ValidationError as error:
        return error.messages[0]
    messages.success(request, DECIDED[decision])
    return ""


def _reviewed(task_state: ModerationTaskState, user: Any) -> dict[str, Any]:
    [found] = with_pages([task_state])
    state = task_state.workflow_state
    authors = authors_of(state)
    people = get_user_model().objects.filter(pk__in=authors)
    earlier = TaskState.objects.filter(workflow_state=state).exclude(pk=task_state.pk)
    return {
        "task_state": found,
        "page": found.page,
        "authors": [name_of(person) for person in people],
        "is_own": not task_state.task.specific.may_decide(found.page, user),
        "earlier": earlier.select_related("finished_by").order_by("-started_at"),
        "promise": promise(found.page.get_site()),
        "preview_url": reverse("wagtailadmin_pages:view_draft", args=[found.page.pk]),
        "compare_url": _compare_url(found.page),
    }


def _compare_url(page: Any) -> str:
    """What differs from what is public; "" where nothing is."""
    if not page.live:
        return ""
    return reverse("wagtailadmin_pages:revisions_compare", args=[page.pk, "live", "latest"])


@require_http_methods(["GET", "HEAD", "POST"])
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Take what waits for moderators back, one's own text or a colleague's, to change it."""
    page = get_object_or_404(Page, pk=pk).specific
    if not page.workflow_in_progress or not may_withdraw(request.user, page):
        raise Http404
    if request.method == "POST":
        services.take_back(request.user, page=page)
        messages.success(request, _("“%(title)s” can be changed again.") % {"title": page.title})
        return redirect("wagtailadmin_pages:edit", page.pk)
    return render(request, "mypart_publishing/admin/take_back.html", {"page": page})


@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a published page of one's own off the site, at once."""
    page = get_object_or_404(Page, pk=pk).specific
    if not (page.live or page.approved_schedule) or not may_withdraw(request.user, page):
        raise Http404
    if request.method == "POST":
        services.withdraw(request.user, page=page)
        messages.success(request, _("“%(title)s” is no longer on the site.") % {"title": page.title})
        return redirect("wagtailadmin_explore", page.get_parent().pk)
    return render(request, "mypart_publishing/admin/withdraw.html", {"page": page})
