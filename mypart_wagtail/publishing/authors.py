"""Whose text a submission is: nobody decides on their own."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, Q
from wagtail.models import Revision, TaskState


def authors_of(workflow_state: Any) -> set[int]:
    """Ids of those who submitted the text, or wrote at it since it was last published.

    What a moderator writes while a submission waits shortens somebody else's text, and makes no author.
    """
    page = workflow_state.content_object
    written = Revision.objects.filter(
        base_content_type=workflow_state.base_content_type, object_id=workflow_state.object_id
    ).exclude(user=None)
    if page.live_revision_id:
        written = written.filter(pk__gt=page.live_revision_id)
    waiting = TaskState.objects.filter(
        workflow_state__base_content_type=workflow_state.base_content_type,
        workflow_state__object_id=workflow_state.object_id,
        started_at__lte=OuterRef("created_at"),
    ).filter(Q(finished_at=None) | Q(finished_at__gte=OuterRef("created_at")))
    of_authors = written.annotate(was_waiting=Exists(waiting)).filter(was_waiting=False)
    found = set(of_authors.values_list("user", flat=True))
    return found | {workflow_state.requested_by_id} - {None}


def is_author(user: Any, workflow_state: Any) -> bool:
    return workflow_state is not None and user.pk in authors_of(workflow_state)
