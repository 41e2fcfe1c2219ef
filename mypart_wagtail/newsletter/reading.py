"""Numbers of subscribers, for staff: no address is needed to know them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from wagtail.models import Site

from mypart_wagtail.newsletter.models import Subscriber
from mypart_wagtail.newsletter.topics import topics


def subscriber_counts(sites: Iterable[Site]) -> list[dict[str, Any]]:
    """For each of ``sites`` and each language: how many are subscribed, and to which topic.

    As ``{"site", "language", "total", "unconfirmed", "topics": [(label, count), …]}``; counted here, as not
    every database can look into a list.
    """
    return [_count(site, code, name) for site in sites for code, name in settings.LANGUAGES]


def _count(site: Site, code: str, name: Any) -> dict[str, Any]:
    mine = Subscriber.objects.filter(site=site, language=code)
    by_topic: Counter[str] = Counter()
    total = 0
    for chosen in mine.confirmed().order_by().values_list("topics", flat=True).iterator():
        total += 1
        by_topic.update(chosen)
    return {
        "site": site,
        "language": name,
        "total": total,
        "unconfirmed": mine.filter(confirmed_at=None).count(),
        "topics": [(topic.label, by_topic[key]) for key, topic in topics().items()],
    }
