"""What waits for moderators."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone
from wagtail.models import Page, TaskState

from mypart_wagtail.organisations.models import OrganisationPage
from mypart_wagtail.publishing.models import ModerationTask, ModerationTaskState


def is_moderator(user: Any) -> bool:
    """Whether anything may ever wait for ``user``."""
    groups = user.groups.values("pk")
    mine = ModerationTask.objects.filter(Q(groups__in=groups) | Q(deputies__in=groups), active=True)
    return user.is_superuser or mine.exists()


def waiting_for(user: Any) -> QuerySet[ModerationTaskState]:
    """Submissions that ``user`` may see, the one due first on top; for deputies those that are overdue."""
    waiting = ModerationTaskState.objects.filter(status=TaskState.STATUS_IN_PROGRESS, task__active=True)
    waiting = waiting.select_related("workflow_state__requested_by").order_by("due_at", "pk")
    if user.is_superuser:
        return waiting
    groups = user.groups.values("pk")
    of_moderators = Q(task__in=ModerationTask.objects.filter(groups__in=groups))
    of_deputies = Q(task__in=ModerationTask.objects.filter(deputies__in=groups), due_at__lte=timezone.now())
    return waiting.filter(of_moderators | of_deputies)


def with_pages(states: list[Any]) -> list[Any]:
    """``states``, each with its ``page``, the ``title`` submitted and the ``profile`` it is of."""
    ids = [state.workflow_state.object_id for state in states]
    pages = Page.objects.filter(pk__in=ids).select_related("latest_revision", "content_type")
    by_id = {str(page.pk): page for page in pages.defer("latest_revision__content")}
    profiles = _profiles(by_id.values())
    found = [state for state in states if state.workflow_state.object_id in by_id]
    for state in found:
        state.page = by_id[state.workflow_state.object_id]
        state.title = state.page.latest_revision.object_str
        state.kind = state.page.content_type.name
        state.profile = profile_of(state.page, profiles)
    return found


def profile_of(page: Any, profiles: dict[str, OrganisationPage] | None = None) -> OrganisationPage | None:
    """The profile that ``page`` is or stands under."""
    known = _profiles([page]) if profiles is None else profiles
    return next((known[path] for path in _paths(page) if path in known), None)


def _profiles(pages: Any) -> dict[str, OrganisationPage]:
    paths = {path for page in pages for path in _paths(page)}
    found = OrganisationPage.objects.filter(path__in=paths).select_related("organisation")
    return {profile.path: profile for profile in found}


def _paths(page: Any) -> list[str]:
    """Of ``page`` and the pages above it, the nearest first."""
    return [page.path[:length] for length in range(len(page.path), 0, -page.steplen)]
