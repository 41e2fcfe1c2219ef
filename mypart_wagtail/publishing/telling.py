"""Mails of moderation: to authors at each step, to moderators and deputies of what waits for them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Q
from django.urls import reverse
from wagtail.models import Revision, Site

from mypart_wagtail.mail import absolute_url, in_their_language, send_mail_on_commit
from mypart_wagtail.publishing.authors import authors_of
from mypart_wagtail.publishing.models import ModerationTaskState


def tell_received(task_state: ModerationTaskState) -> None:
    """The authors of the term, the moderators of what waits."""
    _tell(people_behind(task_state), "received", task_state)
    _tell(_moderators(task_state), "to_moderate", task_state)


def tell_authors(authors: list[Any], outcome: str, task_state: ModerationTaskState, comment: str) -> None:
    """``outcome``: published, scheduled, sent_back or refused."""
    _tell(authors, outcome, task_state, comment=comment, is_changed=_is_changed(task_state))


def tell_overdue(task_state: ModerationTaskState) -> None:
    """The deputies who may decide on it."""
    authors = authors_of(task_state.workflow_state)
    people = _people_of(task_state.task.specific.deputies.all()) or _superusers()
    _tell([person for person in people if person.pk not in authors], "overdue", task_state)


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


def _is_changed(task_state: ModerationTaskState) -> bool:
    """Whether moderators have shortened or mended the text; nobody else can while it waits."""
    page = task_state.workflow_state.content_object
    return Revision.objects.for_instance(page).filter(created_at__gt=task_state.started_at).exists()


def _tell(people: Iterable[Any], what: str, task_state: ModerationTaskState, **facts: Any) -> None:
    page = task_state.workflow_state.content_object.specific
    review = reverse("mypart_admin_moderation:review", args=[task_state.pk])
    mail(people, what, page, review_path=review, task_state=task_state, **facts)


def mail(people: Iterable[Any], what: str, page: Any, *, review_path: str = "", **facts: Any) -> None:
    """Write ``what``, the name of a template, to each of ``people`` in the language the person reads."""
    # What was submitted, not what is public.
    latest = page.get_latest_revision_as_object()
    site = page.get_site() or Site.objects.filter(is_default_site=True).first()
    addresses = {
        "goes_live": latest.go_live_at,
        "page_url": page.full_url if page.live else "",
        "history_url": absolute_url(site, reverse("wagtailadmin_pages:history", args=[page.pk])),
        "edit_url": absolute_url(site, reverse("wagtailadmin_pages:edit", args=[page.pk])),
        "review_url": absolute_url(site, review_path),
    }
    for person in in_their_language(people):
        send_mail_on_commit(
            to=person.email,
            template=f"mypart_publishing/mail/{what}",
            context={"title": latest.title} | facts | addresses,
        )
