"""The home page of the admin, for people of organisations and for moderators."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Min, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.admin.ui.components import Component
from wagtail.models import Page, WorkflowState

from mypart_wagtail.organisations.models import DirectoryEntry
from mypart_wagtail.providers import providers_of
from mypart_wagtail.publishing.permissions import profiles_of
from mypart_wagtail.publishing.providers import promise
from mypart_wagtail.publishing.queue import waiting_for

DASHBOARD = "dashboard."
"""Providers under this prefix list things of a person: ``(request) -> (heading, Listing)``."""
WRITES = "publishing.writes."
"""Providers under this prefix open a form for a new page: ``(profile) -> (label, address) | None``."""
SHOWN = 10


class OrganisationsPanel(Component):
    """My organisations: their profiles, what is written for them and how it stands, offers, open calls."""

    name = "mypart_my_organisations"
    order = 50
    template_name = "mypart_publishing/admin/my_organisations.html"

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        request = parent_context["request"]
        lists = [provide(request) for provide in providers_of(DASHBOARD)]
        return {
            "profiles": [_told(profile) for profile in profiles_of(request.user)],
            "lists": [(heading, listing) for heading, listing in lists if listing.things],
            "request": request,
        }


class ModerationPanel(Component):
    """How much waits, since when, and how much of it is late."""

    name = "mypart_moderation"
    order = 60
    template_name = "mypart_publishing/admin/waiting.html"

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        is_late = Q(due_at__lte=timezone.now())
        waiting = waiting_for(parent_context["request"].user).order_by()
        counted = waiting.aggregate(
            count=Count("pk"), late=Count("pk", filter=is_late), since=Min("started_at"), due=Min("due_at")
        )
        return {**counted, "url": reverse("mypart_admin_moderation:index")}


def _told(profile: Any) -> dict[str, Any]:
    site = profile.get_site()
    entry = DirectoryEntry.objects.filter(organisation=profile.organisation_id, site=site).first()
    pages = Page.objects.child_of(profile).select_related("latest_revision", "content_type")
    pages = pages.prefetch_workflow_states().defer("latest_revision__content")
    shown = list(pages.order_by("-latest_revision_created_at", "-pk")[:SHOWN])
    for page in shown:
        page.told_state = _state(page)
    writes = [provide(profile) for provide in providers_of(WRITES)]
    return {
        "page": profile,
        "checked_on": entry and entry.checked_on,
        "pages": shown,
        "writes": [link for link in writes if link],
        "promise": promise(site),
    }


def _state(page: Any) -> Any:
    """How ``page`` stands, in the words of its authors: Wagtail calls a draft what a moderator sent back."""
    state = page.current_workflow_state
    is_back = state is not None and state.status == WorkflowState.STATUS_NEEDS_CHANGES
    return _("sent back, to be changed") if is_back else page.status_string
