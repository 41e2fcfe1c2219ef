"""Sums as the pages of the wizard show them, the same when a page is opened and when autosave answers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from mypart_wagtail.generator.fields import Words
from mypart_wagtail.generator.filled import FilledForm, Row, address
from mypart_wagtail.generator.structure import Computed, Section, Table
from mypart_wagtail.money import format_amount

PERCENT = "%"


class Sum(NamedTuple):
    """A value the server computes: a total in PLN or a share. ``id`` is where autosave puts the new one."""

    name: Words
    unit: str
    path: str
    text: str

    @property
    def id(self) -> str:
        return "sum-" + self.path.replace("/", "-")


def sums(form: FilledForm, section: Section) -> Iterator[Sum]:
    """Every sum on the pages of ``section``: of its rows, of their groups, of the section itself."""
    for item in section.items:
        if isinstance(item, Computed) and item.visible(form):
            yield sum_of(form, item, item.key)
        elif isinstance(item, Table) and item.visible(form):
            columns = form.computed_columns(item)
            for row in form.rows(item.key):
                yield from row_sums(form, columns, row)
            for group in form.rows(item.grouped_by) if item.grouped_by else ():
                yield group_sum(form, item, group)


def sum_of(form: FilledForm, computed: Computed, path: str) -> Sum:
    """The computed value at ``path``, as people read it; empty where there is nothing to compute yet."""
    return Sum(computed.name, computed.unit, path, _in_words(form.computed.get(path), computed.unit))


def row_sums(form: FilledForm, columns: Sequence[Computed], row: Row) -> list[Sum]:
    """The sums of one row, by the computed ``columns`` of its table."""
    return [sum_of(form, computed, address(row.table.key, row.id, computed.key)) for computed in columns]


def group_sum(form: FilledForm, table: Table, group: Row) -> Sum:
    """What the rows of ``table`` under ``group`` add up to, by the table's first computed column."""
    column = form.computed_columns(table)[0]
    amounts = (column.of(form, row) for row in form.rows_in(table.key, group.id))
    total = sum((amount or Decimal(0) for amount in amounts), Decimal(0))
    name = format_lazy(_("Together: {group}"), group=group.title)
    return Sum(name, column.unit, address(table.key, group.id), _in_words(total, column.unit))


def _in_words(value: Decimal | None, unit: str) -> str:
    if value is None:
        return ""
    return f"{format_amount(value)}\u00a0%" if unit == PERCENT else format_amount(value)
