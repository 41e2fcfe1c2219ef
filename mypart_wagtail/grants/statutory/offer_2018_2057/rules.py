"""Checks of the offer: the equations of part V, the dates, and every limit of the call.

Each message names what is wrong with its numbers, and points at the very cell.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import ROUND_DOWN, Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from mypart_wagtail.generator.filled import FilledForm, Row
from mypart_wagtail.generator.rules import Failure, Severity, at, row_name
from mypart_wagtail.grants.statutory.offer_2018_2057 import budget
from mypart_wagtail.grants.terms import Base, TaskKind
from mypart_wagtail.moments import format_date
from mypart_wagtail.money import GROSZ, format_amount, round_to_grosz

Found = Iterator[Failure]


def task_dates(form: FilledForm) -> Found:
    """The task ends after it begins, and within what the call allows."""
    start, end, terms = form["start"], form["end"], form.terms
    if start and end and end < start:
        yield at(form, "end", _("Last day: the task cannot end before it begins."))
    if start and start < terms.task_from:
        yield at(
            form,
            "start",
            _("First day: the call allows tasks from %(day)s.") % {"day": format_date(terms.task_from)},
        )
    if end and end > terms.task_until:
        yield at(
            form,
            "end",
            _("Last day: the call allows tasks until %(day)s.") % {"day": format_date(terms.task_until)},
        )
    if start and end and end.year - start.year >= budget.MOST_YEARS:
        yield at(
            form,
            "end",
            _("Last day: a task may touch %(most)d calendar years at most.") % {"most": budget.MOST_YEARS},
        )


def action_dates(form: FilledForm) -> Found:
    """Every action lies within the task."""
    start, end = form["start"], form["end"]
    for row in form.rows("actions"):
        name = {"row": row_name(form, row)}
        if row["start"] and row["end"] and row["end"] < row["start"]:
            message = _("%(row)s: the action cannot end before it begins.")
            yield at(form, "actions", message % name, row=row, column="end")
        if start and row["start"] and row["start"] < start:
            message = _("%(row)s: the action begins before the task, on %(day)s at the earliest.")
            yield at(form, "actions", message % (name | {"day": format_date(start)}), row=row, column="start")
        if end and row["end"] and row["end"] > end:
            message = _("%(row)s: the action ends after the task, on %(day)s at the latest.")
            yield at(form, "actions", message % (name | {"day": format_date(end)}), row=row, column="end")


def actions_without_costs(form: FilledForm) -> Found:
    """Every action of III.4 has its group in V.A; one without costs may be right, so it is a warning."""
    with_costs = {row.group for row in form.rows("costs")}
    for row in form.rows("actions"):
        if row.id not in with_costs:
            message = _("%(row)s: this action has no costs in part V.A. Is that right?")
            yield at(
                form,
                "actions",
                message % {"row": row_name(form, row)},
                row=row,
                column="name",
                severity=Severity.WARNING,
            )


def years_add_up(form: FilledForm) -> Found:
    """Razem = Rok 1 + Rok 2 + …"""
    if not budget.is_split_by_year(form):
        return
    count = len(budget.years(form))
    for table in ("costs", "admin_costs"):
        for row in form.rows(table):
            yield from _row_years(form, table, row, count)


def _row_years(form: FilledForm, table: str, row: Row, count: int) -> Found:
    total = budget.row_total(form, row)
    parts = [row[f"year_{number}"] for number in range(1, count + 1)]
    if total is None or None in parts or sum(parts) == total:
        return
    message = _("%(row)s: the years add up to %(sum)s, but the total is %(total)s.")
    values = {
        "row": row_name(form, row),
        "sum": format_amount(sum(parts)),
        "total": format_amount(total),
    }
    yield at(form, table, message % values, row=row, column=f"year_{count}")


def there_are_costs(form: FilledForm) -> Found:
    if not form.rows("costs") and not form.rows("admin_costs"):
        yield at(form, "costs", _("Costs of actions: enter at least one cost."))


def sources_cover_costs(form: FilledForm) -> Found:
    """V.B.1 = V.B.2 + V.B.3 + V.B.4."""
    if any(form[key] is None for key in budget.SOURCES):
        return
    costs, sources = form.computed["total_cost"], form.computed["sources_total"]
    if costs is not None and sources is not None and costs != sources:
        message = _("Grant: the sources of money add up to %(sources)s, but the costs are %(costs)s.")
        yield at(form, "grant", message % {"sources": format_amount(sources), "costs": format_amount(costs)})


def grant_within_call(form: FilledForm) -> Found:
    """The grant is between the call's least and greatest, within its pool, and fits its kind."""
    grant, terms = form["grant"], form.terms
    if grant is None:
        return
    if grant == 0:
        yield at(form, "grant", _("Grant: write the amount you ask for."))
    if terms.grant_max is not None and grant > terms.grant_max:
        yield _amount(form, "grant", _("Grant: the call gives %(limit)s at most."), terms.grant_max)
    if terms.grant_min is not None and 0 < grant < terms.grant_min:
        yield _amount(form, "grant", _("Grant: the call gives %(limit)s at least."), terms.grant_min)
    if grant > terms.pool:
        yield _amount(form, "grant", _("Grant: the whole pool of the call is %(limit)s."), terms.pool)
    costs = form.computed["total_cost"]
    if terms.kind is TaskKind.WSPIERANIE and costs and grant >= costs:
        message = _("Grant: in this call (wspieranie) it must be lower than all costs, %(limit)s.")
        yield _amount(form, "grant", message, costs)
    if terms.kind is TaskKind.POWIERZENIE and costs and grant < costs:
        message = _("Grant: in this call (powierzenie) the grant covers all costs, %(limit)s.")
        found = _amount(form, "grant", message, costs)
        yield Failure(found.section, found.address, found.message, Severity.WARNING)


def own_contribution(form: FilledForm) -> Found:
    """The own contribution, and the financial part of it, reach the call's least shares."""
    terms = form.terms
    own = form.computed["own_total"]
    yield from _least_share(
        form,
        value=own,
        key="own_financial",
        percent=terms.own_contribution_min,
        base=terms.own_contribution_base,
        message=_(
            "Own contribution: it is %(value)s, the call wants %(percent)s%% or more, so at least %(limit)s."
        ),
    )
    yield from _least_share(
        form,
        value=form["own_financial"],
        key="own_financial",
        percent=terms.financial_contribution_min,
        base=terms.financial_contribution_base,
        message=_(
            "Own financial contribution: it is %(value)s, the call wants %(percent)s%% or more, so at least "
            "%(limit)s."
        ),
    )


def _least_share(
    form: FilledForm, *, value: Decimal | None, key: str, percent: Decimal | None, base: Base, message: Any
) -> Found:
    whole = _base(form, base)
    if not percent or value is None or not whole:
        return
    if value * 100 < percent * whole:
        values = {
            "value": format_amount(value),
            "percent": _percent(percent),
            "limit": format_amount(_rounded_up(percent * whole / 100)),
        }
        yield at(form, key, message % values)


def administrative_costs(form: FilledForm) -> Found:
    """Administrative costs stay within the call's share."""
    terms = form.terms
    costs = form.computed["total_administration"]
    whole = _base(form, terms.admin_costs_base)
    if costs is None or terms.admin_costs_max is None or not whole:
        return
    if costs * 100 <= terms.admin_costs_max * whole:
        return
    message = _(
        "Administrative costs: they are %(value)s, the call allows %(percent)s%%, so %(limit)s at most."
    )
    values = {
        "value": format_amount(costs),
        "percent": _percent(terms.admin_costs_max),
        "limit": format_amount((terms.admin_costs_max * whole / 100).quantize(GROSZ, ROUND_DOWN)),
    }
    rows = form.rows("admin_costs")
    yield at(form, "admin_costs", message % values, row=rows[0], column="unit_cost")


def fees(form: FilledForm) -> Found:
    """Fees and a declared paid task require each other, and the call may allow no fees."""
    amount, paid = form["fees"], form["paid"]
    if amount and not form.terms.fees_allowed:
        yield at(form, "fees", _("Fees from recipients: this call allows none. Write 0."))
    if amount and paid == "no":
        message = _("Paid or unpaid task: you have entered fees from recipients, so the task is paid.")
        yield at(form, "paid", message)
    if amount == 0 and paid == "yes":
        message = _(
            "Fees from recipients: you declare a paid task (VI.1), so enter what recipients will pay."
        )
        yield at(form, "fees", message)


def _base(form: FilledForm, base: Base) -> Decimal | None:
    return form["grant"] if base is Base.GRANT else form.computed["total_cost"]


def _amount(form: FilledForm, key: str, message: Any, limit: Decimal) -> Failure:
    return at(form, key, message % {"limit": format_amount(limit)})


def _percent(value: Decimal) -> str:
    return f"{value.normalize():f}".replace(".", ",")


def _rounded_up(amount: Decimal) -> Decimal:
    rounded = round_to_grosz(amount)
    return rounded if rounded >= amount else rounded + Decimal("0.01")


RULES = (
    task_dates,
    action_dates,
    actions_without_costs,
    there_are_costs,
    years_add_up,
    sources_cover_costs,
    grant_within_call,
    own_contribution,
    administrative_costs,
    fees,
)
