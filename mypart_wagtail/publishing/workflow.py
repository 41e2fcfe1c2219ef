"""What an approved workflow does; named by ``WAGTAIL_FINISH_WORKFLOW_ACTION``.

Wagtail imports this module while its own models are being made, so it imports none itself.
"""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from wagtail.workflows import publish_workflow_state


def publish_approved(workflow_state: Any, user: Any = None) -> None:
    """Publish what moderators have approved. Raises ``PermissionDenied`` for one of its authors.

    Moderators hold the task and not the permission to publish: with it Wagtail would let them publish
    pages of their own past any task. Other workflows end as Wagtail ends them.
    """
    from mypart_wagtail.publishing.authors import is_author
    from mypart_wagtail.publishing.models import ModerationTask
    from mypart_wagtail.publishing.permissions import writes_for

    if not ModerationTask.objects.filter(workflow_tasks__workflow=workflow_state.workflow_id).exists():
        publish_workflow_state(workflow_state, user=user)
        return
    page = workflow_state.content_object
    if user is None or is_author(user, workflow_state) or writes_for(user, page):
        raise PermissionDenied
    revision = page.get_latest_revision()
    revision.publish(user=user, skip_permission_checks=True)
