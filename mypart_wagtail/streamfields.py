"""A StreamField whose blocks a host may extend, without a migration for every change of them."""

from typing import Any

from django.db import models
from wagtail.fields import StreamField


class ExtensibleStreamField(StreamField):
    """Deconstructs to a ``JSONField``, so that migrations hold no blocks.

    Never to an empty StreamField: a ``save()`` of a historical model would then erase every block.
    """

    def deconstruct(self) -> tuple[Any, str, list[Any], dict[str, Any]]:
        name, _path, _args, kwargs = super().deconstruct()
        for own in ("block_types", "block_lookup", "use_json_field"):
            kwargs.pop(own, None)
        return name, "django.db.models.JSONField", [], kwargs

    def clone(self) -> models.Field:
        """Wagtail and Django clone fields for forms and copies, which need the blocks."""
        _name, _path, args, kwargs = super().deconstruct()
        return self.__class__(self.stream_block, *args[1:], **_without_blocks(kwargs))


def _without_blocks(kwargs: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in kwargs.items() if key not in ("block_types", "block_lookup")}
