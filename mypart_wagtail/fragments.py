"""What is the same for everyone, mostly HTML, kept in the cache until what it shows changes.

Each kind of thing shown is a topic with a mark in the cache; ``has_changed`` replaces the mark, and nothing
kept under an older one is used again. Several processes see one another's changes where they share a cache,
as they should on a server (``mypart.W002``); where they do not, within ``LONGEST``.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any, TypeVar
from uuid import uuid4

from django.core.cache import cache
from django.db import transaction
from django.utils import timezone

LONGEST = timedelta(minutes=5)

T = TypeVar("T")
Rendered = tuple[str, datetime]
"""HTML, and until when it is true (an aware datetime)."""


EVERYTHING = "everything"
"""The topic of what shows many things, such as a whole page: each change of any topic is one of it."""

_changes = [0]
_lives: ContextVar[list[datetime] | None] = ContextVar("mypart_fragment_lives", default=None)


def kept(topic: str, parts: tuple[str, ...], render: Callable[[], tuple[T, datetime]]) -> T:
    """What ``render`` gave for ``parts`` last time, or gives now if it may be true no longer.

    ``parts`` are all that the HTML depends on beside what ``has_changed`` tells: the site, the language.
    """
    mark, found = look_up(topic, parts)
    if found is None:
        # The mark was read before anything was rendered: a change made meanwhile makes this one old at once.
        found = render()
        keep(topic, parts, mark, *found)
    content, until = found
    lives = _lives.get()
    if lives is not None:
        lives.append(until)
    return content


def look_up(topic: str, parts: tuple[str, ...]) -> tuple[str, Any]:
    """The mark of ``topic`` now, and what is kept under it for ``parts``: content and until when, or None."""
    mark_key, key = _mark_key(topic), _key(topic, parts)
    found = cache.get_many([mark_key, key])
    mark = found.get(mark_key) or _new_mark(topic)
    content, until, its_mark = found.get(key, (None, None, None))
    is_true = its_mark == mark and timezone.now() < until
    return mark, ((content, until) if is_true else None)


def keep(topic: str, parts: tuple[str, ...], mark: str, content: Any, until: datetime) -> None:
    """Keep ``content`` until then, at most for ``LONGEST``, and as long as ``topic`` has this mark."""
    cache.set(_key(topic, parts), (content, until, mark), LONGEST.total_seconds())


@contextmanager
def shortest_life(at: datetime) -> Iterator[Callable[[], datetime]]:
    """Until when all fragments shown inside are true, as a function to be called at the end."""
    lives = [at + LONGEST]
    token = _lives.set(lives)
    try:
        yield lambda: min(lives)
    finally:
        _lives.reset(token)


def has_changed(topic: str) -> None:
    """Nothing rendered of ``topic`` before is used again: at once, and once more when others can see it."""
    _new_marks(topic)
    transaction.on_commit(lambda: _new_marks(topic))


def changes_here() -> int:
    """How many changes this process has told of: whoever remembers something compares it with what it was."""
    return _changes[0]


def _new_marks(topic: str) -> None:
    _changes[0] += 1
    _new_mark(topic)
    _new_mark(EVERYTHING)


def _new_mark(topic: str) -> str:
    mark = uuid4().hex
    cache.set(_mark_key(topic), mark, None)
    return mark


def _mark_key(topic: str) -> str:
    return f"mypart.fragment.{topic}"


def _key(topic: str, parts: tuple[str, ...]) -> str:
    return f"mypart.fragment.{topic}.{sha256(repr(parts).encode()).hexdigest()}"
