"""What is the same for everyone, mostly HTML, kept in the cache until what it shows changes.

Each kind of thing shown is a topic with a mark in the cache; ``has_changed`` replaces the mark, and nothing
kept under an older one is used again. Several processes see one another's changes where they share a cache,
as they should on a server (``mypart.W002``); where they do not, within ``LONGEST``.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from hashlib import sha256
from typing import TypeVar
from uuid import uuid4

from django.core.cache import cache
from django.db import transaction
from django.utils import timezone

LONGEST = timedelta(minutes=5)

T = TypeVar("T")
Rendered = tuple[str, datetime]
"""HTML, and until when it is true (an aware datetime)."""


def kept(topic: str, parts: tuple[str, ...], render: Callable[[], tuple[T, datetime]]) -> T:
    """What ``render`` gave for ``parts`` last time, or gives now if it may be true no longer.

    ``parts`` are all that the HTML depends on beside what ``has_changed`` tells: the site, the language.
    """
    mark_key = _mark_key(topic)
    key = f"mypart.fragment.{topic}.{sha256(repr(parts).encode()).hexdigest()}"
    found = cache.get_many([mark_key, key])
    mark = found.get(mark_key) or _new_mark(topic)
    if key in found:
        html, until, its_mark = found[key]
        if its_mark == mark and timezone.now() < until:
            return html
    # The mark was read before anything was rendered: a change made meanwhile makes this one old at once.
    html, until = render()
    cache.set(key, (html, until, mark), LONGEST.total_seconds())
    return html


def has_changed(topic: str) -> None:
    """Nothing rendered of ``topic`` before is used again: at once, and once more when others can see it."""
    _new_mark(topic)
    transaction.on_commit(lambda: _new_mark(topic))


def _new_mark(topic: str) -> str:
    mark = uuid4().hex
    cache.set(_mark_key(topic), mark, None)
    return mark


def _mark_key(topic: str) -> str:
    return f"mypart.fragment.{topic}"
