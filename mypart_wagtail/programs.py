"""What other programs ask for again and again: feeds, calendars."""

from typing import Any

from django.views.decorators.cache import cache_control
from django.views.decorators.http import conditional_page

MAX_AGE_SECONDS = 300


def for_programs(view: Any) -> Any:
    """``view``, the same for everyone, which caches keep for a while and ask for again by its ETag."""
    return cache_control(public=True, max_age=MAX_AGE_SECONDS)(conditional_page(view))
