"""Fields of official forms: each declared once, as a small typed object.

Widget, autosave, checks, PDF and canonical JSON all come from the same declaration. A field knows three
forms of a value:

* the **text** a person types and reads (``"12 500,00"``),
* the **stored** value, a string that never depends on language or browser (``"12500.00"``),
* the **value** that rules compute with (``Decimal("12500.00")``).

``parse`` goes from text to stored, ``value`` from stored to Python, ``format`` from stored to text, and
``parse(format(stored)) == stored`` holds for every field. Text is cleaned once, on its way in:
``parse`` cleans it, ``read`` takes it cleaned, as what is kept of it is.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Any, ClassVar

from django.utils.dateparse import parse_date
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from mypart_wagtail.money import (
    ODD_SPACES,
    AmbiguousAmount,
    InvalidAmount,
    format_amount,
    has_odd_spaces,
    read_pln,
)
from mypart_wagtail.text import clean_text, visible

if TYPE_CHECKING:
    from mypart_wagtail.generator.filled import FilledForm

Words = str | Promise
"""Wording: statutory Polish as ``str``, everything else translated lazily."""


class ParseError(ValueError):
    """The typed text is no value of the field. ``message`` says why and what to type instead.

    Where the text may mean several values, ``readings`` are the texts to choose from.
    """

    def __init__(self, message: Words, readings: tuple[str, ...] = ()) -> None:
        super().__init__(message)
        self.message = message
        self.readings = readings


def always(form: FilledForm) -> bool:
    """The default of ``visible``: shown in every form."""
    return True


@dataclass(frozen=True, kw_only=True)
class Field:
    """One place to fill in.

    ``label`` is the statutory wording, kept to the letter; ``name`` is what people call the field, used in
    messages and in links. ``number`` is the statutory number, such as ``"III.1"``.
    """

    key: str
    name: Words
    label: Words = ""
    number: str = ""
    hint: Words = ""
    required: bool = True
    autocomplete: str = ""
    visible: Callable[[FilledForm], bool] = field(default=always, compare=False)

    widget: ClassVar[str] = "text"
    align: ClassVar[str] = "start"

    def parse(self, text: str) -> str:
        """The stored value of ``text``; ``""`` where nothing was typed. Raises ``ParseError``."""
        return self.read(clean_text(text))

    def read(self, cleaned: str) -> str:
        """The same for what ``clean_text`` has made of a text; each kind of field says here what it takes."""
        stripped = cleaned.strip()
        return stripped if visible(stripped).strip() else ""

    def recheck(self, stored: str) -> None:
        """Raises ``ParseError`` where ``stored`` fits no more: a call may change its questions meanwhile."""

    def value(self, stored: str) -> Any:
        """The Python value of ``stored``, which is never empty here."""
        return stored

    def format(self, stored: str) -> str:
        """``stored`` as a person reads and types it."""
        return stored

    def in_words(self, text: str) -> Words:
        """The answer ``text`` for reading only: a choice has its wording, never its key."""
        return text


@dataclass(frozen=True, kw_only=True)
class Text(Field):
    """Plain text of at most ``limit`` characters; line breaks count as one."""

    limit: int = 250
    multiline: bool = False

    @property
    def widget(self) -> str:  # type: ignore[override]
        return "textarea" if self.multiline else "text"

    def read(self, cleaned: str) -> str:
        text = super().read(cleaned)
        if not self.multiline:
            text = " ".join(text.split())
        self.recheck(text)
        return text

    def recheck(self, stored: str) -> None:
        excess = len(stored) - self.limit
        if excess > 0:
            raise ParseError(
                ngettext_lazy(
                    "Shorten the text by %(excess)d character: the limit is %(limit)d.",
                    "Shorten the text by %(excess)d characters: the limit is %(limit)d.",
                    excess,
                )
                % {"excess": excess, "limit": self.limit}
            )


@dataclass(frozen=True, kw_only=True)
class Money(Field):
    """An amount in PLN, from 0.00 up, read as people write it and never guessed."""

    widget: ClassVar[str] = "money"
    align: ClassVar[str] = "end"

    def read(self, cleaned: str) -> str:
        if not cleaned.strip():
            return ""
        try:
            return str(read_pln(cleaned).quantize(Decimal("0.01")))
        except AmbiguousAmount as error:
            readings = tuple(format_amount(reading) for reading in error.readings)
            raise ParseError(error.message, readings) from error
        except InvalidAmount as error:
            raise ParseError(error.message) from error

    def value(self, stored: str) -> Decimal:
        return Decimal(stored)

    def format(self, stored: str) -> str:
        return format_amount(Decimal(stored)) if stored else ""


# 1.125 and 1,000 may mean thousands. 1,125 is how a number is written back, so it never does.
_MAY_BE_THOUSANDS = re.compile(r"[1-9][0-9]{0,2}(\.[0-9]{3}|,000)")


def _ambiguous_number(compact: str) -> ParseError:
    whole, rest = re.split("[.,]", compact)
    greater, lesser = whole + rest, plain(Decimal(f"{whole}.{rest}")).replace(".", ",")
    message = _("Did you mean %(greater)s or %(lesser)s?") % {"greater": greater, "lesser": lesser}
    return ParseError(message, (greater, lesser))


@dataclass(frozen=True, kw_only=True)
class Number(Field):
    """A number of at most ``decimals`` decimal places, such as a number of hours or pieces."""

    decimals: int = 2
    least: Decimal = Decimal(0)
    greatest: Decimal = Decimal("999999999")

    widget: ClassVar[str] = "number"
    align: ClassVar[str] = "end"

    def read(self, cleaned: str) -> str:
        typed = " ".join(cleaned.split())
        compact = typed.replace(" ", "")
        if not compact:
            return ""
        if has_odd_spaces(typed.removeprefix("-").lstrip()):
            raise ParseError(ODD_SPACES)
        if _MAY_BE_THOUSANDS.fullmatch(compact):
            raise _ambiguous_number(compact)
        if not re.fullmatch(r"-?[0-9]{1,15}([.,][0-9]{1,10})?", compact):
            raise ParseError(_("Write a number in digits, such as 12 or 2,5."))
        number = Decimal(compact.replace(",", "."))
        if number != round(number, self.decimals):
            raise ParseError(
                ngettext_lazy(
                    "Write at most %(decimals)d digit after the comma.",
                    "Write at most %(decimals)d digits after the comma.",
                    self.decimals,
                )
                % {"decimals": self.decimals}
                if self.decimals
                else _("Write a whole number.")
            )
        if not self.least <= number <= self.greatest:
            raise ParseError(
                _("Write a number from %(least)s to %(greatest)s.")
                % {"least": self.least, "greatest": self.greatest}
            )
        return plain(number + 0)  # Minus zero is zero.

    def value(self, stored: str) -> Decimal:
        return Decimal(stored)

    def format(self, stored: str) -> str:
        return stored.replace(".", ",")


def plain(number: Decimal) -> str:
    """``number`` in digits without exponent or trailing zeros: ``"2.5"``, ``"100"``."""
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


_MONTHS = (
    "stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia",
    "january february march april may june july august september october november december",
)


# Around what separates days, months and years, and between digits and words.
_SPACE_BETWEEN_PARTS = re.compile(r" (?=[./-])|(?<=[./-]) |(?<=\d) (?=[^\W\d_])|(?<=[^\W\d_]) (?=\d)")


def _joined(typed: str) -> str:
    """``11. 03. 2027`` as ``11.03.2027``; a space within a number stays, and what has one is no date."""
    return _SPACE_BETWEEN_PARTS.sub("", typed)


def _month_in_digits(compact: str) -> str:
    """``1marca2027`` as ``1.3.2027``; anything else as it is."""
    parts = re.fullmatch(r"([0-9]{1,2})([^\W\d_]+)([0-9]{4})", compact)
    for names in _MONTHS:
        if parts and parts[2] in names.split():
            return f"{parts[1]}.{names.split().index(parts[2]) + 1}.{parts[3]}"
    return compact


@dataclass(frozen=True, kw_only=True)
class Date(Field):
    """A day, typed as 1.03.2027, 2027-03-01 or "1 marca 2027"."""

    widget: ClassVar[str] = "date"

    def read(self, cleaned: str) -> str:
        typed = _joined(" ".join(cleaned.split()))
        compact = typed.lower().removesuffix("r.").removesuffix("roku")
        if not compact:
            return ""
        day = self._day(_month_in_digits(compact))
        if day is None or not 1900 <= day.year <= 2200:
            raise ParseError(_("Write the date as day.month.year, such as 1.03.2027."))
        return day.isoformat()

    @staticmethod
    def _day(compact: str) -> datetime.date | None:
        parts = re.fullmatch(r"([0-9]{1,2})[./-]([0-9]{1,2})[./-]([0-9]{4})", compact)
        iso = f"{parts[3]}-{int(parts[2]):02}-{int(parts[1]):02}" if parts else compact
        try:
            return parse_date(iso)
        except ValueError:
            return None

    def value(self, stored: str) -> datetime.date:
        return datetime.date.fromisoformat(stored)

    def format(self, stored: str) -> str:
        if not stored:
            return ""
        day = self.value(stored)
        return f"{day.day}.{day.month:02}.{day.year}"


@dataclass(frozen=True)
class Option:
    """One answer of a choice. ``key`` is stored, never its wording."""

    key: str
    label: Words


@dataclass(frozen=True, kw_only=True)
class Choice(Field):
    """Exactly one of a few answers. Nothing is chosen beforehand."""

    options: tuple[Option, ...] = ()

    widget: ClassVar[str] = "radio"

    def read(self, cleaned: str) -> str:
        key = cleaned.strip()
        self.recheck(key)
        return key

    def recheck(self, stored: str) -> None:
        if stored and stored not in {option.key for option in self.options}:
            raise ParseError(_("Choose one of the answers given."))

    def in_words(self, text: str) -> Words:
        gone = _("an answer that can no longer be chosen") if text else ""
        return next((option.label for option in self.options if option.key == text), gone)


YES = Option("yes", _("Yes"))
NO = Option("no", _("No"))


@dataclass(frozen=True, kw_only=True)
class YesNo(Choice):
    """Yes or no, with neither chosen beforehand."""

    options: tuple[Option, ...] = (YES, NO)

    def value(self, stored: str) -> bool:
        return stored == YES.key
