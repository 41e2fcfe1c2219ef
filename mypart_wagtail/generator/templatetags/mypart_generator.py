"""Showing answers of a form: ``{% load mypart_generator %}``."""

from collections.abc import Sequence
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from mypart_wagtail.generator import presentation, wording
from mypart_wagtail.generator.deeds import MOST_TYPED
from mypart_wagtail.generator.fields import Field, Words
from mypart_wagtail.generator.filled import Row
from mypart_wagtail.generator.services.changes import MOST_CHANGES, MOST_CHARACTERS
from mypart_wagtail.generator.wording import choices_in_words

register = template.Library()


@register.simple_tag
def answer(field: Field, text: str) -> Words:
    """What was answered, for reading: a choice shows its wording, never its key."""
    return field.in_words(text)


@register.simple_tag
def cell(row: Row, column: Field) -> Any:
    """What stands in a cell of a row, for reading."""
    return answer(column, row.text(column.key))


@register.filter
def kind(block: Any) -> str:
    """The name of a block's class, such as ``"Grid"``."""
    return type(block).__name__


@register.filter
def header_rows(columns: Sequence[presentation.Column]) -> list[list[presentation.HeaderCell]]:
    """The header of a grid, as on paper."""
    return presentation.header_rows(columns)


@register.filter
def said(choices: Sequence[Sequence[presentation.Alternative]]) -> str:
    """What was chosen in a declaration, in words of the form's own language."""
    return choices_in_words(choices, wording.POLISH)


@register.filter
def has_choice(alternatives: tuple[Any, ...]) -> bool:
    """Whether one of the alternatives of an either-or is chosen."""
    return any(alternative.chosen for alternative in alternatives)


@register.simple_tag
def limits_of_saving() -> SafeString:
    """Attributes that tell the browser how much a field keeps, and how much it may send at once."""
    return format_html(
        'data-most-typed="{}" data-most-changes="{}" data-most-characters="{}"',
        MOST_TYPED,
        MOST_CHANGES,
        MOST_CHARACTERS,
    )
