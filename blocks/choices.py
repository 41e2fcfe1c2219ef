"""Choices that an app provides."""

from typing import Any

from wagtail import blocks


class ProvidedChoiceBlock(blocks.ChoiceBlock):
    """One of choices that come from a database or a long list.

    Wagtail looks through all choices each time a page is read, to tell its own values from labels. Here only
    the form asks for them; values are strings.
    """

    def normalize(self, value: Any) -> str:
        return value or ""

    def to_python(self, value: Any) -> str:
        return value or ""
