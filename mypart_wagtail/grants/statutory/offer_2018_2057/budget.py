"""Sums and shares of part V: what the server computes and nobody types. Everything is Decimal, in PLN."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import ROUND_DOWN, Decimal

from mypart_wagtail.generator.filled import FilledForm, Row, once
from mypart_wagtail.money import round_to_grosz

MOST_YEARS = 5
ZERO = Decimal("0.00")
SOURCES = ("grant", "own_financial", "own_other", "fees")


@once
def years(form: FilledForm) -> list[int]:
    """Calendar years of the task, at most five; empty until both dates are known."""
    start, end = form["start"], form["end"]
    if start is None or end is None or end < start:
        return []
    return list(range(start.year, end.year + 1))[:MOST_YEARS]


def is_split_by_year(form: FilledForm) -> bool:
    """Whether costs are split by year: a task of one year needs no split."""
    return len(years(form)) > 1


@once
def row_total(form: FilledForm, row: Row) -> Decimal | None:
    """Razem: unit cost times number of units, rounded half up to the grosz."""
    cost, quantity = row["unit_cost"], row["quantity"]
    return None if cost is None or quantity is None else round_to_grosz(cost * quantity)


def total_of(form: FilledForm, rows: Iterable[Row]) -> Decimal:
    return sum((row_total(form, row) or ZERO for row in rows), ZERO)


def year_total(rows: Iterable[Row], year: int) -> Decimal:
    """Sum of the column Rok 1, Rok 2 … (``year`` counts from 1)."""
    return sum((row[f"year_{year}"] or ZERO for row in rows), ZERO)


@once
def total_actions(form: FilledForm) -> Decimal:
    return total_of(form, form.rows("costs"))


@once
def total_administration(form: FilledForm) -> Decimal:
    return total_of(form, form.rows("admin_costs"))


def grant(form: FilledForm) -> Decimal | None:
    return form["grant"]


def total_cost(form: FilledForm) -> Decimal:
    return total_actions(form) + total_administration(form)


def own_total(form: FilledForm) -> Decimal:
    """Field 3: the sum of 3.1 and 3.2."""
    return (form["own_financial"] or ZERO) + (form["own_other"] or ZERO)


def sources_total(form: FilledForm) -> Decimal:
    return (form["grant"] or ZERO) + own_total(form) + (form["fees"] or ZERO)


@once
def shares(form: FilledForm) -> dict[str, Decimal]:
    """Shares of the four sources in percent, to two places, adding up to exactly 100.00.

    What rounding down leaves goes to the sources that lost most by it. Empty until there are sources.
    """
    whole = sources_total(form)
    if not whole:
        return {}
    exact = {key: (form[key] or ZERO) * 100 / whole for key in SOURCES}
    rounded = {key: value.quantize(Decimal("0.01"), ROUND_DOWN) for key, value in exact.items()}
    missing = int((100 - sum(rounded.values())) * 100)
    for key in sorted(SOURCES, key=lambda key: rounded[key] - exact[key])[:missing]:
        rounded[key] += Decimal("0.01")
    return rounded


def share_of(key: str):  # type: ignore[no-untyped-def]
    """The computed share of one source."""
    return lambda form: shares(form).get(key)


def own_share(form: FilledForm) -> Decimal | None:
    of = shares(form)
    return of["own_financial"] + of["own_other"] if of else None
