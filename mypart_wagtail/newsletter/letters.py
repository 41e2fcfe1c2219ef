"""The mails of an edition: as plain text and as HTML, rendered once for each choice of topics.

Only the links of a mail are its reader's own, so they are put in after rendering: ten thousand mails take a
handful of renderings.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID, uuid4

from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from mypart_wagtail.mail import absolute_url, render_text
from mypart_wagtail.newsletter.content import Section, chosen_from
from mypart_wagtail.newsletter.models import Delivery, Edition, NewsletterSettings, Subscriber
from mypart_wagtail.newsletter.models.settings import name_of_site

Parts = tuple[str, str]
"""A mail as plain text and as HTML."""


class Letters:
    """The mails of ``edition``, with these ``sections``.

    ``nobody`` stands in a rendered mail where its reader's token goes, and leads nowhere. It is new each
    time: one that somebody could write into a title or an introduction would become a token there.
    """

    def __init__(self, edition: Edition, sections: list[Section]) -> None:
        self.edition = edition
        self.sections = sections
        self.sender = NewsletterSettings.of(edition.site).from_address()
        self.nobody = uuid4()
        self._rendered: dict[tuple[str, ...], Parts] = {}

    def parts(self, keys: Iterable[str]) -> Parts:
        """The mail with the topics ``keys``, addressed to nobody yet."""
        sections = chosen_from(self.sections, keys)
        found = tuple(section["key"] for section in sections)
        if found not in self._rendered:
            self._rendered[found] = self._render(sections)
        return self._rendered[found]

    def everything(self) -> Parts:
        """The mail with all topics."""
        return self.parts(section["key"] for section in self.sections)

    def to(self, delivery: Delivery, subscriber: Subscriber, connection: Any) -> EmailMultiAlternatives:
        """The mail of ``delivery``.

        Its Message-ID is the same at each try, so that a mailbox can tell a mail that came twice.
        """
        text, html = (self._for(subscriber, part) for part in self.parts(subscriber.topics))
        unsubscribe = self._url("mypart_newsletter:unsubscribe", subscriber.token)
        headers = {
            "Message-ID": f"<{delivery.uuid}@{self.edition.site.hostname}>",
            "List-Unsubscribe": f"<{unsubscribe}>",
        }
        if unsubscribe.startswith("https://"):
            # RFC 8058 wants HTTPS, and no redirect to it: a mail program would not post again.
            headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
        return self._mail(subscriber.email, self.edition.subject, text, html, headers, connection)

    def trial(self, address: str) -> EmailMultiAlternatives:
        """The mail with all topics, to one of the staff; its links lead nowhere."""
        text, html = self.everything()
        with translation.override(self.edition.language):
            subject = translation.gettext("[Trial] %(subject)s") % {"subject": self.edition.subject}
        return self._mail(address, subject, text, html, {}, None)

    def _mail(
        self, to: str, subject: str, text: str, html: str, headers: dict[str, str], connection: Any
    ) -> EmailMultiAlternatives:
        of_lists = {
            "List-Id": f"<newsletter.{self.edition.site.hostname}>",
            "Precedence": "bulk",
            "Auto-Submitted": "auto-generated",
            "Content-Language": self.edition.language,
        }
        mail = EmailMultiAlternatives(
            subject=" ".join(subject.split()),
            body=text,
            from_email=self.sender,
            to=[to],
            headers=of_lists | headers,
            connection=connection,
        )
        mail.attach_alternative(html, "text/html")
        return mail

    def _render(self, sections: list[Section]) -> Parts:
        context = {
            "edition": self.edition,
            "sections": sections,
            "site_name": name_of_site(self.edition.site),
            "home_url": self.edition.site.root_url,
            "manage_url": self._url("mypart_newsletter:manage", self.nobody),
            "unsubscribe_url": self._url("mypart_newsletter:unsubscribe", self.nobody),
        }
        with translation.override(self.edition.language):
            text = render_text("mypart_newsletter/mail/edition.txt", context).strip() + "\n"
            html = render_to_string("mypart_newsletter/mail/edition.html", context)
        return text, html

    def _for(self, subscriber: Subscriber, part: str) -> str:
        return part.replace(str(self.nobody), str(subscriber.token))

    def _url(self, name: str, token: UUID) -> str:
        return url_of(self.edition.site, self.edition.language, name, token)


def url_of(site: Any, language: str, name: str, token: UUID) -> str:
    """The address ``name`` of the reader with ``token``, complete, in ``language``."""
    with translation.override(language):
        return absolute_url(site, reverse(name, args=[token]))
