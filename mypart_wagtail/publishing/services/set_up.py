"""The workflow that stands above a directory of organisations."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import GroupPagePermission, Workflow, WorkflowPage, WorkflowTask

from mypart_wagtail.publishing.models import ModerationTask

MODERATORS = "Moderators of organisations"
DEPUTIES = "Deputy moderators of organisations"


@transaction.atomic
def set_up_moderation(directory: Any) -> Workflow:
    """The workflow of ``directory``; one with our task is made where the page has none of its own.

    What staff chose for the page stays: a workflow of theirs, other groups, more tasks.
    """
    own = WorkflowPage.objects.filter(page_id=directory.pk).select_related("workflow").first()
    if own is not None:
        return own.workflow
    task = ModerationTask.objects.order_by("pk").first() or _new_task()
    workflow = Workflow.objects.filter(workflow_tasks__task=task, active=True).first() or _new_workflow(task)
    WorkflowPage.objects.create(page_id=directory.pk, workflow=workflow)
    _let_read(directory)
    return workflow


def _let_read(directory: Any) -> None:
    """Moderators and their deputies read and compare what stands under ``directory``, and may shorten it.

    They may not publish: with that permission Wagtail would let them publish past any task.
    """
    permission = Permission.objects.get(content_type__app_label="wagtailcore", codename="change_page")
    for group in Group.objects.filter(name__in=[MODERATORS, DEPUTIES]):
        GroupPagePermission.objects.get_or_create(group=group, page_id=directory.pk, permission=permission)


def _new_task() -> ModerationTask:
    task = ModerationTask.objects.create(name=_("Moderation of organisations"))
    task.groups.add(_group(MODERATORS))
    task.deputies.add(_group(DEPUTIES))
    return task


def _new_workflow(task: ModerationTask) -> Workflow:
    workflow = Workflow.objects.create(name=task.name)
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    return workflow


def _group(name: str) -> Group:
    group, _is_new = Group.objects.get_or_create(name=name)
    group.permissions.add(
        Permission.objects.get(content_type__app_label="wagtailadmin", codename="access_admin")
    )
    return group
