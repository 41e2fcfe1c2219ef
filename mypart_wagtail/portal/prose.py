"""Rich text as editors write it."""

from django.utils.html import strip_tags


def is_written(rich_text: str | None) -> bool:
    """Whether there are words in ``rich_text``, not only the empty paragraph an editor leaves."""
    return bool(strip_tags(rich_text or "").strip())
