"""Editions that are made and sent by themselves, weekly or monthly."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from wagtail.models import Site

from mypart_wagtail.batches import count_done
from mypart_wagtail.moments import format_date
from mypart_wagtail.newsletter.models import Edition, NewsletterSettings, Rhythm, Subscriber
from mypart_wagtail.newsletter.models.settings import name_of_site
from mypart_wagtail.newsletter.services.editions import NotSent, begin_sending

LONGEST = timedelta(weeks=5)
"""An edition tells of no more, however long none went out: of a month, or of some weeks that were missed."""
FROM_HOUR = time(8)
"""Nobody is woken by a newsletter."""


def send_due_editions(*, at: datetime) -> int:
    """Make and begin to send each edition that is due ``at``; gives how many.

    Never an empty one, never two of one site and language for one period.
    """
    due = [
        (settings.site, language, settings.rhythm, at)
        for settings in NewsletterSettings.objects.exclude(rhythm=Rhythm.BY_HAND).select_related("site")
        for language in _languages(settings.site)
    ]
    return count_done(_send, due)


def last_period(rhythm: str, at: datetime) -> tuple[date, date, str]:
    """The first day of the last whole week or month at ``at``, the day after its last, and its name."""
    today = timezone.localdate(at)
    if rhythm == Rhythm.WEEKLY:
        after = today - timedelta(days=today.weekday())
        first = after - timedelta(days=7)
        return first, after, f"{first:%G-W%V}"
    after = today.replace(day=1)
    first = (after - timedelta(days=1)).replace(day=1)
    return first, after, f"{first:%Y-%m}"


@transaction.atomic
def _send(site: Site, language: str, rhythm: str, at: datetime) -> bool:
    first, after, name = last_period(rhythm, at)
    if at < _moment(after, FROM_HOUR):
        return False
    until = _moment(after)
    since = _first_untold(site, language, _last_end(site, language, until) or _moment(first), until)
    if since >= until:
        return False
    edition, is_new = Edition.objects.get_or_create(
        site=site,
        language=language,
        period=name,
        defaults={"since": since, "until": until, "subject": _subject(site, language, since, until)},
    )
    if not is_new:
        return False
    try:
        return begin_sending(edition, at=at)
    except NotSent:
        edition.delete()
        return False


def _languages(site: Site) -> list[str]:
    subscribed = Subscriber.objects.confirmed().filter(site=site)
    return sorted(subscribed.order_by().values_list("language", flat=True).distinct())


def _last_end(site: Site, language: str, until: datetime) -> datetime | None:
    """When the last edition ended that was made by itself, at most ``LONGEST`` before ``until``.

    So no day is left out where a week or a month was missed.
    """
    by_itself = Edition.objects.started().filter(site=site, language=language).exclude(period="")
    last = by_itself.order_by("-until").values_list("until", flat=True).first()
    return max(last, until - LONGEST) if last else None


def _first_untold(site: Site, language: str, since: datetime, until: datetime) -> datetime:
    """``since``, or the end of what staff have told from there on without a gap.

    An edition by hand about a few days in the middle is told again: better twice than not at all.
    """
    by_hand = Edition.objects.started().filter(site=site, language=language, period="", since__lt=until)
    for edition in by_hand.order_by("since"):
        if edition.since <= since:
            since = max(since, edition.until)
    return since


def _subject(site: Site, language: str, since: datetime, until: datetime) -> str:
    with translation.override(language):
        return _("%(site)s: news from %(first)s to %(last)s") % {
            "site": name_of_site(site)[:80],
            "first": format_date(since),
            "last": format_date(until - timedelta(microseconds=1)),
        }


def _moment(day: date, hour: time = time.min) -> datetime:
    return timezone.make_aware(datetime.combine(day, hour))
