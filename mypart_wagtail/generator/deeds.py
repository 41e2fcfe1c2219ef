"""What people do to a form, one small deed at a time: pure functions on its data, knowing no database.

A deed is decided per field and on normalised values, so that two people in different fields never disturb
each other, and on the same field the second one sees both values.
"""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _

from mypart_wagtail.generator.fields import Field, Words
from mypart_wagtail.generator.filled import (
    FilledForm,
    Row,
    Stored,
    as_read_now,
    stored_from_cleaned,
    text_of,
)
from mypart_wagtail.generator.structure import Table
from mypart_wagtail.text import clean_text

MOST_TYPED = 200_000
"""Characters of one field that are kept at all. Text over the field's own limit is kept up to here."""

MOST_KEPT = 2_000_000
"""Characters of one form that are kept at all, removed rows too; twice what one may submit."""

ROW_ID = re.compile(r"[a-z0-9]{4,32}")
ROW_ARGUMENTS = ("row", "group", "move_grouped_to")
"""Arguments of deeds that name a row. Only ``row`` has to name one."""

STEPS = {"up": -1, "down": 1}


NOT_UNDERSTOOD = _("This change cannot be understood. Reload the page and try again.")
TOO_LONG = _("This text is too long to be kept. Shorten it to the limit of the field.")


class DeedRefused(Exception):
    """The deed is not one this form allows. ``message`` says why."""

    def __init__(self, message: Words) -> None:
        super().__init__(message)
        self.message = message


class Conflict(Exception):
    """Someone else changed the same thing in the meantime; ``current`` is the text it has now."""

    def __init__(self, current: str = "") -> None:
        super().__init__(current)
        self.current = current


class FormDeed(ABC):
    """One thing a person does to a form."""

    @property
    def characters(self) -> int:
        """How much text comes with it, which is what it costs to do."""
        return 0

    @property
    def growth(self) -> int:
        """By how many characters the form gets longer."""
        return 0

    def prepare(self) -> None:
        """Do what needs no form, before anybody has to wait for it."""
        return

    def apply(self, form: FilledForm) -> None:
        """Do it, so that whoever reads ``form`` next reads what is there now.

        Raises ``Conflict`` or ``DeedRefused``, and has then changed nothing.
        """
        try:
            self._do(form)
        finally:
            form.forget()

    @abstractmethod
    def _do(self, form: FilledForm) -> None: ...


@dataclass(frozen=True)
class SetField(FormDeed):
    """Put ``text`` where ``based_on`` stood. ``path`` is ``"title"`` or ``"costs/k3f9/unit_cost"``."""

    name: ClassVar[str] = "set"
    path: str
    text: str
    based_on: str

    @property
    def characters(self) -> int:
        return len(self.text) + len(self.based_on)

    @property
    def growth(self) -> int:
        return len(self.text) - len(self.based_on)

    def prepare(self) -> None:
        if not self.is_too_long:
            _texts = self.cleaned, self.cleaned_based_on

    @property
    def is_too_long(self) -> bool:
        return len(self.text) > MOST_TYPED

    @cached_property
    def cleaned(self) -> str:
        """``text`` as it is kept."""
        return clean_text(self.text)

    @cached_property
    def cleaned_based_on(self) -> str:
        return clean_text(self.based_on)

    def _do(self, form: FilledForm) -> None:
        if self.is_too_long:
            raise DeedRefused(TOO_LONG)
        field, cells, key = _place(form, self.path)
        new = stored_from_cleaned(field, self.cleaned)
        if len(text_of(field, new)) > MOST_TYPED:
            raise DeedRefused(TOO_LONG)
        current = as_read_now(field, cells.get(key, ""))
        if current == new:
            return
        if current != stored_from_cleaned(field, self.cleaned_based_on):
            raise Conflict(text_of(field, current))
        cells[key] = new


@dataclass(frozen=True)
class AddRow(FormDeed):
    """Add an empty row with an id made by whoever adds it, last in its group."""

    name: ClassVar[str] = "add_row"
    table: str
    row: str
    group: str = ""

    @property
    def growth(self) -> int:
        return len(self.row)

    def _do(self, form: FilledForm) -> None:
        table = _table(form, self.table)
        kept = _kept(form, table)
        if self.row in kept["rows"] or self.row in kept["removed"]:
            return
        _require_room(form, table, self.group, more=1)
        if table.grouped_by and form.row(table.grouped_by, self.group) is None:
            raise DeedRefused(_("The row it belongs to is no longer there."))
        kept["rows"][self.row] = {"group": self.group} if table.grouped_by else {}
        kept["order"].append(self.row)
        form.data[table.key] = kept


@dataclass(frozen=True)
class RemoveRow(FormDeed):
    """Remove a row as it was when someone saw it (``version``); it can be restored.

    Rows grouped under it go with it, or move under another row of the same table (``move_grouped_to``).
    """

    name: ClassVar[str] = "remove_row"
    table: str
    row: str
    version: str
    move_grouped_to: str = ""

    def _do(self, form: FilledForm) -> None:
        table = _table(form, self.table)
        row = form.row(table.key, self.row)
        if row is None:
            return
        if form.version_with_grouped(row) != self.version:
            raise Conflict(row.title)
        moved = self._move_grouped(form) if self.move_grouped_to else {}
        kept = _kept(form, table)
        position = kept["order"].index(row.id)
        kept["order"].remove(row.id)
        kept["removed"][row.id] = {"cells": kept["rows"].pop(row.id), "position": position, "moved": moved}
        form.data[table.key] = kept

    def _move_grouped(self, form: FilledForm) -> dict[str, list[str]]:
        if self.move_grouped_to == self.row or form.row(self.table, self.move_grouped_to) is None:
            raise DeedRefused(_("Choose another row to move its rows to."))
        tables = form.template.tables_grouped_by(self.table)
        rows = {table.key: form.rows_in(table.key, self.row) for table in tables}
        for table in tables:
            _require_room_in_group(form, table, self.move_grouped_to, more=len(rows[table.key]))
        for row in chain(*rows.values()):
            row.cells["group"] = self.move_grouped_to
        return {key: [row.id for row in moved] for key, moved in rows.items()}


@dataclass(frozen=True)
class RestoreRow(FormDeed):
    """Put a removed row back to where it stood, with the rows that were moved away from under it."""

    name: ClassVar[str] = "restore_row"
    table: str
    row: str

    def _do(self, form: FilledForm) -> None:
        table = _table(form, self.table)
        kept = _kept(form, table)
        removed = kept["removed"].get(self.row)
        if removed is None:
            if self.row in kept["rows"]:
                return
            raise DeedRefused(_("This row can no longer be restored."))
        _require_room(form, table, removed["cells"].get("group", ""), more=1)
        self._require_room_for_grouped(form)
        del kept["removed"][self.row]
        kept["rows"][self.row] = removed["cells"]
        kept["order"].insert(removed["position"], self.row)
        form.data[table.key] = kept
        for key, rows in removed["moved"].items():
            self._take_back(form, key, rows)

    def _require_room_for_grouped(self, form: FilledForm) -> None:
        """Rows under a removed one count no more; others may have taken their room meanwhile."""
        for table in form.template.tables_grouped_by(self.table):
            kept = _kept(form, table)
            back = sum(kept["rows"][row_id].get("group") == self.row for row_id in kept["order"])
            if back and len(form.rows(table.key)) + back > table.most_rows:
                message = _("%(table)s: there is room for %(most)d rows. Remove some, then restore this one.")
                raise DeedRefused(message % {"table": table.name, "most": table.most_rows})

    def _take_back(self, form: FilledForm, key: str, rows: list[str]) -> None:
        living = form.data.get(key, {}).get("rows", {})
        for row_id in rows:
            if row_id in living:
                living[row_id]["group"] = self.row


@dataclass(frozen=True)
class MoveRow(FormDeed):
    """Move a row by one place among the rows of its group, ``"up"`` or ``"down"``."""

    name: ClassVar[str] = "move_row"
    table: str
    row: str
    direction: str

    def _do(self, form: FilledForm) -> None:
        table = _table(form, self.table)
        if self.direction not in STEPS:
            raise DeedRefused(NOT_UNDERSTOOD)
        row = form.row(table.key, self.row)
        if row is None:
            raise DeedRefused(_("This row is no longer there."))
        neighbours: list[Row] = form.rows_in(table.key, row.group)
        target = row.position - 1 + STEPS[self.direction]
        if not 0 <= target < len(neighbours):
            return
        order = _kept(form, table)["order"]
        here, there = order.index(row.id), order.index(neighbours[target].id)
        order[here], order[there] = order[there], order[here]


Deed = SetField | AddRow | RemoveRow | RestoreRow | MoveRow
DEEDS: dict[str, type[Deed]] = {
    deed.name: deed for deed in (SetField, AddRow, RemoveRow, RestoreRow, MoveRow)
}


def deed_from(name: str, arguments: dict[str, Any]) -> Deed:
    """The deed a browser asks for. Raises ``DeedRefused`` where it is none, or its arguments do not fit."""
    try:
        kind = DEEDS[name]
        if not all(isinstance(value, str) for value in arguments.values()):
            raise TypeError
        deed = kind(**arguments)
    except (KeyError, TypeError) as error:
        raise DeedRefused(NOT_UNDERSTOOD) from error
    if not all(_names_row(key, arguments[key]) for key in ROW_ARGUMENTS if key in arguments):
        raise DeedRefused(NOT_UNDERSTOOD)
    return deed


def _names_row(argument: str, text: str) -> bool:
    """Whether ``text`` may be the id of a row, or none where ``argument`` needs none."""
    return bool(ROW_ID.fullmatch(text)) or (argument != "row" and not text)


def look_at(form: FilledForm, path: str) -> tuple[Field, Stored]:
    """The field at ``path`` and what stands in it. Raises ``DeedRefused`` where there is none."""
    field, cells, key = _place(form, path)
    return field, cells.get(key, "")


def _place(form: FilledForm, path: str) -> tuple[Field, dict[str, Any], str]:
    """The field at ``path``, the mapping its stored value lies in, and its key there."""
    if path in form.template.fields:
        return form.template.fields[path], form.data, path
    key, _slash, rest = path.partition("/")
    row, _slash, column = rest.partition("/")
    table = form.template.tables.get(key)
    cells = form.data.get(key, {}).get("rows", {}).get(row) if table else None
    if table is None or column not in table.columns_by_key:
        raise DeedRefused(_("This field is not part of the form."))
    if cells is None or not _is_under_living_row(form, table, cells):
        raise DeedRefused(_("This row was removed by someone else."))
    return table.columns_by_key[column], cells, column


def _is_under_living_row(form: FilledForm, table: Table, cells: dict[str, Any]) -> bool:
    return not table.grouped_by or form.row(table.grouped_by, cells.get("group", "")) is not None


def _table(form: FilledForm, key: str) -> Table:
    if key not in form.template.tables:
        raise DeedRefused(_("This table is not part of the form."))
    return form.template.tables[key]


def _require_room(form: FilledForm, table: Table, group: str, *, more: int) -> None:
    if len(form.rows(table.key)) + more > table.most_rows:
        raise DeedRefused(_("This table has room for %(most)d rows.") % {"most": table.most_rows})
    if table.grouped_by:
        _require_room_in_group(form, table, group, more=more)


def _require_room_in_group(form: FilledForm, table: Table, group: str, *, more: int) -> None:
    if len(form.rows_in(table.key, group)) + more > table.most_in_group:
        raise DeedRefused(_("There is room for %(most)d rows here.") % {"most": table.most_in_group})


def _kept(form: FilledForm, table: Table) -> dict[str, Any]:
    """What is kept of the rows of ``table``, with what is not there yet added, for the deed to write."""
    return {"order": [], "rows": {}, "removed": {}, **form.data.get(table.key, {})}
