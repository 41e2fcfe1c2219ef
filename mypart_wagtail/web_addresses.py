"""Addresses of web pages in models."""

from collections.abc import Sequence
from typing import Any

from django.db import models
from django.forms import Field


class WebAddressField(models.URLField):
    """Takes ``www.klub.pl`` as people write it, and keeps ``https://www.klub.pl``.

    In migrations it is Django's own field.
    """

    def formfield(self, **kwargs: Any) -> Field | None:  # type: ignore[override]
        return super().formfield(**{"assume_scheme": "https", **kwargs})

    def deconstruct(self) -> tuple[str, str, Sequence[Any], dict[str, Any]]:
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.URLField", args, kwargs
