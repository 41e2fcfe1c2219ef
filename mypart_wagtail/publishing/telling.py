"""Mails of moderation: to authors at each step, to moderators and deputies of what waits for them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Revision, Site, TaskState

from mypart_wagtail.mail import absolute_url, in_their_language, send_mail_on_commit
from mypart_wagtail.people import name_of
from mypart_wagtail.publishing.authors import authors_of
from mypart_wagtail.publishing.models import ModerationTaskState
from mypart_wagtail.publishing.permissions import publishers_of, writes_for


def tell_received(task_state: ModerationTaskState) -> None:
    """The authors of the term, the moderators of what waits."""
    _tell(people_behind(task_state), "received", task_state)
    _tell(_moderators(task_state), "to_moderate", task_state)


def tell_authors(authors: list[Any], outcome: str, task_state: ModerationTaskState, comment: str) -> None:
    """``outcome``: published, scheduled, sent_back or refused."""
    _tell(authors, outcome, task_state, comment)


def tell_overdue(task_state: ModerationTaskState) -> None:
    """The deputies who may decide on it."""
    authors = authors_of(task_state.workflow_state)
    people = _people_of(task_state.task.specific.deputies.all()) or _superusers()
    _tell([person for person in people if person.pk not in authors], "overdue", task_state)


def tell_published(actor: Any, page: Any, revision: Any) -> None:
    """The authors what no decision has told them: ``page`` is public by its schedule, or past the moderators.

    ``actor`` is None where nobody pressed anything.
    """
    if page.go_live_at and page.go_live_at > timezone.now():
        return
    approved = ModerationTaskState.objects.filter(revision=revision, status=TaskState.STATUS_APPROVED)
    approval = approved.order_by("finished_at").last()
    if approval is None:
        _tell_of_act(actor, "published_past", page)
    elif page.go_live_at and approval.finished_at < page.go_live_at:
        _tell(people_behind(approval), "published", approval)


def tell_taken_off(actor: Any, page: Any) -> None:
    """The authors of ``page`` that ``actor`` took it off the site; what is over by itself was known to be."""
    if not page.expired:
        _tell_of_act(actor, "taken_off", page)


def tell_taken_back(actor: Any, page: Any, authors: list[Any]) -> None:
    """The authors of what waited, that ``actor`` took it back."""
    others = [person for person in authors if person != actor]
    _mail(others, "taken_back", page, colleague=_colleague(actor, page))


def _tell_of_act(actor: Any, what: str, page: Any) -> None:
    """Where nobody of the organisation has written it, all who write for the organisation are told."""
    if actor is None:
        return
    people = publishers_of(page).exclude(pk=actor.pk)
    written = Revision.objects.for_instance(page).exclude(user=None)
    authors = people.filter(Q(pk__in=written.values("user")) | Q(pk=page.owner_id))
    _mail(authors or people, what, page, colleague=_colleague(actor, page))


def _colleague(actor: Any, page: Any) -> str:
    """The name of ``actor`` for people of the same organisation; "" where it is the office."""
    return name_of(actor) if writes_for(actor, page) else ""


def people_behind(task_state: ModerationTaskState) -> list[Any]:
    """The authors of a submission who can be mailed."""
    people = get_user_model().objects.filter(pk__in=authors_of(task_state.workflow_state), is_active=True)
    return list(people.exclude(email=""))


def _moderators(task_state: ModerationTaskState) -> list[Any]:
    """Nothing waits unseen: where a task has no moderators yet, superusers are told."""
    authors = authors_of(task_state.workflow_state)
    people = _people_of(task_state.task.specific.groups.all()) or _superusers()
    return [person for person in people if person.pk not in authors]


def _people_of(groups: Any) -> list[Any]:
    people = get_user_model().objects.filter(groups__in=groups, is_active=True)
    return list(people.exclude(email="").distinct())


def _superusers() -> list[Any]:
    return list(get_user_model().objects.filter(Q(is_superuser=True), is_active=True).exclude(email=""))


def _tell(people: Iterable[Any], what: str, task_state: ModerationTaskState, comment: str = "") -> None:
    page = task_state.workflow_state.content_object.specific
    review = reverse("mypart_admin_moderation:review", args=[task_state.pk])
    _mail(people, what, page, review_path=review, task_state=task_state, comment=comment)


def _mail(people: Iterable[Any], what: str, page: Any, *, review_path: str = "", **facts: Any) -> None:
    # What was submitted, not what is public.
    title = page.get_latest_revision_as_object().title
    site = page.get_site() or Site.objects.filter(is_default_site=True).first()
    addresses = {
        "goes_live": page.go_live_at,
        "page_url": page.full_url if page.live else "",
        "edit_url": absolute_url(site, reverse("wagtailadmin_pages:edit", args=[page.pk])),
        "review_url": absolute_url(site, review_path),
    }
    for person in in_their_language(people):
        send_mail_on_commit(
            to=person.email,
            template=f"mypart_publishing/mail/{what}",
            context={"title": title} | facts | addresses,
        )
