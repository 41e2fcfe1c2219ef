"""What an official form is made of: template, sections, tables.

A template is declared in code, one module per legal act. A new regulation is a new template; a corrected
wording is a new revision of it.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from mypart_wagtail.generator.fields import Field, Words, always

if TYPE_CHECKING:
    from mypart_wagtail.generator.filled import FilledForm, Row
    from mypart_wagtail.generator.presentation import Block
    from mypart_wagtail.generator.rules import Rule


@dataclass(frozen=True, kw_only=True)
class Computed:
    """A value the server computes and nobody types, such as a total.

    At the level of a section ``of(form)`` is called, in a table ``of(form, row)``. Both give an amount in
    PLN, a percentage, or None where there is nothing to compute yet.
    """

    key: str
    name: Words
    of: Callable[..., Decimal | None] = field(compare=False)
    label: Words = ""
    number: str = ""
    unit: str = "PLN"
    visible: Callable[[FilledForm], bool] = field(default=always, compare=False)


def plain_position(form: FilledForm, row: Row) -> str:
    """The default number of a row: 1, 2, 3 … in its group."""
    return str(row.position)


@dataclass(frozen=True, kw_only=True)
class Table:
    """Rows over the same columns, each row with an id of its own, in an order people choose.

    ``grouped_by`` names another table of the form whose rows group the rows of this one: costs stand
    under the actions they belong to. ``title_column`` is the column that names a row in messages.
    ``most_in_group`` keeps the page of one group below what a post without JavaScript may carry.
    """

    key: str
    name: Words
    row_name: Words
    columns: tuple[Field, ...]
    title_column: str
    label: Words = ""
    number: str = ""
    hint: Words = ""
    computed: tuple[Computed, ...] = ()
    grouped_by: str = ""
    least_rows: int = 0
    most_rows: int = 100
    most_in_group: int = 100
    row_number: Callable[[FilledForm, Row], str] = field(
        default=lambda form, row: str(row.position), compare=False
    )
    visible: Callable[[FilledForm], bool] = field(default=always, compare=False)

    @cached_property
    def columns_by_key(self) -> dict[str, Field]:
        return {column.key: column for column in self.columns}


Item = Field | Table | Computed


@dataclass(frozen=True, kw_only=True)
class Section:
    """A numbered part of the form and a page of the wizard.

    ``part`` is the statutory part it belongs to (``"III"``); ``key`` stands in the page's address. With
    ``page_per_group`` the wizard shows the rows of one group at a time, such as the costs of one action.
    """

    key: str
    part: str
    name: Words
    items: tuple[Item, ...]
    intro: Words = ""
    page_per_group: bool = False
    visible: Callable[[FilledForm], bool] = field(default=always, compare=False)


@dataclass(frozen=True, kw_only=True)
class FormTemplate:
    """An official form. ``id`` is like ``"pl.offer.2018-2057"``; parts map ``"III"`` to statutory titles.

    ``language`` is that of its law: in it the form is frozen and printed, whoever reads it.
    """

    id: str
    revision: int
    title: str
    legal_basis: str
    valid_from: datetime.date
    valid_to: datetime.date | None = None
    parts: dict[str, str]
    sections: tuple[Section, ...]
    rules: tuple[Rule, ...]
    title_field: str
    present: Callable[[FilledForm, dict], Sequence[Block]] = field(compare=False)
    language: str = "pl"
    help_folder: Path | None = None
    """Where the help shipped with the form lies, see ``help.py``."""

    @cached_property
    def fields(self) -> dict[str, Field]:
        """Fields that stand outside tables, by key."""
        return {item.key: item for item in self._items if isinstance(item, Field)}

    @cached_property
    def tables(self) -> dict[str, Table]:
        return {item.key: item for item in self._items if isinstance(item, Table)}

    @cached_property
    def section_of(self) -> dict[str, Section]:
        """The section in which the field, table or computed value with a key stands."""
        return {item.key: section for section in self.sections for item in section.items}

    @property
    def _items(self) -> Iterator[Item]:
        return (item for section in self.sections for item in section.items)

    def section(self, key: str) -> Section:
        """The section with that key. Raises ``KeyError``."""
        return {section.key: section for section in self.sections}[key]

    def with_section(self, section: Section, *, before: str) -> FormTemplate:
        """This template with one more section, such as a call's own questions, before another one."""
        position = [s.key for s in self.sections].index(before)
        return replace(self, sections=(*self.sections[:position], section, *self.sections[position:]))

    def tables_grouped_by(self, key: str) -> list[Table]:
        return [table for table in self.tables.values() if table.grouped_by == key]
