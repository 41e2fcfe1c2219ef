"""What is in an edition: found anew while it is a draft, frozen as plain data when sending begins.

``Section``s are dicts, so that they can be kept as JSON: ``{"key", "label", "things": [{"title", "url",
"summary", "facts": [[label, value], …]}, …]}``, all of it plain text, addresses complete.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from urllib.parse import urljoin

from django.utils import translation
from wagtail.models import Site

from mypart_wagtail.digests import Period, Topic
from mypart_wagtail.listings import Listed
from mypart_wagtail.newsletter.models import Edition
from mypart_wagtail.newsletter.topics import topics
from mypart_wagtail.text import clean_text

Section = dict[str, Any]


def sections_of(edition: Edition, at: datetime) -> list[Section]:
    """What is in ``edition``; in a draft, what would be in it if it were sent ``at``."""
    if not edition.is_draft:
        return edition.content["sections"]
    return gather(edition, until=min(edition.until, at))


def gather(edition: Edition, *, until: datetime) -> list[Section]:
    """All that is new from the beginning of ``edition`` until then, in its language; no empty section."""
    with translation.override(edition.language):
        period = Period(site=edition.site, since=edition.since, until=until)
        found = [_section(key, topic, period) for key, topic in topics().items()]
    return [section for section in found if section["things"]]


def chosen_from(sections: Iterable[Section], keys: Iterable[str]) -> list[Section]:
    """The sections of the topics with these keys."""
    return [section for section in sections if section["key"] in set(keys)]


def _section(key: str, topic: Topic, period: Period) -> Section:
    things = [_thing(thing, period.site) for thing in topic.find(period)]
    return {"key": key, "label": _line(topic.label), "things": things}


def _thing(thing: Listed, site: Site) -> dict[str, Any]:
    return {
        "title": _line(thing.title),
        "url": urljoin(f"{site.root_url}/", thing.url) if thing.url else "",
        "summary": _line(thing.summary),
        "facts": [[_line(fact.label), _line(fact.value)] for fact in thing.facts],
    }


def _line(text: Any) -> str:
    return " ".join(clean_text(str(text)).split())
