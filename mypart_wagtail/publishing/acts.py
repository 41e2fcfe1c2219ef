"""What is done to pages of organisations beside the decisions of moderators: their authors hear of it.

What was done is read from the history that Wagtail keeps of each page, so no screen and no command is missed.
"""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from wagtail.models import PageLogEntry, Revision, TaskState

from mypart_wagtail.people import name_of
from mypart_wagtail.publishing.models import ModerationTaskState
from mypart_wagtail.publishing.permissions import publishers_of, writes_for
from mypart_wagtail.publishing.telling import mail

MAILS = {
    "wagtail.publish": "published_past",
    "wagtail.publish.schedule": "scheduled_past",
    "wagtail.schedule.cancel": "unscheduled",
    "wagtail.unpublish": "taken_off",
    "wagtail.workflow.cancel": "taken_back",
    "wagtail.delete": "deleted",
}
ON_TIME = "wagtail.publish.scheduled"


def tell_of(entry: PageLogEntry) -> None:
    """Mail the authors of the page what ``entry`` says was done to it, unless a decision tells them.

    Whoever did it is not told. Where nobody of the organisation has written the page, all who write for the
    organisation are.
    """
    if entry.action == ON_TIME:
        _mail(entry.page.specific, "on_time")
    elif entry.action in MAILS and entry.user is not None and not _is_decided(entry):
        _mail(entry.page.specific, MAILS[entry.action], entry)


def _is_decided(entry: PageLogEntry) -> bool:
    """Whether it follows from what a moderator decided, or from publishing what waited."""
    if entry.revision_id is None:
        return False
    decided = ModerationTaskState.objects.filter(revision=entry.revision_id)
    if entry.action == "wagtail.workflow.cancel":
        is_published = entry.page.live_revision_id == entry.revision_id
        return is_published or decided.filter(status=TaskState.STATUS_REJECTED).exists()
    is_approval = entry.action in ("wagtail.publish", "wagtail.publish.schedule")
    return is_approval and decided.filter(status=TaskState.STATUS_APPROVED).exists()


def _mail(page: Any, what: str, entry: PageLogEntry | None = None) -> None:
    actor = entry.user if entry else None
    people = publishers_of(page)
    authors = list(people.filter(_wrote(page))) or list(people)
    colleague = name_of(actor) if actor and writes_for(actor, page) else ""
    mail([person for person in authors if person != actor], what, page, colleague=colleague)


def _wrote(page: Any) -> Q:
    """A filter for people who wrote at ``page``, or submitted it."""
    writers = Revision.objects.for_instance(page).exclude(user=None).values("user")
    submitters = page.workflow_states.exclude(requested_by=None).values("requested_by")
    return Q(pk=page.owner_id) | Q(pk__in=writers) | Q(pk__in=submitters)
