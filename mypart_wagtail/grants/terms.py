"""The terms of a call, as its rules and its screens read them.

A published version of a call keeps its facts as plain JSON; ``CallTerms`` is the same as typed values.
Money is ``Decimal`` in PLN, stored as a string; times are aware, stored in UTC; days are dates.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from decimal import ROUND_DOWN, Decimal
from enum import StrEnum
from functools import cache
from types import NoneType
from typing import Any, get_args, get_type_hints

MOST_CONFIRMATION_DAYS = 365
MOST_OFFERS = 1000
"""Of one organisation in one call, where the call sets a limit at all."""


class TaskKind(StrEnum):
    """Art. 11 ust. 1: the grant covers all costs, or part of them."""

    POWIERZENIE = "powierzenie"
    WSPIERANIE = "wspieranie"


class Base(StrEnum):
    """What a percentage is counted from."""

    GRANT = "grant"
    TOTAL = "total"


class Filing(StrEnum):
    """How an offer is filed."""

    ELECTRONIC = "electronic"
    PRINTOUT = "electronic_and_printout"
    SIGNED_PDF = "electronic_and_signed_pdf"


class Submitters(StrEnum):
    """Who may submit an offer."""

    SIGNERS = "signers"
    ANYONE = "anyone"


class QuestionKind(StrEnum):
    SHORT_TEXT = "short_text"
    LONG_TEXT = "long_text"
    NUMBER = "number"
    MONEY = "money"
    DATE = "date"
    CHOICE = "choice"
    YES_NO = "yes_no"


@dataclass(frozen=True)
class Wording:
    """Words by language code, such as ``{"pl": "Cel", "en": "Aim"}``; Polish where one is missing."""

    by_language: Mapping[str, str]

    def in_language(self, language: str) -> str:
        words = self.by_language
        return words.get(language) or words.get("pl") or next(iter(words.values()), "")


@dataclass(frozen=True)
class QuestionOption:
    """An answer to a choice question. ``id`` is the block item's id: it is stored, never the wording."""

    id: str
    label: Wording


@dataclass(frozen=True)
class CallQuestion:
    """A question of the call beside the statutory form. ``id`` is its StreamField block's id."""

    id: str
    kind: QuestionKind
    label: Wording
    help: Wording = field(default_factory=lambda: Wording({}))
    required: bool = True
    limit: int | None = None
    options: tuple[QuestionOption, ...] = ()


@dataclass(frozen=True)
class Prose:
    """What the announcement says in words beside its facts, such as its criteria; plain text or HTML."""

    name: str
    text: Wording


@dataclass(frozen=True, kw_only=True)
class CallTerms:
    """What an offer is checked against. ``None`` means that the call sets no such limit."""

    title: str
    kind: TaskKind
    areas: tuple[str, ...]
    pool: Decimal
    intake_from: datetime.datetime
    intake_until: datetime.datetime
    task_from: datetime.date
    task_until: datetime.date
    decision_date: datetime.date | None = None
    grant_min: Decimal | None = None
    grant_max: Decimal | None = None
    own_contribution_min: Decimal | None = None
    own_contribution_base: Base = Base.TOTAL
    financial_contribution_min: Decimal | None = None
    financial_contribution_base: Base = Base.TOTAL
    admin_costs_max: Decimal | None = None
    admin_costs_base: Base = Base.TOTAL
    fees_allowed: bool = True
    offers_per_organisation: int | None = None
    results_table_waived: bool = False
    filing: Filing = Filing.ELECTRONIC
    filing_place: str = ""
    filing_until: datetime.datetime | None = None
    submitters: Submitters = Submitters.SIGNERS
    confirmation_days: int | None = None
    staff_open_before_deadline: bool = False
    authority: str = ""
    code: str = ""
    ordinance: str | None = None
    bip_address: str | None = None
    published_in_bip_on: datetime.date | None = None
    published_on_board_on: datetime.date | None = None
    published_on_site_on: datetime.date | None = None
    questions: tuple[CallQuestion, ...] = ()
    prose: tuple[Prose, ...] = ()

    @property
    def anyone_may_submit(self) -> bool:
        return self.submitters is Submitters.ANYONE

    def to_facts(self) -> dict[str, Any]:
        """Plain JSON, canonical-safe: money and times as strings. ``from_facts`` reads it back."""
        return {each.name: _plain(getattr(self, each.name)) for each in fields(self)}

    @classmethod
    def from_facts(cls, facts: Mapping[str, Any]) -> CallTerms:
        """The terms that ``facts`` hold. Facts of an older form of the record take today's defaults."""
        hints = _hints(cls)  # type: ignore[arg-type]  # frozen, so hashable
        known = {name: value for name, value in facts.items() if name in hints}
        return cls(**{name: _typed(hints[name], value) for name, value in known.items()})


def greatest_funding(terms: Any) -> Decimal | None:
    """The greatest share of all costs, in %, that a grant may cover: 100 minus what the call wants of others.

    None where no contribution is required: then part of the costs is all that can be said.
    """
    if terms.kind == TaskKind.POWIERZENIE:
        return Decimal(100)
    shares = [
        _left_for_grant(least, base)
        for least, base in (
            (terms.own_contribution_min, terms.own_contribution_base),
            (terms.financial_contribution_min, terms.financial_contribution_base),
        )
        if least
    ]
    return min(shares, default=None)


def _left_for_grant(least: Decimal, base: str) -> Decimal:
    """What of 100 % of the costs is left for the grant beside a contribution of ``least`` % of ``base``."""
    share = 100 - least if base == Base.TOTAL else 100 * 100 / (100 + least)
    return share.quantize(Decimal("0.1"), ROUND_DOWN)


@cache
def _hints(kind: type) -> dict[str, Any]:
    """The types of the fields of ``kind``; reading them anew for each call takes a tenth of a page's time."""
    return get_type_hints(kind)


def _plain(value: Any) -> Any:
    match value:
        case Wording():
            return dict(value.by_language)
        case CallQuestion() | QuestionOption() | Prose():
            return {each.name: _plain(getattr(value, each.name)) for each in fields(value)}
        case tuple():
            return [_plain(item) for item in value]
        case datetime.datetime():
            return value.astimezone(datetime.UTC).isoformat()
        case datetime.date():
            return value.isoformat()
        case Decimal():
            # PLN and percentages alike: 15 and 15.00 are the same fact.
            return f"{value:.2f}"
        case StrEnum():
            return value.value
    return value


def _typed(hint: Any, value: Any) -> Any:
    if value is None:
        return None
    kinds = [kind for kind in get_args(hint) if kind is not NoneType]
    if getattr(hint, "__origin__", None) is tuple:
        return tuple(_typed(kinds[0], item) for item in value)
    kind = kinds[0] if kinds else hint
    if kind is Wording:
        return Wording(value)
    if kind in (CallQuestion, QuestionOption, Prose):
        hints = _hints(kind)
        return kind(**{name: _typed(hints[name], item) for name, item in value.items()})
    if kind in (datetime.datetime, datetime.date):
        return kind.fromisoformat(value)
    if kind in (Decimal, str) or (isinstance(kind, type) and issubclass(kind, StrEnum)):
        return kind(value)
    return value
