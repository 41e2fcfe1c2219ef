"""Mails about applications: written in the transaction of the deed, sent after it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils import translation

from mypart_wagtail.generator.models import Snapshot
from mypart_wagtail.grants.models import Application
from mypart_wagtail.languages import language_of
from mypart_wagtail.mail import absolute_url, send_mail_on_commit
from mypart_wagtail.moments import format_deadline, format_exact_moment, format_time_left
from mypart_wagtail.people import name_of


def send_receipt(actor: Any, *, application: Application, snapshot: Snapshot) -> None:
    """The receipt of a submission, with the full SHA-256, to whoever submitted and to the organisation."""
    call = application.call
    for address, language in _languages([actor], application).items():
        with translation.override(language):
            context = {
                "application": application,
                "snapshot": snapshot,
                "call": call,
                "submitted": format_exact_moment(snapshot.submitted_at),
                "url": absolute_url(call.site, reverse("mypart_grants:receipt", args=[application.uuid])),
                "verify_url": absolute_url(
                    call.site, f"{reverse('mypart_generator:verify')}?checksum={snapshot.checksum}"
                ),
            }
            send_mail_on_commit(to=address, template="mypart_grants/mail/receipt", context=context)


def send_withdrawal(actor: Any, *, application: Application, at: datetime) -> None:
    """Word of a withdrawal at ``at`` to every signer of the organisation and to the organisation."""
    call = application.call
    for address, language in _languages(application.organisation.signers(), application).items():
        with translation.override(language):
            context = {
                "application": application,
                "call": call,
                "name": name_of(actor),
                "withdrawn": format_exact_moment(at),
                "deadline": format_deadline(call.deadline) if call.is_open(at) else "",
                "url": absolute_url(call.site, reverse("mypart_grants:start", args=[call.uuid])),
            }
            send_mail_on_commit(to=address, template="mypart_grants/mail/withdrawn", context=context)


def _languages(people: Iterable[Any], application: Application) -> dict[str, str]:
    """The addresses of ``people`` and of the organisation, each with the language its reader reads.

    That of the organisation, of which none is known, is the call's.
    """
    languages = {person.email: language_of(person) for person in people}
    languages.setdefault(application.organisation.email, application.call.source_locale)
    return {address: language for address, language in languages.items() if address}


def send_signing_link(actor: Any, *, application: Application, signer: Any) -> None:
    """A link to the summary and submission, from an editor to a signer, in the signer's language."""
    call = application.call
    with translation.override(language_of(signer)):
        context = {
            "organisation": application.organisation,
            "title": application.document.title,
            "call": call,
            "name": name_of(actor),
            "deadline": format_deadline(call.deadline),
            "url": absolute_url(call.site, reverse("mypart_grants:submit", args=[application.uuid])),
        }
        send_mail_on_commit(to=signer.email, template="mypart_grants/mail/please_sign", context=context)


def send_draft_reminder(person: Any, *, application: Application, at: datetime) -> None:
    """Word to someone with a draft that it is not submitted, in the person's language."""
    call = application.call
    with translation.override(language_of(person)):
        context = {
            "application": application,
            "title": application.document.title,
            "call": call,
            "deadline": format_deadline(call.deadline),
            "time_left": format_time_left(call.deadline, at),
            "url": absolute_url(
                call.site, reverse("mypart_generator:tasks", args=[application.document.uuid])
            ),
        }
        send_mail_on_commit(to=person.email, template="mypart_grants/mail/draft_reminder", context=context)
