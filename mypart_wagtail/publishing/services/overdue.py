"""What nobody has answered within the promised term goes to the deputies."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from wagtail.models import TaskState

from mypart_wagtail.batches import count_done
from mypart_wagtail.publishing import telling
from mypart_wagtail.publishing.models import ModerationTaskState


def pass_on_overdue(*, at: datetime) -> int:
    """Tell deputies, once, of each submission that was due before ``at``. Gives the number passed on."""
    due = ModerationTaskState.objects.filter(
        status=TaskState.STATUS_IN_PROGRESS, due_at__lte=at, deputies_told_at=None
    )
    return count_done(_pass_on, ((pk, at) for pk in due.order_by("pk").values_list("pk", flat=True)))


@transaction.atomic
def _pass_on(pk: int, at: datetime) -> bool:
    found = ModerationTaskState.objects.select_for_update(of=("self",)).filter(
        pk=pk, status=TaskState.STATUS_IN_PROGRESS, deputies_told_at=None
    )
    task_state = found.select_related("workflow_state").first()
    if task_state is None:
        return False
    task_state.deputies_told_at = at
    task_state.save(update_fields=["deputies_told_at"])
    telling.tell_overdue(task_state)
    return True
