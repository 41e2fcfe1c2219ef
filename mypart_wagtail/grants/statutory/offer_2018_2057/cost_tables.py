"""Part V as blocks: what the task costs, who pays for it, and who bears it."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from mypart_wagtail.generator.filled import FilledForm, Row
from mypart_wagtail.generator.presentation import Block, Column, Grid, Heading, Line, Paragraph
from mypart_wagtail.grants.statutory.offer_2018_2057 import budget
from mypart_wagtail.grants.statutory.offer_2018_2057 import wording as w
from mypart_wagtail.money import format_amount


def costs(form: FilledForm) -> Iterator[Block]:
    """Tables V.A, V.B and V.C."""
    yield Heading(w.PARTS["V"])
    yield from _breakdown(form)
    yield from _sources(form)
    yield from _split(form)


def _breakdown(form: FilledForm) -> Iterator[Block]:
    years = _year_columns(form)
    dearest = max((row["unit_cost"] or budget.ZERO for row in _rows(form)), default=budget.ZERO)
    columns = [
        Column(w.COST_COLUMNS[0], weight=4),
        Column(w.COST_COLUMNS[1], weight=16),
        Column(w.COST_COLUMNS[2], weight=6),
        Column(w.COST_COLUMNS[3], "end", _amount_weight(dearest, least=7)),
        Column(w.COST_COLUMNS[4], "end", 6),
        *_value_columns(form, years, "⁴⁾"),
    ]
    lines = [*_action_lines(form, years), *_administration_lines(form, years)]
    lines.append(_sum_line(w.SUM_OF_ALL, form, _rows(form), years))
    yield Heading(w.COSTS, level=3)
    yield Paragraph(w.COSTS_INSTRUCTION, small=True)
    yield Grid(w.COSTS, columns, lines, landscape=True, is_titled=True)


def _year_columns(form: FilledForm) -> range:
    """The years of V.A and V.C, from 1: three as in the form, more in a longer task."""
    return range(1, max(w.LEAST_YEARS, len(budget.years(form))) + 1)


def _rows(form: FilledForm) -> list[Row]:
    return [*form.rows("costs"), *form.rows("admin_costs")]


def _amount_weight(greatest: Decimal, *, least: int) -> int:
    """The width of a column of amounts, beside others of 4 to 16, so that the greatest stays within it."""
    return max(least, len(format_amount(greatest)) - 5)


def _value_columns(form: FilledForm, years: range, mark: str) -> list[Column]:
    """Razem, Rok 1, Rok 2 … under „Wartość”; the last bears the footnote that lets the table grow."""
    total = greatest = budget.total_cost(form)
    if budget.is_split_by_year(form):
        greatest = max(budget.year_total(_rows(form), year) for year in years)
    weights = [_amount_weight(total, least=6), *[_amount_weight(greatest, least=6)] * len(years)]
    labels = [w.COST_TOTAL, *(w.COST_YEAR.format(year=year) for year in years)]
    labels[-1] += mark
    return [Column(label, "end", weight, w.VALUE) for label, weight in zip(labels, weights, strict=True)]


def _year_amounts(form: FilledForm, years: range, total: Decimal | None, split: list[str]) -> list[str]:
    """An amount for each year: as ``split``, or all of it in the first; a dash strikes out the others."""
    known = split if budget.is_split_by_year(form) else [_amount(total)]
    return [*known, *[w.STRUCK_OUT] * (len(years) - len(known))]


def _action_lines(form: FilledForm, years: range) -> Iterator[Line]:
    yield _group_line("I.", w.COSTS_OF_ACTIONS)
    for action in form.rows("actions"):
        number = f"I.{action.position}."
        yield _group_line(number, action.text("name"))
        for row in form.rows_in("costs", action.id):
            yield _cost_line(form, f"{number}{row.position}.", row, years)
    yield _sum_line(w.SUM_OF_ACTIONS, form, form.rows("costs"), years)


def _administration_lines(form: FilledForm, years: range) -> Iterator[Line]:
    yield _group_line("II.", w.COSTS_OF_ADMINISTRATION)
    for row in form.rows("admin_costs"):
        yield _cost_line(form, f"II.{row.position}.", row, years)
    yield _sum_line(w.SUM_OF_ADMINISTRATION, form, form.rows("admin_costs"), years)


def _group_line(number: str, text: str) -> Line:
    return Line((f"{number} {text}",), "group")


def _cost_line(form: FilledForm, number: str, row: Row, years: range) -> Line:
    total = budget.row_total(form, row)
    split = [row.text(f"year_{year}") for year in years[: len(budget.years(form))]]
    return Line(
        (
            number,
            row.text("name"),
            row.text("unit"),
            row.text("unit_cost"),
            row.text("quantity"),
            _amount(total),
            *_year_amounts(form, years, total, split),
        )
    )


def _sum_line(label: str, form: FilledForm, rows: list[Row], years: range) -> Line:
    total = budget.total_of(form, rows)
    split = [_amount(budget.year_total(rows, year)) for year in years[: len(budget.years(form))]]
    return Line(("", label, "", "", "", _amount(total), *_year_amounts(form, years, total, split)), "sum")


def _sources(form: FilledForm) -> Iterator[Block]:
    computed, share = form.computed, budget.shares(form)
    own_share = share["own_financial"] + share["own_other"] if share else None
    lines = [
        Line(("1.", w.SUM_OF_ALL, _amount(computed["total_cost"]), "100" if share else "")),
        Line(("2.", w.GRANT, form.text("grant"), _amount(share.get("grant")))),
        Line(("3.", w.OWN, _amount(computed["own_total"]), _amount(own_share))),
        Line(("3.1.", w.OWN_FINANCIAL, form.text("own_financial"), _amount(share.get("own_financial")))),
        Line(("3.2.", w.OWN_OTHER, form.text("own_other"), _amount(share.get("own_other")))),
        Line(("4.", w.FEES, form.text("fees"), _amount(share.get("fees")))),
    ]
    columns = [
        Column(w.SOURCE_COLUMNS[0], weight=1),
        Column(w.SOURCE_COLUMNS[1], weight=8),
        Column(w.SOURCE_COLUMNS[2], "end", 3),
        Column(w.SOURCE_COLUMNS[3], "end", 2),
    ]
    yield Heading(w.SOURCES, level=3)
    yield Grid(w.SOURCES, columns, lines, is_titled=True)


def _split(form: FilledForm) -> Iterator[Block]:
    """V.C is for joint offers; the sum at its foot stays, struck out."""
    values = _value_columns(form, _year_columns(form), "⁷⁾")
    columns = [Column(w.SPLIT_COLUMNS[0], weight=3), Column(w.SPLIT_COLUMNS[1], weight=15), *values]
    sums = Line(("", w.SUM_OF_ALL, *[w.STRUCK_OUT] * len(values)), "sum")
    yield Heading(w.SPLIT, level=3)
    yield Grid(w.SPLIT, columns, [Line((w.NOT_APPLICABLE,)), sums], is_titled=True)


def _amount(value: Decimal | None) -> str:
    return "" if value is None else format_amount(value)
