"""Signing up in two steps, changing one's mind, leaving."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import translation
from wagtail.models import Site

from mypart_wagtail.mail import send_mail_on_commit
from mypart_wagtail.newsletter.letters import url_of
from mypart_wagtail.newsletter.models import Delivery, Edition, Subscriber
from mypart_wagtail.newsletter.models.settings import name_of_site
from mypart_wagtail.newsletter.models.subscriber import UNCONFIRMED_KEPT_FOR, folded
from mypart_wagtail.newsletter.topics import labels_of

BETWEEN_MAILS = timedelta(minutes=10)
"""Nobody can have another's mailbox filled by signing it up again and again."""

DELIVERIES_KEPT_FOR = timedelta(days=30)
"""After that only the edition knows how many mails it was."""


@transaction.atomic
def ask_to_subscribe(
    *, site: Site, email: str, topics: list[str], language: str, consent: str, at: datetime
) -> None:
    """Mail a link to ``email`` that subscribes it, or, if it is subscribed already, one that leads to its
    settings.

    Tells nothing of which it was: whoever signs up an address need not be its owner. For the same reason
    what is subscribed already does not change here.
    """
    # Whose link is too old begins anew, with another link, whether or not it has been erased by now.
    late = Subscriber.objects.unconfirmed_since(at - UNCONFIRMED_KEPT_FOR)
    late.filter(site=site, email=folded(email)).erase()
    choice = {"language": language, "topics": topics, "consent": consent, "created_at": at}
    mine, is_new = Subscriber.objects.select_for_update(of=("self",)).get_or_create(
        site=site, email=folded(email), defaults=choice
    )
    if not is_new and not mine.is_confirmed:
        for name, value in choice.items():
            setattr(mine, name, value)
    if mine.mailed_at is None or at - mine.mailed_at >= BETWEEN_MAILS:
        mine.mailed_at = at
        _mail_link(mine)
    mine.save()


@transaction.atomic
def confirm(*, site: Site, token: UUID, at: datetime) -> Subscriber | None:
    """Who is subscribed with ``token``, from now on if not yet. Safe to repeat. None for a link that is not
    (or no longer) good."""
    good = Subscriber.objects.with_good_link(at).filter(site=site, token=token)
    found = good.select_for_update(of=("self",)).first()
    if found is None or found.is_confirmed:
        return found
    found.confirmed_at = at
    found.save(update_fields=["confirmed_at"])
    return found


@transaction.atomic
def change_choice(*, subscriber: Subscriber, topics: list[str], language: str) -> None:
    """From now on ``subscriber`` gets these topics, in this language."""
    subscriber.topics, subscriber.language = topics, language
    subscriber.save(update_fields=["topics", "language"])


@transaction.atomic
def unsubscribe(*, site: Site, token: UUID) -> None:
    """Erase who is subscribed with ``token``, with whatever has not been sent yet. Safe to repeat."""
    Subscriber.objects.filter(site=site, token=token).erase()


@transaction.atomic
def erase_old(*, at: datetime) -> tuple[int, int]:
    """Erase addresses that nobody confirmed, and who was sent which edition long ago. Gives how many each."""
    unconfirmed = Subscriber.objects.unconfirmed_since(at - UNCONFIRMED_KEPT_FOR).erase()
    over = Edition.objects.filter(finished_at__lt=at - DELIVERIES_KEPT_FOR)
    deliveries = Delivery.objects.filter(edition__in=over).delete()[0]
    return unconfirmed, deliveries


def _mail_link(subscriber: Subscriber) -> None:
    template, view = ("known", "manage") if subscriber.is_confirmed else ("confirm", "confirm")
    name = f"mypart_newsletter:{view}"
    context: dict[str, Any] = {
        "site": name_of_site(subscriber.site),
        "url": url_of(subscriber.site, subscriber.language, name, subscriber.token),
        "topics": _topics_in(subscriber.language, subscriber.topics),
    }
    if subscriber.link_mail is not None:
        subscriber.link_mail.delete()
    subscriber.link_mail = send_mail_on_commit(
        to=subscriber.email,
        template=f"mypart_newsletter/mail/{template}",
        context=context,
        language=subscriber.language,
    )


def _topics_in(language: str, keys: list[str]) -> list[str]:
    """Whoever asks from a page in another language gets a mail in one language."""
    with translation.override(language):
        return labels_of(keys)
