"""Checks of a filled form: each a small function that names the very cell it is about.

The same rules serve autosave, rehearsal and submission, so that a form is never refused for a reason
that was not shown before.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from mypart_wagtail.generator.fields import Field, Words
from mypart_wagtail.generator.filled import FilledForm, Row, address
from mypart_wagtail.generator.notes import NO_NOTES, Notes, notes_on
from mypart_wagtail.generator.structure import Section, Table


class Severity(StrEnum):
    """An error blocks submission, a warning does not."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True)
class Failure:
    """A failed check. ``section`` is the key of the page it is mended on, ``address`` the cell."""

    section: str
    address: str
    message: Words
    severity: Severity = Severity.ERROR
    group: str = ""
    """Group whose page shows the cell, in a section with ``page_per_group``."""

    @property
    def anchor(self) -> str:
        """The id of the input on its page."""
        return anchor(self.address)


def anchor(path: str) -> str:
    """The HTML id of the input at ``path``."""
    return "field-" + path.replace("/", "-")


Rule = Callable[[FilledForm], Iterable[Failure]]


def failures(form: FilledForm) -> list[Failure]:
    """Every failed check of ``form``, in the order of its sections: values, gaps, then the form's rules."""
    found = [*_value_failures(form)]
    for rule in form.template.rules:
        found.extend(rule(form))
    order = {section.key: position for position, section in enumerate(form.template.sections)}
    return sorted(found, key=lambda failure: order[failure.section])


def at(
    form: FilledForm,
    key: str,
    message: Words,
    *,
    row: Row | None = None,
    column: str = "",
    severity: Severity = Severity.ERROR,
) -> Failure:
    """A failure of the field or table ``key``, or of one cell of it."""
    return Failure(
        section=form.template.section_of[key].key,
        address=address(key, row.id if row else "", column),
        message=message,
        severity=severity,
        group=row.group if row else "",
    )


def _value_failures(form: FilledForm) -> Iterator[Failure]:
    for section in form.sections:
        yield from _field_failures(form, section)
        for table in form.tables(section):
            yield from _table_failures(form, table)


def _field_failures(form: FilledForm, section: Section) -> Iterator[Failure]:
    for field in form.fields(section):
        stored = form.stored(field.key)
        for message, severity in _remarks(notes_on(field, stored)):
            yield at(form, field.key, _named(field.name, message), severity=severity)
        if not stored and field.required:
            yield at(form, field.key, _("%(name)s: fill in this field.") % {"name": field.name})


def _table_failures(form: FilledForm, table: Table) -> Iterator[Failure]:
    rows = form.rows(table.key)
    if len(rows) < table.least_rows:
        yield at(
            form,
            table.key,
            ngettext_lazy(
                "%(name)s: add at least %(least)d row.",
                "%(name)s: add at least %(least)d rows.",
                table.least_rows,
            )
            % {"name": table.name, "least": table.least_rows},
        )
    columns = form.columns(table)
    # A large budget has thousands of cells, most of them without fault: nothing more is done with those.
    for row in rows:
        for column in columns:
            stored = row.cells.get(column.key, "")
            notes = notes_on(column, stored) if stored else NO_NOTES
            is_gap = column.required and not stored
            if is_gap or notes is not NO_NOTES:
                yield from _cell_failures(form, row, column, notes, is_gap=is_gap)


def _cell_failures(
    form: FilledForm, row: Row, column: Field, notes: Notes, *, is_gap: bool
) -> Iterator[Failure]:
    name = row_name(form, row)
    for message, severity in _remarks(notes):
        named = _named(f"{name}, {column.name}", message)
        yield at(form, row.table.key, named, row=row, column=column.key, severity=severity)
    if is_gap:
        message = _("%(row)s, %(name)s: fill in this field.") % {"row": name, "name": column.name}
        yield at(form, row.table.key, message, row=row, column=column.key)


def _remarks(notes: Notes) -> Iterator[tuple[Words, Severity]]:
    """What the notes at a field say: a problem blocks submission, a warning does not."""
    if notes.problem:
        yield notes.problem, Severity.ERROR
    if notes.warning:
        yield notes.warning, Severity.WARNING


def row_name(form: FilledForm, row: Row) -> str:
    """What a message calls a row: its number and its title, such as ``"I.2.3 Wynajem hali"``."""
    return f"{row.table.row_number(form, row)} {row.title}".strip()


def _named(name: Words, problem: Words) -> Words:
    return _("%(name)s: %(problem)s") % {"name": name, "problem": problem}
