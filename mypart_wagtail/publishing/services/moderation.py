"""What becomes of a page that an organisation wrote: received, decided, withdrawn."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, TaskState, WorkflowState

from mypart_wagtail.page_acts import take_off_site
from mypart_wagtail.publishing import telling
from mypart_wagtail.publishing.models import ModerationSettings
from mypart_wagtail.publishing.models.moderation import APPROVE, REFUSE, SEND_BACK, ModerationTaskState
from mypart_wagtail.publishing.permissions import may_withdraw


@transaction.atomic
def receive(task_state: ModerationTaskState) -> ModerationTaskState:
    """Promise an answer by the term of the site; the authors and the moderators are told."""
    page = task_state.workflow_state.content_object
    term = ModerationSettings.for_site(page.get_site()).term_days
    task_state.due_at = task_state.started_at + timedelta(days=term)
    task_state.save(update_fields=["due_at"])
    telling.tell_received(task_state)
    return task_state


@transaction.atomic
def decide(
    actor: Any, *, task_state: TaskState, decision: str, comment: str = "", seen: int | None = None
) -> None:
    """Approve, send back or refuse what waits; the authors are told.

    ``seen``: the id of the revision that ``actor`` read. Raises ``PermissionDenied`` unless ``actor`` may
    decide; ``ValidationError`` without a reason to send back or refuse, where somebody has decided already,
    or where the text has changed since it was read.
    """
    waiting = _locked(task_state)
    page = waiting.workflow_state.content_object
    if not waiting.task.specific.may_decide(page, actor):
        raise PermissionDenied
    if seen is not None and page.latest_revision_id != seen:
        raise ValidationError(_("The text has changed since you opened it. Read it once more."))
    if decision != APPROVE and not comment.strip():
        raise ValidationError(_("Tell the author why."))
    # Once it is published, nobody has written at it since.
    authors = telling.people_behind(waiting)
    outcome = _DECISIONS[decision](waiting, actor, comment)
    if outcome:
        telling.tell_authors(authors, outcome, waiting, comment)


def _approve(task_state: ModerationTaskState, actor: Any, comment: str) -> str:
    task_state.approve(user=actor, comment=comment)
    task_state.workflow_state.refresh_from_db()
    if task_state.workflow_state.status != WorkflowState.STATUS_APPROVED:
        return ""  # The workflow has more tasks.
    page = task_state.workflow_state.content_object
    page.refresh_from_db()
    return "published" if page.live_revision_id == page.latest_revision_id else "scheduled"


def _send_back(task_state: ModerationTaskState, actor: Any, comment: str) -> str:
    task_state.reject(user=actor, comment=comment)
    return "sent_back"


def _refuse(task_state: ModerationTaskState, actor: Any, comment: str) -> str:
    """For good: what was sent back can be submitted again at once, what is refused begins anew."""
    task_state.reject(user=actor, update=False, comment=comment)
    task_state.workflow_state.cancel(user=actor)
    return "refused"


_DECISIONS = {APPROVE: _approve, SEND_BACK: _send_back, REFUSE: _refuse}


@transaction.atomic
def take_back(actor: Any, *, page: Any) -> None:
    """Take what waits for moderators back, so that it can be changed.

    Colleagues do so for each other: the text is their organisation's. Safe to repeat. Raises
    ``PermissionDenied`` unless ``may_withdraw``.
    """
    if not may_withdraw(actor, page):
        raise PermissionDenied
    state = _lock(page).current_workflow_state
    if state is not None:
        state.cancel(user=actor)


@transaction.atomic
def withdraw(actor: Any, *, page: Any) -> None:
    """Take one's own page off the site at once, or off the schedule; what waits is cancelled.

    Raises ``PermissionDenied`` unless the page is of an organisation ``actor`` publishes for.
    """
    if not may_withdraw(actor, page):
        raise PermissionDenied
    take_off_site(actor, _lock(page))


def _lock(page: Any) -> Any:
    """``page`` as it is now. Whoever decides, takes back or withdraws takes turns with the others here."""
    return Page.objects.select_for_update(of=("self",)).get(pk=page.pk).specific


def _locked(task_state: TaskState) -> ModerationTaskState:
    """The submission as it is now. Raises ``ValidationError`` if it waits no more."""
    _lock(task_state.workflow_state.content_object)
    waiting = ModerationTaskState.objects.filter(pk=task_state.pk, status=TaskState.STATUS_IN_PROGRESS)
    found = waiting.select_related("workflow_state").first()
    if found is None:
        raise ValidationError(_("Somebody has decided on this already."))
    return found
