"""Filling in an offer as a person would: one change after another, through the service of autosave."""

import uuid
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from mypart_wagtail.generator.deeds import AddRow, Deed, SetField
from mypart_wagtail.generator.filled import FilledForm
from mypart_wagtail.generator.models import FormDocument
from mypart_wagtail.generator.services.changes import ChangeRequest, Result, apply_changes
from mypart_wagtail.money import format_amount

COST_COLUMNS = ("name", "unit", "unit_cost", "quantity")
RESULT_COLUMNS = ("name", "target", "monitoring")


def fill_in(actor: Any, document: FormDocument, deeds: Iterator[Deed]) -> FilledForm:
    """Apply ``deeds``. Raises ``ValueError`` if one of them is refused."""
    requests = [ChangeRequest(uuid.uuid4(), deed) for deed in deeds]
    form, outcomes = apply_changes(actor, document=document, changes=requests)
    for request, outcome in zip(requests, outcomes, strict=True):
        if outcome.result is not Result.APPLIED:
            raise ValueError(f"{request.deed}: {outcome.message}")
    return form


def typed(answers: dict[str, str]) -> Iterator[Deed]:
    """Fields outside tables."""
    for path, text in answers.items():
        yield SetField(path, text, "")


def actions(rows: list[dict[str, Any]], years: int) -> Iterator[Deed]:
    """Actions of III.4, each with its costs of V.A.I."""
    for number, action in enumerate(rows, start=1):
        row = f"action{number:04}"
        yield AddRow("actions", row)
        yield from _cells("actions", row, {key: text for key, text in action.items() if key != "costs"})
        for position, cost in enumerate(action["costs"], start=1):
            yield from _cost("costs", f"cost{number:04}x{position:04}", cost, years, group=row)


def admin_costs(rows: list[list[str]], years: int) -> Iterator[Deed]:
    for number, cost in enumerate(rows, start=1):
        yield from _cost("admin_costs", f"admin{number:04}", cost, years)


def results(rows: list[list[str]]) -> Iterator[Deed]:
    for number, result in enumerate(rows, start=1):
        row = f"result{number:04}"
        yield AddRow("results", row)
        yield from _cells("results", row, dict(zip(RESULT_COLUMNS, result, strict=True)))


def sources(form: FilledForm, percent: int) -> Iterator[Deed]:
    """A grant of ``percent`` of all costs; own money covers the rest."""
    total = form.computed["total_cost"]
    assert total is not None
    grant = (total * percent / 100).quantize(Decimal("0.01"))
    amounts = {"grant": grant, "own_financial": total - grant, "own_other": Decimal(0), "fees": Decimal(0)}
    return typed({key: format_amount(amount) for key, amount in amounts.items()})


def _cost(table: str, row: str, cost: list[str], years: int, group: str = "") -> Iterator[Deed]:
    """A row of the budget. In an offer of several years the last item is the year it falls in."""
    yield AddRow(table, row, group)
    yield from _cells(table, row, dict(zip(COST_COLUMNS, cost, strict=False)))
    if years > 1:
        total = format_amount(_amount(cost[2]) * _amount(cost[3]))
        for year in range(years):
            yield SetField(f"{table}/{row}/year_{year + 1}", total if year == int(cost[4]) else "0", "")


def _cells(table: str, row: str, cells: dict[str, str]) -> Iterator[Deed]:
    for column, text in cells.items():
        if text:
            yield SetField(f"{table}/{row}/{column}", text, "")


def _amount(text: str) -> Decimal:
    return Decimal(text.replace(" ", "").replace(",", "."))
