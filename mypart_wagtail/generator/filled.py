"""A form with what was filled in: the one way rules, screens and PDF read a document's data.

The data is JSON::

    {"title": "Obóz letni", "start": "2027-07-01",
     "actions": {"order": ["k3f9"], "rows": {"k3f9": {"name": "Rejsy", "group": "…"}}, "removed": {…}}}

Every value is stored as a string; text that does not parse is kept as typed, ``{"typed": "12.500"}``.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from functools import wraps
from typing import TYPE_CHECKING, Any, TypeVar, TypeVarTuple

import rfc8785
from django.utils import translation

from mypart_wagtail.generator.fields import Field, ParseError
from mypart_wagtail.generator.structure import Computed, FormTemplate, Section, Table
from mypart_wagtail.text import clean_text

if TYPE_CHECKING:
    from mypart_wagtail.generator.presentation import Block

Stored = str | dict[str, str]
Data = dict[str, Any]
Arguments = TypeVarTuple("Arguments")
Found = TypeVar("Found")


def text_of(field: Field, stored: Stored) -> str:
    """What stands in the input: the formatted value, or the text as it was typed."""
    return stored["typed"] if isinstance(stored, dict) else field.format(stored)


def stored_from(field: Field, text: str) -> Stored:
    """What is kept of ``text``: its stored value, or the text as typed where it does not parse."""
    return stored_from_cleaned(field, clean_text(text))


def stored_from_cleaned(field: Field, cleaned: str) -> Stored:
    """The same for a text that was cleaned before: what is kept is never cleaned again."""
    try:
        return field.read(cleaned)
    except ParseError:
        return {"typed": cleaned}


def as_read_now(field: Field, stored: Stored) -> Stored:
    """``stored`` as ``field`` would keep its text today.

    A call may change limits and options meanwhile: a value may fit no more, and a text may have become one.
    """
    return stored_from_cleaned(field, text_of(field, stored))


def address(key: str, row: str = "", column: str = "") -> str:
    """The path of a field (``"title"``) or of a cell (``"costs/k3f9/unit_cost"``)."""
    return "/".join(filter(None, (key, row, column)))


def characters(value: Any) -> int:
    """How many characters there are in ``value``, the data of a form or a part of it, keys counted."""
    if isinstance(value, dict):
        return sum(len(key) + characters(item) for key, item in value.items())
    if isinstance(value, list):
        return sum(map(characters, value))
    return len(value) if isinstance(value, str) else 0


def once(
    find: Callable[[FilledForm, *Arguments], Found],
) -> Callable[[FilledForm, *Arguments], Found]:
    """Lets ``find(form, …)`` look only once for each of its arguments, until a deed changes the form.

    For what rules, sums and screens ask again and again of one form.
    """

    @wraps(find)
    def found(form: FilledForm, *args: *Arguments) -> Found:
        key = (find, *args)
        if key not in form._found:
            form._found[key] = find(form, *args)
        return form._found[key]

    return found


@dataclass(frozen=True, eq=False)
class Row:
    """A row of a table as filled in. ``position`` counts from 1 among the rows of its group."""

    table: Table
    id: str
    position: int
    cells: dict[str, Stored]

    @property
    def group(self) -> str:
        """Id of the row of the grouping table under which this one stands, or ``""``."""
        return str(self.cells.get("group", ""))

    def stored(self, column: str) -> Stored:
        kept = self.cells.get(column, "")
        return as_read_now(self.table.columns_by_key[column], kept) if isinstance(kept, dict) else kept

    def __getitem__(self, column: str) -> Any:
        """The Python value of a cell, or None where it is empty or does not parse."""
        return value_of(self.table.columns_by_key[column], self.stored(column))

    def text(self, column: str) -> str:
        return text_of(self.table.columns_by_key[column], self.stored(column))

    @property
    def title(self) -> str:
        return self.text(self.table.title_column)

    @property
    def is_empty(self) -> bool:
        return not any(self.cells.get(column.key) for column in self.table.columns)

    @property
    def version(self) -> str:
        """Changes whenever a cell of the row does; tells whether a row is still as someone saw it."""
        return hashlib.sha256(rfc8785.dumps(self.cells)).hexdigest()[:12]


def value_of(field: Field, stored: Stored) -> Any:
    """The Python value of ``stored``, or None where it is empty or does not parse."""
    return field.value(stored) if stored and isinstance(stored, str) else None


@dataclass(frozen=True)
class FilledForm:
    """A template with the data of one document.

    ``terms`` is what the owner of the document lets its rules read, such as the terms of a call; the
    engine never looks inside. What is asked of a form is found ``once``; whoever changes its data tells it
    to ``forget``, as every deed does.
    """

    template: FormTemplate
    data: Data
    terms: Any = None
    _found: dict[tuple[Any, ...], Any] = field(default_factory=dict, init=False, compare=False, repr=False)

    def forget(self) -> None:
        """Look anew at data that has changed."""
        self._found.clear()

    def stored(self, key: str) -> Stored:
        """What is kept of a field; text that its field has come to take is the value it has become."""
        kept = self.data.get(key, "")
        return as_read_now(self.template.fields[key], kept) if isinstance(kept, dict) else kept

    def __getitem__(self, key: str) -> Any:
        """The Python value of a field outside tables, or None where it is empty or does not parse."""
        return value_of(self.template.fields[key], self.stored(key))

    def text(self, key: str) -> str:
        return text_of(self.template.fields[key], self.stored(key))

    @property
    def title(self) -> str:
        return self.text(self.template.title_field)

    @once
    def rows(self, table: str) -> list[Row]:
        """Rows of a table in their order, without removed ones. Rows without a living group are left out."""
        return list(self._read_rows(self.template.tables[table]))

    def _read_rows(self, table: Table) -> Iterator[Row]:
        kept = self.data.get(table.key, {})
        groups = {row.id for row in self.rows(table.grouped_by)} if table.grouped_by else {""}
        positions = dict.fromkeys(groups, 0)
        for row_id in kept.get("order", []):
            cells = kept["rows"][row_id]
            group = cells.get("group", "")
            if group in positions:
                positions[group] += 1
                yield Row(table, row_id, positions[group], cells)

    def rows_in(self, table: str, group: str) -> list[Row]:
        return self._rows_by_group(table).get(group, [])

    @once
    def _rows_by_group(self, table: str) -> dict[str, list[Row]]:
        groups: dict[str, list[Row]] = {}
        for row in self.rows(table):
            groups.setdefault(row.group, []).append(row)
        return groups

    def row(self, table: str, row_id: str) -> Row | None:
        return self._rows_by_id(table).get(row_id)

    @once
    def _rows_by_id(self, table: str) -> dict[str, Row]:
        return {row.id: row for row in self.rows(table)}

    def version_with_grouped(self, row: Row) -> str:
        """Changes whenever the row does, or a row grouped under it: all go when it is removed."""
        tables = self.template.tables_grouped_by(row.table.key)
        versions = [
            row.version,
            *(each.version for table in tables for each in self.rows_in(table.key, row.id)),
        ]
        if len(versions) == 1:
            return versions[0]
        return hashlib.sha256("".join(versions).encode()).hexdigest()[:12]

    def removed(self, table: str) -> dict[str, Any]:
        """Removed rows that can be restored, by id."""
        return self.data.get(table, {}).get("removed", {})

    @property
    def sections(self) -> list[Section]:
        """Sections shown to whoever fills in this form."""
        return [section for section in self.template.sections if section.visible(self)]

    def fields(self, section: Section) -> list[Field]:
        return [item for item in section.items if isinstance(item, Field) and item.visible(self)]

    def tables(self, section: Section) -> list[Table]:
        return [item for item in section.items if isinstance(item, Table) and item.visible(self)]

    def columns(self, table: Table) -> list[Field]:
        return [column for column in table.columns if column.visible(self)]

    def computed_columns(self, table: Table) -> list[Computed]:
        return [computed for computed in table.computed if computed.visible(self)]

    @property
    @once
    def computed(self) -> dict[str, Decimal | None]:
        """Every computed value by its address, such as ``"costs/k3f9/total"`` or ``"total_costs"``."""
        values: dict[str, Decimal | None] = {}
        for section in self.sections:
            for item in section.items:
                if isinstance(item, Computed) and item.visible(self):
                    values[item.key] = item.of(self)
                elif isinstance(item, Table) and item.visible(self):
                    values.update(self._computed_cells(item))
        return values

    def _computed_cells(self, table: Table) -> Iterator[tuple[str, Decimal | None]]:
        for column in self.computed_columns(table):
            for row in self.rows(table.key):
                yield address(table.key, row.id, column.key), column.of(self, row)

    def blocks(self, content: Data) -> list[Block]:
        """The form as it is read on paper and on screen, in the language of its law."""
        with translation.override(self.template.language):
            return list(self.template.present(self, content))

    def answers(self) -> Data:
        """What is submitted: the data of what is shown, without removed rows and hidden fields."""
        answers: Data = {}
        for section in self.sections:
            answers.update({shown.key: self.stored(shown.key) for shown in self.fields(section)})
            for table in self.tables(section):
                answers[table.key] = self._table_answers(table)
        return answers

    def _table_answers(self, table: Table) -> Data:
        rows = self.rows(table.key)
        shown = [column.key for column in self.columns(table)] + (["group"] if table.grouped_by else [])
        return {
            "order": [row.id for row in rows],
            "rows": {row.id: {key: row.stored(key) for key in shown} for row in rows},
        }
