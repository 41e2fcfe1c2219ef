"""Amounts in PLN: read as people write them, never guessed, and printed the same way everywhere."""

import re
from decimal import ROUND_HALF_UP, Decimal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from mypart_wagtail.text import clean_text

GROSZ = Decimal("0.01")
GREATEST = Decimal("999999999.99")
NO_BREAK_SPACE = "\u00a0"

_CURRENCY = re.compile(r"(zł|zl|złotych|pln)\.?$", re.IGNORECASE)
_SPACED = re.compile(r"\d{1,3}( \d{3})+( ?[.,] ?\d+)?|\d+ ?[.,] ?\d+")
ODD_SPACES = _("Spaces stand before every three digits only, such as 1 234,56.")
_PLAIN = re.compile(r"\d+([.,]\d{1,2})?")
_GROUPED = re.compile(r"\d{1,3}(?P<group>[.,])\d{3}((?P=group)\d{3})*(?!(?P=group))[.,]\d{1,2}")
_GROUPED_WHOLE = re.compile(r"\d{1,3}(\.\d{3}){2,}|\d{1,3}(,\d{3}){2,}")
_AMBIGUOUS = re.compile(r"(?P<whole>\d{1,3})[.,](?P<three>\d{3})")


class InvalidAmount(ValueError):
    """The text is no amount. ``message`` says why, in words for the person who typed it."""

    def __init__(self, message: str | Promise) -> None:
        super().__init__(message)
        self.message = message


class AmbiguousAmount(InvalidAmount):
    """``12.500`` may mean two amounts. ``readings`` holds both, the greater one first."""

    def __init__(self, readings: tuple[Decimal, Decimal]) -> None:
        self.readings = readings
        greater, lesser = (format_amount(reading) for reading in readings)
        super().__init__(
            _("Did you mean %(greater)s or %(lesser)s?") % {"greater": greater, "lesser": lesser}
        )


def round_to_grosz(amount: Decimal) -> Decimal:
    """``amount`` rounded half up to the grosz, as accounts do."""
    return amount.quantize(GROSZ, rounding=ROUND_HALF_UP)


def parse_pln(text: str) -> Decimal:
    """The amount that ``text`` means, with two decimal places; ``read_pln`` once it is cleaned."""
    return read_pln(clean_text(text))


def read_pln(cleaned: str) -> Decimal:
    """The amount that ``cleaned``, which comes from ``clean_text``, means.

    Reads ``1 234,56``, ``1234.56``, ``1.234,56``, ``1 234 zł``. Raises ``AmbiguousAmount`` for a dot or
    comma followed by exactly three digits, ``InvalidAmount`` for anything else that is no amount.
    """
    typed = _CURRENCY.sub("", " ".join(cleaned.split())).strip()
    compact = re.sub(r"\s", "", typed)
    if re.fullmatch(r"[-−–]\d[\d.,]*", compact):
        raise InvalidAmount(_("An amount cannot be negative."))
    if not re.fullmatch(r"[0-9.,]+", compact):
        raise InvalidAmount(_("Write an amount in digits, such as 1 234,56."))
    if has_odd_spaces(typed):
        raise InvalidAmount(ODD_SPACES)
    amount = _read(compact)
    if amount > GREATEST:
        raise InvalidAmount(_("The greatest amount is %(greatest)s.") % {"greatest": format_amount(GREATEST)})
    return amount.quantize(GROSZ)


def has_odd_spaces(typed: str) -> bool:
    """Whether ``typed``, with single spaces, has them elsewhere than before three digits or at the comma.

    ``1 2`` is more likely a slip of the keyboard than 12.
    """
    return " " in typed and not _SPACED.fullmatch(typed)


def _read(compact: str) -> Decimal:
    ambiguous = _AMBIGUOUS.fullmatch(compact)
    if ambiguous:
        whole, three = ambiguous["whole"], ambiguous["three"]
        raise AmbiguousAmount((Decimal(whole + three), _lesser_reading(whole, three)))
    if _PLAIN.fullmatch(compact):
        return Decimal(compact.replace(",", "."))
    if _GROUPED_WHOLE.fullmatch(compact):
        return Decimal(re.sub(r"[.,]", "", compact))
    if _GROUPED.fullmatch(compact):
        whole, grosze = re.split(r"[.,](?=\d{1,2}$)", compact)
        return Decimal(re.sub(r"[.,]", "", whole) + "." + grosze)
    if re.fullmatch(r"\d+[.,]\d{3,}", compact):
        raise InvalidAmount(_("Write at most two digits after the comma."))
    raise InvalidAmount(_("Write an amount in digits, such as 1 234,56."))


def _lesser_reading(whole: str, three: str) -> Decimal:
    """``12.500`` read as 12,50: the third digit after the separator is rounded."""
    return round_to_grosz(Decimal(f"{whole}.{three}"))


def format_amount(amount: Decimal) -> str:
    """``amount`` without currency, as it stands in tables and inputs: ``12 345,67``."""
    grouped = f"{round_to_grosz(amount):,.2f}"
    return grouped.replace(",", NO_BREAK_SPACE).replace(".", ",")


def format_pln(amount: Decimal, language: str = "pl") -> str:
    """``amount`` for people: ``12 345,67 zł`` in Polish, ``PLN 12,345.67`` in English."""
    if language.startswith("pl"):
        return f"{format_amount(amount)}{NO_BREAK_SPACE}zł"
    return f"PLN{NO_BREAK_SPACE}{round_to_grosz(amount):,.2f}"
