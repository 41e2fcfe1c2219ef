"""The topics of the newsletter, as installed apps provide them."""

from __future__ import annotations

from collections.abc import Iterable

from mypart_wagtail.digests import TOPICS, Topic
from mypart_wagtail.providers import get_provider, provided_names


def topics() -> dict[str, Topic]:
    """Topics by key, in the order of their keys."""
    return {name.removeprefix(TOPICS): get_provider(name)() for name in provided_names(TOPICS)}


def topic_choices() -> list[tuple[str, str]]:
    """Topics as (key, label)."""
    return [(key, str(topic.label)) for key, topic in topics().items()]


def labels_of(keys: Iterable[str]) -> list[str]:
    """What the topics with these keys are called; those whose app is gone are left out."""
    return [label for key, label in topic_choices() if key in set(keys)]
