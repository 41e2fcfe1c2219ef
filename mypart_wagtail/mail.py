"""Mail through an outbox: written in the transaction of a deed, sent after it, tried again until it goes.

So no mail tells of something that was rolled back, none is lost when the mail server is away, and a mail
that cannot be sent never undoes what it tells of.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.http import HttpRequest
from django.template.context import Context
from django.template.loader import get_template
from django.utils import translation
from wagtail.models import Site

from mypart_wagtail.languages import language_of
from mypart_wagtail.models import OutgoingMail


def send_mail_on_commit(
    *, to: str, template: str, context: dict[str, Any], language: str | None = None
) -> OutgoingMail:
    """Write a mail from ``<template>_subject.txt`` and ``<template>.txt`` and send it after the commit.

    Both are plain text in which nothing is escaped, so no template has to say so.
    ``language`` is the reader's; by default the one active now.
    """
    with translation.override(language or translation.get_language()):
        subject = " ".join(render_text(f"{template}_subject.txt", context).split())
        body = render_text(f"{template}.txt", context).strip() + "\n"
    return queue_mail(to=to, subject=subject, body=body)


def in_their_language(people: Iterable[Any]) -> Iterator[Any]:
    """Each of ``people`` who has an e-mail, while the language that the person reads is active."""
    for person in people:
        if person.email:
            with translation.override(language_of(person)):
                yield person


def render_text(name: str, context: dict[str, Any]) -> str:
    """Plain text from a template: „Róża & Syn” keeps its ampersand and its quotation marks."""
    template: Any = get_template(name)
    return template.template.render(Context(context, autoescape=False))


def queue_mail(*, to: str, subject: str, body: str) -> OutgoingMail:
    """Put a plain-text mail into the outbox and send it after the commit."""
    from mypart_wagtail.tasks import send_outgoing_mail

    mail = OutgoingMail.objects.create(to=to, subject=subject[:250], body=body)
    transaction.on_commit(lambda: send_outgoing_mail.enqueue(mail.pk))
    return mail


def erase_from_outbox(address: str) -> None:
    """Erase what the outbox knows of someone: mails to ``address``, and it in what waits to go to others."""
    OutgoingMail.objects.filter(to__iexact=address).delete()
    named = Q(subject__icontains=address) | Q(body__icontains=address)
    for mail in OutgoingMail.objects.select_for_update().filter(named, sent_at=None):
        mail.subject, mail.body = (
            re.sub(re.escape(address), "–", text, flags=re.IGNORECASE) for text in (mail.subject, mail.body)
        )
        mail.save(update_fields=["subject", "body"])


def absolute_url(site: Site, path: str) -> str:
    """``path`` as people can follow it from a mail."""
    return f"{site.root_url}{path}"


def base_url_of(request: HttpRequest) -> str:
    """The name and port of the site, as editors have set them, for links in mails.

    Never what a visitor's ``Host`` says: links to a page of anybody's choice would be mailed in our name.
    """
    site = Site.find_for_request(request)
    return site.root_url if site else f"{request.scheme}://{request.get_host()}"
