"""Lists of things that blocks show and other apps own: news, events, calls, organisations.

The block owns its fields and its template; the provider, named by the app that owns the things, answers
``(asked: Asked) -> Listing``. What a block shows is kept until its ``topic`` (see ``fragments.py``) changes,
or until the listing itself says it is true no longer.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from wagtail.models import Site


@dataclass(frozen=True)
class Asked:
    """What a block asks for: ``count`` things of ``site`` as at ``at``, in the current language.

    ``choice`` is what the editor chose beside, by name of the block's field. ``request`` is None in mails
    and previews; it may only be used to make addresses, since the answer is shown to everyone.
    """

    site: Site | None
    at: datetime
    count: int
    choice: dict[str, Any] = field(default_factory=dict)
    request: Any = None


@dataclass(frozen=True)
class Fact:
    """A short fact beside a thing: "until", "12 December". ``value`` may be safe HTML."""

    label: Any
    value: Any


@dataclass(frozen=True)
class Listed:
    """A thing in a list."""

    title: str
    url: str = ""
    summary: str = ""
    facts: tuple[Fact, ...] = ()


@dataclass(frozen=True)
class Listing:
    """Things in the order in which they are shown, until when that is true, and where all of them are."""

    things: list[Listed]
    until: datetime
    all_url: str = ""
