"""What a filled form looks like on paper and on screen, as a neutral list of blocks.

The template of a form turns it into blocks; two renderers, Typst for the PDF and Django templates for
the accessible HTML page, show the same blocks. So both always say the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import Literal

Align = Literal["start", "end", "center"]


@dataclass(frozen=True)
class Heading:
    """A part's title. ``level`` 1 is the form's title."""

    text: str
    level: int = 2


@dataclass(frozen=True)
class Paragraph:
    """Statutory wording that nobody fills in."""

    text: str
    small: bool = False


@dataclass(frozen=True)
class Answer:
    """One statutory field with what was filled in; an empty ``value`` prints as „nie dotyczy”, in a
    draft as „nie wypełniono”."""

    label: str
    value: str
    number: str = ""
    long: bool = False


@dataclass(frozen=True)
class Answers:
    """Answers that stand together in one two-column table."""

    answers: Sequence[Answer]


@dataclass(frozen=True)
class Column:
    """``weight`` is the relative width. Neighbours of the same ``group`` have it as a heading above them."""

    label: str
    align: Align = "start"
    weight: int = 1
    group: str = ""


@dataclass(frozen=True)
class Line:
    """A row of a grid. ``kind``: a plain row, a heading over a group, or a sum.

    A single cell stands across the whole grid.
    """

    cells: Sequence[str]
    kind: Literal["row", "group", "sum"] = "row"


@dataclass(frozen=True)
class Grid:
    """A table. ``caption`` names it; headers repeat on each page.

    ``is_titled`` says that a heading right above says the same, so that the caption need not be seen.
    """

    caption: str
    columns: Sequence[Column]
    lines: Sequence[Line]
    landscape: bool = False
    is_titled: bool = False


@dataclass(frozen=True)
class HeaderCell:
    """A cell of a grid's header, over ``columns`` columns and ``rows`` rows."""

    label: str
    align: Align = "start"
    columns: int = 1
    rows: int = 1


def header_rows(columns: Sequence[Column]) -> list[list[HeaderCell]]:
    """The header of a grid: one row, or two where columns stand in groups."""
    if not any(column.group for column in columns):
        return [[HeaderCell(column.label, column.align) for column in columns]]
    upper: list[HeaderCell] = []
    lower: list[HeaderCell] = []
    for group, members in groupby(columns, key=lambda column: column.group):
        cells = [HeaderCell(column.label, column.align) for column in members]
        if group:
            upper.append(HeaderCell(group, "center", columns=len(cells)))
            lower += cells
        else:
            upper += [replace(cell, rows=2) for cell in cells]
    return [upper, lower]


@dataclass(frozen=True)
class Alternative:
    """One wording of an either-or, such as „nie zalega”. ``mark`` is printed after it and never said."""

    text: str
    chosen: bool
    mark: str = ""


@dataclass(frozen=True)
class Statement:
    """A declaration. Each either-or in it is struck out *and* said in words („Wybrano: nie zalega”).

    ``segments`` are plain texts and tuples of alternatives, in the order they are read.
    """

    segments: Sequence[str | tuple[Alternative, ...]]
    number: str = ""

    @property
    def choices(self) -> list[tuple[Alternative, ...]]:
        return [segment for segment in self.segments if not isinstance(segment, str)]


@dataclass(frozen=True)
class Signatures:
    """A place to sign for each of ``people``: (name, function); without a name, whoever has to may sign."""

    people: Sequence[tuple[str, str]]
    caption: str
    date_label: str = "Data"


@dataclass(frozen=True)
class Footnotes:
    notes: Sequence[tuple[str, str]] = field(default_factory=tuple)
    """(mark, text), such as ("1)", "Rodzaj zadania zawiera się…")."""


Block = Heading | Paragraph | Answer | Answers | Grid | Statement | Signatures | Footnotes
