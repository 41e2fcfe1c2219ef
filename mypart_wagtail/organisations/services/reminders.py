"""Profiles that nobody has looked at for a year: their organisations are reminded."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from mypart_wagtail.batches import count_done
from mypart_wagtail.mail import absolute_url, in_their_language, send_mail_on_commit
from mypart_wagtail.organisations.models import DirectoryEntry

TRUE_FOR = timedelta(days=365)


def remind_of_profiles(*, at: datetime) -> int:
    """Ask the members of organisations whose profile was confirmed a year before ``at``, once a year.

    A profile that was never confirmed counts from the day it was accepted. Gives the number reminded.
    """
    since = at - TRUE_FOR
    unchecked = Q(checked_on=None, accepted_at__lte=since) | Q(checked_on__lte=timezone.localdate(since))
    not_reminded = Q(reminded_at=None) | Q(reminded_at__lte=since)
    due = DirectoryEntry.objects.filter(unchecked & not_reminded).order_by("pk")
    return count_done(_remind, ((pk, at) for pk in due.values_list("pk", flat=True)))


@transaction.atomic
def _remind(pk: int, at: datetime) -> bool:
    entries = DirectoryEntry.objects.select_related("organisation", "site").select_for_update(of=("self",))
    entry = entries.filter(pk=pk).first()
    if entry is None or (entry.reminded_at and entry.reminded_at > at - TRUE_FOR):
        return False
    entry.reminded_at = at
    entry.save(update_fields=["reminded_at"])
    people = entry.organisation.administrators().exclude(email="")
    for person in in_their_language(people):
        send_mail_on_commit(
            to=person.email,
            template="mypart_organisations/mail/profile_reminder",
            context={"entry": entry, "url": absolute_url(entry.site, reverse("mypart_organisations:mine"))},
        )
    return bool(people)
