"""Beginning to send an edition, by staff or by the clock."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import log
from wagtail.models import Site

from mypart_wagtail.moments import format_moment
from mypart_wagtail.newsletter.content import Section, gather
from mypart_wagtail.newsletter.models import Delivery, Edition, Subscriber
from mypart_wagtail.staff import sites_of

SENT = "mypart_newsletter.send"
AT_ONCE = 1000


class NotSent(Exception):
    """The edition cannot be sent. ``message`` says why."""

    def __init__(self, message: Any) -> None:
        super().__init__(message)
        self.message = message


def already_told(edition: Edition) -> str:
    """Why one with something of the period of ``edition`` is refused."""
    return gettext(
        "The edition “%(subject)s” has told this already, from %(since)s until %(until)s. "
        "Choose a period before or after it."
    ) % {
        "subject": edition.subject,
        "since": format_moment(edition.since),
        "until": format_moment(edition.until),
    }


def may_send(actor: Any, edition: Edition) -> bool:
    """Whether ``actor`` may send ``edition``: who may edit it, on the sites where one works."""
    is_allowed = actor.has_perm("mypart_newsletter.change_edition")
    return is_allowed and sites_of(actor).filter(pk=edition.site_id).exists()


@transaction.atomic
def send_edition(actor: Any, *, edition: Edition, at: datetime) -> None:
    """Begin to send ``edition``. Safe to repeat. Raises ``PermissionDenied`` and ``NotSent``."""
    if not may_send(actor, edition):
        raise PermissionDenied
    # Of two who send at once the second sees what the first has sent.
    Site.objects.select_for_update().get(pk=edition.site_id)
    period = {"since": edition.since, "until": min(edition.until, at)}
    told = Edition.objects.telling(site=edition.site, language=edition.language, **period)
    # Another may have gone out since this one was written.
    if others := told.exclude(pk=edition.pk)[:1]:
        raise NotSent(already_told(others[0]))
    if begin_sending(edition, at=at):
        log(instance=edition, action=SENT, user=actor)


@transaction.atomic
def begin_sending(edition: Edition, *, at: datetime) -> bool:
    """Freeze what is in ``edition`` and make the deliveries to all who chose something of it.

    False if it had begun before. Raises ``NotSent`` where there is nothing to send or nobody to send it to.
    """
    from mypart_wagtail.newsletter.tasks import send_newsletter

    locked = Edition.objects.select_for_update(of=("self",)).select_related("site").get(pk=edition.pk)
    if not locked.is_draft:
        return False
    locked.started_at, locked.until = at, min(locked.until, at)
    sections = gather(locked, until=locked.until)
    if not sections:
        raise NotSent(_("There is nothing new in this period, so there is nothing to send."))
    locked.content = {"sections": sections}
    locked.save(update_fields=["started_at", "until", "content"])
    if not _make_deliveries(locked, at):
        raise NotSent(_("Nobody has subscribed to any topic of this edition in its language."))
    transaction.on_commit(lambda: send_newsletter.enqueue(str(locked.uuid)))
    edition.refresh_from_db()
    return True


@transaction.atomic
def send_rest(actor: Any, *, edition: Edition, at: datetime) -> None:
    """Send ``edition`` to those it has not reached, at once. Safe to repeat.

    Mailboxes that there are not stay left out. Raises ``PermissionDenied``, and ``NotSent`` where nobody is
    left.
    """
    from mypart_wagtail.newsletter.tasks import send_newsletter

    if not may_send(actor, edition):
        raise PermissionDenied
    locked = Edition.objects.select_for_update(of=("self",)).get(pk=edition.pk)
    rest = locked.deliveries.unreached().filter(Q(claim=None) | ~Q(failed_at=None))
    if locked.is_draft or not rest.update(failed_at=None, claim=None, attempts=0, due_at=at):
        raise NotSent(_("It has reached everyone whom it can reach."))
    locked.finished_at = locked.put_off_until = None
    locked.put_offs = 0
    locked.save(update_fields=["finished_at", "put_off_until", "put_offs"])
    log(instance=locked, action=SENT, user=actor)
    transaction.on_commit(lambda: send_newsletter.enqueue(str(locked.uuid)))


def readers_of(edition: Edition, sections: list[Section]) -> Iterator[int]:
    """The keys of subscribers who chose a topic of ``sections``; compared here, as not every database can."""
    found = {section["key"] for section in sections}
    subscribed = Subscriber.objects.confirmed().filter(site=edition.site, language=edition.language)
    for pk, topics in subscribed.order_by("pk").values_list("pk", "topics").iterator():
        if found.intersection(topics):
            yield pk


def _make_deliveries(edition: Edition, at: datetime) -> int:
    readers = readers_of(edition, edition.content["sections"])
    deliveries = [Delivery(edition=edition, subscriber_id=pk, due_at=at) for pk in readers]
    return len(Delivery.objects.bulk_create(deliveries, batch_size=AT_ONCE))
