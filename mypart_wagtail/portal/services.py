"""Every write of messages."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.core import signing
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation
from wagtail.log_actions import log
from wagtail.models import Site

from mypart_wagtail.languages import current_language
from mypart_wagtail.mail import absolute_url, send_mail_on_commit
from mypart_wagtail.portal.models import Message, PortalSettings
from mypart_wagtail.portal.models.message import ANSWER_WITHIN, UNCONFIRMED_KEPT_FOR
from mypart_wagtail.portal.models.settings import LONGEST_KEPT_DAYS

ANSWERED = "mypart_portal.answer_message"
_SALT = "mypart_wagtail.portal.messages"


@transaction.atomic
def write_message(*, site: Site, kind: Message.Kind, needs_link: bool, at: datetime, **facts: str) -> Message:
    """Keep what somebody wrote in a form, and mail it on.

    ``facts`` are ``name``, ``email``, ``other_channel``, ``page_address``, ``text``, ``consent``. With
    ``needs_link`` the office gets it only once the link mailed to ``email`` has been followed.
    """
    message = Message.objects.create(
        site=site, kind=kind, language=current_language(), created_at=at, **facts
    )
    if needs_link:
        _mail_person(
            message, "confirm", confirm_url=_url(message, "mypart_portal:confirm", confirm_token(message))
        )
    else:
        _receive(message, at)
    return message


@transaction.atomic
def confirm_message(token: str, *, at: datetime) -> Message | None:
    """The message of a mailed link, now received. Safe to repeat. None for a link that is not (or no longer)
    good."""
    try:
        uuid = signing.loads(token, salt=_SALT, max_age=UNCONFIRMED_KEPT_FOR)
    except signing.BadSignature:
        return None
    message = Message.objects.select_for_update(of=("self",)).select_related("site").filter(uuid=uuid).first()
    if message is not None and message.received_at is None:
        _receive(message, at)
    return message


@transaction.atomic
def mark_answered(actor: Any, *, message: Message, at: datetime) -> None:
    """Say that ``message`` has been answered. Safe to repeat. Raises ``PermissionDenied``."""
    if not actor.has_perm("mypart_portal.change_message"):
        raise PermissionDenied
    locked = Message.objects.select_for_update(of=("self",)).get(pk=message.pk)
    if locked.answered_at is None:
        locked.answered_at, locked.answered_by = at, actor
        locked.save(update_fields=["answered_at", "answered_by"])
        log(instance=locked, action=ANSWERED, user=actor)


@transaction.atomic
def erase_old_messages(*, at: datetime) -> int:
    """Erase what nobody confirmed, and what is older than its site keeps. Returns how many."""
    erased = Message.objects.unconfirmed_since(at - UNCONFIRMED_KEPT_FOR).delete()[0]
    for site in Site.objects.all():
        keep = timedelta(days=min(PortalSettings.of(site).keep_days, LONGEST_KEPT_DAYS))
        erased += Message.objects.filter(site=site).settled_before(at - keep).delete()[0]  # type: ignore[attr-defined]
    return erased


def due_on(kind: str, at: datetime) -> date | None:
    """The last day for the answer to what came ``at``: the act sets one for barriers."""
    return timezone.localdate(at) + ANSWER_WITHIN if kind == Message.Kind.BARRIER else None


def _receive(message: Message, at: datetime) -> None:
    message.received_at, message.due_on = at, due_on(message.kind, at)
    message.save(update_fields=["received_at", "due_on"])
    if message.email:
        _mail_person(message, "received", message_url=_url(message, "mypart_portal:message", message.uuid))
    office = PortalSettings.of(message.site).messages_to
    if office:
        address = reverse("mypart_admin_messages:inspect", args=[message.pk])
        context = {"message": message, "admin_url": absolute_url(message.site, address)}
        send_mail_on_commit(
            to=office,
            template="mypart_portal/mail/for_office",
            context=context,
            language=settings.LANGUAGE_CODE,
        )


def _mail_person(message: Message, template: str, **context: str) -> None:
    send_mail_on_commit(
        to=message.email,
        template=f"mypart_portal/mail/{template}",
        context={"message": message, "site": message.site, **context},
        language=message.language,
    )


def confirm_token(message: Message) -> str:
    """What proves, in a mailed link, that its reader has the e-mail of ``message``."""
    return signing.dumps(str(message.uuid), salt=_SALT)


def _url(message: Message, name: str, argument: Any) -> str:
    with translation.override(message.language):
        return absolute_url(message.site, reverse(name, args=[argument]))
