"""Telling people with drafts or offers that a call has changed, ended early or been cancelled."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import get_user_model
from django.urls import reverse
from django.utils import translation

from mypart_wagtail.grants.facts_in_words import described
from mypart_wagtail.grants.listing import with_addresses
from mypart_wagtail.grants.models import Application, Call, CallVersion
from mypart_wagtail.mail import absolute_url, in_their_language, send_mail_on_commit
from mypart_wagtail.moments import format_deadline
from mypart_wagtail.organisations.models import JoinRequest, JoinStatus, Membership


def tell_of_changes(call: Call, version: CallVersion) -> None:
    """Mail everyone who works on an offer in ``call`` what changed. Mere translation is no change."""
    with translation.override(call.source_locale):
        if not described(version.changes):
            return
    for person in in_their_language(people_of(call)):
        changes = described(version.changes)
        _mail(person, call, "call_changed", changes=changes, deadline=format_deadline(call.deadline))


def tell_of_act(call: Call, template: str, reason: str) -> None:
    """Mail everyone who works on an offer in ``call`` that its intake ended early or it was cancelled."""
    for person in in_their_language(people_of(call)):
        _mail(person, call, template, reason=reason)


def people_of(call: Call) -> list[Any]:
    """Everyone who wrote in an offer in ``call`` or submitted one, and may still open it.

    As ``permissions.may_view`` says: members of the organisation, and on their own offers those whose
    request to join is unanswered.
    """
    applications = Application.objects.filter(call=call)
    pairs = {
        part: set(applications.values_list(f"document__{part}", "organisation").distinct())
        for part in ("created_by", "changed_by", "changes__author", "snapshots__submitted_by")
    }
    organisations = applications.values("organisation")
    members = Membership.objects.filter(organisation__in=organisations)
    waiting = JoinRequest.objects.filter(organisation__in=organisations, status=JoinStatus.PENDING)
    found = set.union(*pairs.values()) & set(members.values_list("user", "organisation"))
    found |= pairs["created_by"] & set(waiting.values_list("user", "organisation"))
    people = get_user_model().objects.filter(pk__in={user for user, _organisation in found}, is_active=True)
    return list(people.exclude(email="").order_by("pk"))


def _mail(person: Any, call: Call, template: str, **context: Any) -> None:
    [shown] = with_addresses([call])
    send_mail_on_commit(
        to=person.email,
        template=f"mypart_grants/mail/{template}",
        context={
            "title": shown.heading,  # type: ignore[attr-defined]
            "url": absolute_url(call.site, reverse("mypart_grants:applications")),
            **context,
        },
    )
