"""Umocowanie do potwierdzenia: an offer submitted without the right to sign, and its confirming in time."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse

from mypart_wagtail.generator.events import append_event
from mypart_wagtail.generator.services.documents import WrongStatus
from mypart_wagtail.grants.models import Application, Call
from mypart_wagtail.grants.permissions import may_sign
from mypart_wagtail.mail import absolute_url, in_their_language, send_mail_on_commit
from mypart_wagtail.moments import format_deadline


class ConfirmationTooLate(Exception):
    """The call's term for confirming is over. What follows is for the office to decide."""


class NoRoom(Exception):
    """The organisation has as many offers in force as the call allows: another must be withdrawn first."""


def ask_to_confirm(actor: Any, *, application: Application) -> None:
    """Mail every signer that one of them has to confirm what ``actor`` has submitted, and until when.

    Does nothing for an offer that needs no confirming.
    """
    if application.authorisation != Application.Authorisation.TO_BE_CONFIRMED:
        return
    path = reverse("mypart_grants:receipt", args=[application.uuid])
    for signer in in_their_language(application.organisation.signers()):
        context = {
            "application": application,
            "call": application.call,
            "actor": actor,
            "until": format_deadline(application.confirm_until),
            "url": absolute_url(application.call.site, path),
        }
        send_mail_on_commit(to=signer.email, template="mypart_grants/mail/please_confirm", context=context)


@transaction.atomic
def confirm_authorisation(actor: Any, *, application: Application, at: datetime) -> None:
    """A signer confirms what someone without the right to sign has submitted. Twice is the same as once.

    Raises ``PermissionDenied`` unless ``actor`` may sign, ``WrongStatus`` unless a submitted version is in
    force, ``ConfirmationTooLate`` after the call's term, ``NoRoom`` beyond its limit of offers.
    """
    # First the call, as submissions do: two confirmations at once would take the same place.
    Call.objects.select_for_update(of=("self",)).get(pk=application.call_id)
    application = Application.objects.locked(application.pk)
    if not may_sign(actor, application):
        raise PermissionDenied
    if not application.document.is_in_force:
        raise WrongStatus(application.document.status)
    if application.authorisation != Application.Authorisation.TO_BE_CONFIRMED:
        return
    if at >= application.confirm_until:
        raise ConfirmationTooLate
    if not application.has_room:
        raise NoRoom
    application.authorisation = Application.Authorisation.CONFIRMED
    application.confirmed_by = actor
    application.confirmed_at = at
    application.save(update_fields=["authorisation", "confirmed_by", "confirmed_at"])
    append_event(stream=application.document.uuid, name="authorisation_confirmed", actor=actor, at=at)
