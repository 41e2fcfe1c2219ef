"""What a newsletter tells of other apps: topics that people choose, and what is new in each.

An app names a topic in its ``AppConfig``; the last part of the name is the topic's key, kept with those who
chose it::

    class MypartNewsConfig(AppConfig):
        mypart_providers = {"newsletter.topics.news": "….providers.newsletter_topic"}  # () -> Topic
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from wagtail.models import Site

from mypart_wagtail.listings import Listed

TOPICS = "newsletter.topics."
SIGN_UP_URL = "newsletter.sign_up_url"
"""Provider ``() -> str``: where one signs up for the newsletter, in the current language."""


@dataclass(frozen=True)
class Period:
    """What became public on ``site`` from ``since`` until just before ``until``, both aware, is asked for."""

    site: Site
    since: datetime
    until: datetime


@dataclass(frozen=True)
class Topic:
    """What people choose.

    ``find`` gives what is new, in the current language. The facts of what it gives are plain text; addresses
    may begin with ``/``.
    """

    label: Any
    find: Callable[[Period], list[Listed]]
