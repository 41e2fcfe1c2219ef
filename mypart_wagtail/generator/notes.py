"""What is said at an input about its text: what is wrong, what it may mean, what cannot be printed."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from mypart_wagtail.generator.fields import Field, ParseError, Text, Words
from mypart_wagtail.generator.filled import Stored, text_of
from mypart_wagtail.generator.glyphs import unprintable

MOST_NAMED = 10


@dataclass(frozen=True)
class Notes:
    """``problem`` blocks submission, ``warning`` does not; ``readings`` are the texts to choose from."""

    problem: Words = ""
    readings: tuple[str, ...] = ()
    warning: Words = ""


NO_NOTES = Notes()


def notes_on(field: Field, stored: Stored) -> Notes:
    """What there is to say about ``stored`` standing in ``field``; mostly ``NO_NOTES``."""
    error = _error(field, stored)
    warning = _printing_warning(text_of(field, stored)) if isinstance(field, Text) else ""
    if error:
        return Notes(error.message, error.readings, warning)
    return Notes(warning=warning) if warning else NO_NOTES


def _error(field: Field, stored: Stored) -> ParseError | None:
    try:
        if isinstance(stored, dict):
            field.read(stored["typed"])
        else:
            field.recheck(stored)
    except ParseError as error:
        return error
    return None


def _printing_warning(text: str) -> Words:
    characters = unprintable(text)
    if not characters:
        return ""
    named = [_name(character) for character in characters[:MOST_NAMED]]
    if len(characters) > MOST_NAMED:
        named.append("…")
    return _(
        "This cannot be printed: %(characters)s. The printed form shows its code instead; your text is kept."
    ) % {"characters": ", ".join(named)}


def _name(character: str) -> str:
    """``character`` and its code. It is isolated: a Hebrew letter would turn the sentence around it."""
    return f"\u2068{character}\u2069 (U+{ord(character):04X})"
