"""What is done to pages by decisions of ours, whatever Wagtail lets the person who decides do to them."""

from typing import Any

from wagtail.actions.unpublish_page import UnpublishPageAction


def take_off_site(actor: Any, page: Any) -> None:
    """Unpublish ``page`` and let nothing publish it: what waits for moderators or for its time is cancelled.

    The history says that ``actor`` did it. The caller has checked who may, and locked the page.
    """
    state = page.current_workflow_state
    if state is not None:
        state.cancel(user=actor)
    for revision in page.revisions.exclude(approved_go_live_at=None):
        revision.approved_go_live_at = None
        revision.save(user=actor, update_fields=["approved_go_live_at"])
    UnpublishPageAction(page, user=actor).execute(skip_permission_checks=True)
