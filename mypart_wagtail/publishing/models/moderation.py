"""The task of moderators in a Wagtail workflow, with a term, deputies, and nobody judging their own text."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.models import Group
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.forms import TaskStateCommentForm
from wagtail.models import AbstractGroupApprovalTask, TaskState

from mypart_wagtail.publishing.authors import is_author

APPROVE, SEND_BACK, REFUSE = "approve", "reject", "refuse"


class ReasonForm(TaskStateCommentForm):
    """Whoever does not approve says why."""

    comment = forms.CharField(
        label=_("What the author should know"), widget=forms.Textarea({"rows": 4}), max_length=2000
    )


class ModerationTaskState(TaskState):
    """One submission that waits, or waited, for moderators."""

    due_at = models.DateTimeField(_("answer promised by"), null=True, db_index=True)
    deputies_told_at = models.DateTimeField(_("deputies told"), null=True)

    exclude_fields_in_copy = ["deputies_told_at"]

    class Meta:
        verbose_name = _("submission to moderators")
        verbose_name_plural = _("submissions to moderators")

    @property
    def is_overdue(self) -> bool:
        return self.due_at is not None and self.due_at <= timezone.now()


class ModerationTask(AbstractGroupApprovalTask):
    """Moderators approve, send back or refuse what organisations submit; deputies do once it is overdue."""

    deputies = models.ManyToManyField(
        Group,
        verbose_name=_("deputies"),
        blank=True,
        related_name="+",
        limit_choices_to={"mypart_space": None},
        help_text=_("Get what nobody has answered within the promised term."),
    )

    task_state_class = ModerationTaskState
    admin_form_fields = [*AbstractGroupApprovalTask.admin_form_fields, "deputies"]
    admin_form_widgets = {
        **AbstractGroupApprovalTask.admin_form_widgets,
        "deputies": forms.CheckboxSelectMultiple,
    }

    class Meta:
        verbose_name = _("moderation of what organisations publish")
        verbose_name_plural = _("moderation of what organisations publish")

    @classmethod
    def get_description(cls) -> Any:
        return _("Moderators approve, send back or refuse; nobody decides on their own text")

    @transaction.atomic
    def start(self, workflow_state: Any, user: Any = None) -> ModerationTaskState:
        """Wait for moderators, and tell the author until when and the moderators what waits."""
        from mypart_wagtail.publishing.services import receive

        return receive(super().start(workflow_state, user=user))

    @transaction.atomic
    def on_action(self, task_state: Any, user: Any, action_name: str, **kwargs: Any) -> None:
        """Every decision comes through here, from our screens and from Wagtail's own."""
        from mypart_wagtail.publishing.services import decide

        decide(user, task_state=task_state, decision=action_name, comment=kwargs.get("comment", ""))

    def get_actions(self, obj: Any, user: Any) -> list[tuple[str, Any, bool]]:
        if not self.may_decide(obj, user):
            return []
        return [
            (SEND_BACK, _("Send back"), True),
            (REFUSE, _("Refuse"), True),
            (APPROVE, _("Approve"), False),
            (APPROVE, _("Approve with comment"), True),
        ]

    def get_form_for_action(self, action: str) -> Any:
        return super().get_form_for_action(action) if action == APPROVE else ReasonForm

    def may_decide(self, obj: Any, user: Any) -> bool:
        """Whether ``user`` may decide on the submission of ``obj`` that waits now.

        Neither its authors do nor anybody who writes for the organisation, whoever typed what.
        """
        from mypart_wagtail.publishing.permissions import writes_for

        is_own = writes_for(user, obj) or is_author(user, obj.current_workflow_state)
        return self.may_moderate(obj, user) and not is_own

    def may_moderate(self, obj: Any, user: Any) -> bool:
        """Whether ``user`` is a moderator of this task, or a deputy while ``obj`` is overdue."""
        if user.is_superuser or self._user_in_groups(user):
            return True
        state = obj.current_workflow_task_state
        return bool(state and getattr(state, "is_overdue", False) and self._is_deputy(user))

    def user_can_access_editor(self, obj: Any, user: Any) -> bool:
        return self.may_moderate(obj, user)

    def locked_for_user(self, obj: Any, user: Any) -> bool:
        return not self.may_moderate(obj, user)

    def user_can_lock(self, obj: Any, user: Any) -> bool:
        return False

    def get_task_states_user_can_moderate(self, user: Any, **kwargs: Any) -> models.QuerySet[Any]:
        waiting = self.task_states.filter(status=TaskState.STATUS_IN_PROGRESS)
        if user.is_superuser or self._user_in_groups(user):
            return waiting
        if self._is_deputy(user):
            return waiting.filter(moderationtaskstate__due_at__lte=timezone.now())
        return waiting.none()

    def _is_deputy(self, user: Any) -> bool:
        return self.deputies.filter(pk__in=user.groups.values("pk")).exists()
