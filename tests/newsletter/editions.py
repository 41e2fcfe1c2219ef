"""Readers, editions and what is new, for tests of the newsletter."""

from __future__ import annotations

from datetime import timedelta
from email import message_from_bytes, message_from_string, policy
from email.message import EmailMessage
from typing import Any

from django.core import mail
from django.utils import timezone

from mypart_wagtail.human_check import Attempt
from mypart_wagtail.newsletter.models import Edition, NewsletterSettings, NewsletterWords, Subscriber
from mypart_wagtail.newsletter.services.editions import begin_sending
from tests.news.news import index, piece
from tests.sites import default_site

PRIVACY = "<p>We keep your address until you leave.</p>"


def newsletter(**facts: Any) -> NewsletterSettings:
    """What the default site says of its newsletter, in both languages."""
    settings = NewsletterSettings.objects.create(site=default_site(), **facts)
    for language in ("en", "pl"):
        NewsletterWords.objects.create(
            settings=settings, language=language, about="Once a week.", privacy=PRIVACY
        )
    return settings


def subscriber(name: str = "anna", *, is_confirmed: bool = True, **facts: Any) -> Subscriber:
    """Someone who reads news in English, unless told otherwise."""
    now = timezone.now()
    return Subscriber.objects.create(
        **{
            "site": default_site(),
            "email": f"{name}@example.org",
            "language": "en",
            "topics": ["news"],
            "mailed_at": now,
            "confirmed_at": now if is_confirmed else None,
            **facts,
        }
    )


def some_news(*titles: str, language: str = "en") -> None:
    """Published just now."""
    parent = index(language=language)
    for title in titles or ("Regatta",):
        piece(parent, title)


def edition(**facts: Any) -> Edition:
    """A draft about the last week, in English."""
    now = timezone.now()
    return Edition.objects.create(
        **{
            "site": default_site(),
            "language": "en",
            "subject": "What is new",
            "since": now - timedelta(days=7),
            "until": now + timedelta(minutes=5),
            **facts,
        }
    )


def begun(**facts: Any) -> Edition:
    """An edition whose sending has begun, with nothing sent yet."""
    made = edition(**facts)
    begin_sending(made, at=timezone.now() + timedelta(minutes=1))
    made.deliveries.update(due_at=timezone.now())
    return made


def slow() -> str:
    """Somebody who has answered the question, and has taken the time people take."""
    return Attempt(started=timezone.now().timestamp() - 60, is_proven=True).sign()


def outbox() -> list[EmailMessage]:
    """Mails as they were sent."""
    return [message_from_bytes(sent.message().as_bytes(), policy=policy.default) for sent in mail.outbox]


def parsed(received: list[str]) -> list[EmailMessage]:
    """Mails as a server took them."""
    return [message_from_string(text.replace("\r\n", "\n"), policy=policy.default) for text in received]


def text_of(message: EmailMessage, kind: str) -> str:
    """The ``plain`` or ``html`` part of a mail."""
    return message.get_body((kind,)).get_content()
