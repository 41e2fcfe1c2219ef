"""What a page of the wizard shows: fields, rows and sums with their texts, problems and addresses."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from mypart_wagtail.generator.fields import Choice, Field, Words
from mypart_wagtail.generator.filled import FilledForm, Row, Stored, address, text_of
from mypart_wagtail.generator.help import NO_HELP, Help, HelpTexts
from mypart_wagtail.generator.models import FormDocument
from mypart_wagtail.generator.notes import Notes, notes_on
from mypart_wagtail.generator.rules import Failure, Severity, anchor, failures, row_name
from mypart_wagtail.generator.structure import Computed, Section, Table
from mypart_wagtail.generator.sums import Sum, group_sum, row_sums, sum_of

NEW_ROW = "__row__"
"""Stands for the id of a row still to be added, in the template from which the browser draws it."""


@dataclass(frozen=True)
class Cell:
    """One input. ``text`` stands in it, ``notes`` say what there is to say about it."""

    field: Field
    path: str
    text: str
    notes: Notes = Notes()
    theirs: str | None = None
    """What stands in the document, where ``text`` is not saved."""
    refusal: Words = ""
    """Why ``text`` is not saved at all."""
    help: Help = NO_HELP

    @property
    def id(self) -> str:
        return anchor(self.path)

    @property
    def theirs_in_words(self) -> Words:
        """``theirs`` for people: the wording of a choice, never its key."""
        return self.field.in_words(self.theirs or "")

    @property
    def kept(self) -> str:
        """The text that stands in the document."""
        return self.text if self.theirs is None else self.theirs

    @property
    def is_wrong(self) -> bool:
        return bool(self.notes.problem) or self.theirs is not None

    @property
    def described_by(self) -> str:
        parts = {"hint": self.field.hint, "problem": self.is_wrong, "warning": self.notes.warning}
        return " ".join(f"{self.id}-{part}" for part, present in parts.items() if present)

    @property
    def options(self) -> list[tuple[str, Words, bool, str]]:
        """Answers of a choice: key, wording, whether it is chosen, and the id of its radio button."""
        if not isinstance(self.field, Choice):
            return []
        return [
            (
                option.key,
                option.label,
                option.key == self.text,
                self.id if not position else f"{self.id}-{position}",
            )
            for position, option in enumerate(self.field.options)
        ]


@dataclass(frozen=True)
class Unsaved:
    """A text just typed that is in conflict with what stands in the document, or was refused."""

    text: str
    refusal: Words = ""


@dataclass(frozen=True)
class RowScreen:
    row: Row
    name: str
    cells: list[Cell]
    sums: list[Sum]
    is_first: bool
    is_last: bool
    version: str
    """Of the row and what is grouped under it, as whoever removes it saw them."""


@dataclass(frozen=True)
class RemovedRow:
    id: str
    title: str


@dataclass(frozen=True)
class NewRows:
    """From what the browser draws rows as soon as they are added, before the server has answered."""

    row: RowScreen
    names: str
    """The names of as many as there is room for, in their order, as JSON."""


@dataclass(frozen=True)
class TableScreen:
    table: Table
    group: str
    rows: list[RowScreen]
    removed: list[RemovedRow]
    new: NewRows | None = None
    """None where there is no room for more."""
    problem: Words = ""
    sum: Sum | None = None
    """What the rows of the group shown add up to."""
    help: list[tuple[Words, Help]] = field(default_factory=list)
    """Help with the table and its columns, each with its name; said once, not in every row."""


@dataclass(frozen=True)
class GroupLink:
    """A group of a section that shows one group a page, such as an action with its costs."""

    id: str
    name: str
    url: str
    rows: int
    sum: Sum
    has_errors: bool


@dataclass
class SectionScreen:
    """One page of the wizard."""

    document: FormDocument
    form: FilledForm
    section: Section
    group: str = ""
    checked: bool = False
    unsaved: Mapping[str, Unsaved] = field(default_factory=dict)
    """Texts just typed that are not saved, by path."""
    help: HelpTexts = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.failures = [f for f in failures(self.form) if f.section == self.section.key]
        self._messages = {f.address: f.message for f in self.failures if f.severity is Severity.ERROR}

    @property
    def url(self) -> str:
        return section_url(self.document, self.section, self.group)

    @property
    def is_overview(self) -> bool:
        """Whether this page lists groups instead of showing the rows of one."""
        return self.section.page_per_group and not self.group

    @property
    def grouped_table(self) -> Table | None:
        """The table whose rows are shown one group a page, such as the costs of the actions."""
        return next((table for table in self.form.tables(self.section) if table.grouped_by), None)

    @property
    def group_row(self) -> Row | None:
        table = self.grouped_table
        return self.form.row(table.grouped_by, self.group) if table and self.group else None

    @property
    def is_group_removed(self) -> bool:
        """Whether the group of this page was there and can be restored."""
        table = self.grouped_table
        return table is not None and self.group in self.form.removed(table.grouped_by)

    @property
    def overview_problem(self) -> Words:
        """What is wrong with the table as a whole, on the page that lists its groups."""
        table = self.grouped_table
        return self._messages.get(table.key, "") if table and self.checked else ""

    @property
    def shown_failures(self) -> list[Failure]:
        """Failures the error summary lists: all of this page once it was asked to check."""
        if not self.checked:
            return []
        return [f for f in self.failures if not self.group or f.group in ("", self.group)]

    @property
    def has_errors(self) -> bool:
        """Whether something the error summary lists blocks submission."""
        return any(f.severity is Severity.ERROR for f in self.shown_failures)

    @property
    def items(self) -> list[Cell | Sum | TableScreen]:
        shown: list[Cell | Sum | TableScreen] = []
        for item in self.section.items:
            if not item.visible(self.form):
                continue
            if isinstance(item, Field):
                shown.append(self._cell(item, item.key, self.form.stored(item.key)))
            elif isinstance(item, Computed):
                shown.append(sum_of(self.form, item, item.key))
            elif not self.is_overview:
                shown.append(self._table(item))
        return shown

    @property
    def groups(self) -> list[GroupLink]:
        """Links to the pages of the groups, on the overview."""
        table = self.grouped_table
        return [self._group(table, row) for row in self.form.rows(table.grouped_by)] if table else []

    @property
    def cells(self) -> Iterable[Cell]:
        for item in self.items:
            if isinstance(item, Cell):
                yield item
            elif isinstance(item, TableScreen):
                for row in item.rows:
                    yield from row.cells

    @property
    def based_on(self) -> str:
        """The texts of this page as they stand in the document, by path: what changes are based on."""
        return json.dumps({cell.path: cell.kept for cell in self.cells}, ensure_ascii=False)

    def _cell(self, item: Field, path: str, stored: Stored) -> Cell:
        text = text_of(item, stored)
        help = self.help.get(
            path, NO_HELP
        )  # Cells of a table have none of their own: it stands above the rows.
        if path in self.unsaved:
            mine = self.unsaved[path]
            return Cell(item, path, mine.text, theirs=text, refusal=mine.refusal, help=help)
        notes = notes_on(item, stored)
        if not notes.problem and self.checked:
            notes = replace(notes, problem=self._messages.get(path, ""))
        return Cell(item, path, text, notes, help=help)

    def _table(self, table: Table) -> TableScreen:
        rows = self.form.rows_in(table.key, self.group) if table.grouped_by else self.form.rows(table.key)
        columns = self.form.columns(table)
        return TableScreen(
            table=table,
            group=self.group,
            rows=[self._row(table, row, columns, len(rows)) for row in rows],
            removed=[
                RemovedRow(row_id, self._removed_title(table, kept["cells"]))
                for row_id, kept in self.form.removed(table.key).items()
                if kept["cells"].get("group", "") == self.group
            ],
            new=self._new_rows(table, columns, len(rows)),
            problem=self._messages.get(table.key, "") if self.checked else "",
            sum=group_sum(self.form, table, self.group_row) if self.group_row else None,
            help=self._table_help(table, columns),
        )

    def _new_rows(self, table: Table, columns: list[Field], count: int) -> NewRows | None:
        room = table.most_rows - len(self.form.rows(table.key))
        if table.grouped_by:
            room = min(room, table.most_in_group - count)
        cells: dict[str, Stored] = {"group": self.group} if table.grouped_by else {}
        rows = [Row(table, NEW_ROW, count + number, cells) for number in range(1, room + 1)]
        if not rows:
            return None
        names = json.dumps([row_name(self.form, row) for row in rows], ensure_ascii=False)
        return NewRows(self._row(table, rows[0], columns, count + 1), names)

    def _table_help(self, table: Table, columns: list[Field]) -> list[tuple[Words, Help]]:
        found = [(table.name, self.help.get(table.key, NO_HELP))]
        found += [
            (column.name, self.help.get(address(table.key, column=column.key), NO_HELP)) for column in columns
        ]
        return [(name, help) for name, help in found if help]

    def _row(self, table: Table, row: Row, columns: list[Field], count: int) -> RowScreen:
        cells = [
            self._cell(column, address(table.key, row.id, column.key), row.stored(column.key))
            for column in columns
        ]
        sums = row_sums(self.form, self.form.computed_columns(table), row)
        is_first, is_last = row.position == 1, row.position == count
        version = self.form.version_with_grouped(row)
        return RowScreen(row, row_name(self.form, row), cells, sums, is_first, is_last, version)

    @staticmethod
    def _removed_title(table: Table, cells: dict) -> str:
        title = cells.get(table.title_column, "")
        return title["typed"] if isinstance(title, dict) else title

    def _group(self, table: Table, row: Row) -> GroupLink:
        return GroupLink(
            id=row.id,
            name=row_name(self.form, row),
            url=section_url(self.document, self.section, row.id),
            rows=len(self.form.rows_in(table.key, row.id)),
            sum=group_sum(self.form, table, row),
            has_errors=any(f.group == row.id and f.severity is Severity.ERROR for f in self.failures),
        )


@dataclass(frozen=True)
class Task:
    """A row of the task list."""

    id: str
    title: Words
    url: str
    status: Words
    tone: str = "plain"


def tasks(document: FormDocument, form: FilledForm, found: list[Failure]) -> list[tuple[str, list[Task]]]:
    """The sections of each part with their state, in the words of the task list."""
    parts: dict[str, list[Task]] = {}
    wrong = _unfinished(found)
    for section in form.sections:
        parts.setdefault(form.template.parts[section.part], []).append(_task(document, form, section, wrong))
    return list(parts.items())


def progress(form: FilledForm, found: list[Failure]) -> tuple[int, int]:
    """How many sections need nothing more, and how many there are."""
    return len(form.sections) - len(_unfinished(found)), len(form.sections)


def _unfinished(found: list[Failure]) -> set[str]:
    return {failure.section for failure in found if failure.severity is Severity.ERROR}


def _task(document: FormDocument, form: FilledForm, section: Section, wrong: set[str]) -> Task:
    url = section_url(document, section)
    if section.key not in wrong:
        done = _("Nothing required") if is_empty(form, section) else _("Completed")
        return Task(section.key, section.name, url, done)
    if is_empty(form, section):
        return Task(section.key, section.name, url, _("Not started"), "info")
    return Task(section.key, section.name, url, _("In progress"), "warning")


def is_empty(form: FilledForm, section: Section) -> bool:
    """Whether nobody has filled in anything of ``section`` yet."""
    return not any(form.stored(item.key) for item in form.fields(section)) and not any(
        form.rows(table.key) for table in form.tables(section)
    )


def section_url(document: FormDocument, section: Section, group: str = "") -> str:
    """The page of a section, or of one group of it."""
    if group:
        return reverse("mypart_generator:group", args=[document.uuid, section.key, group])
    return reverse("mypart_generator:section", args=[document.uuid, section.key])


def failure_url(document: FormDocument, form: FilledForm, failure: Failure) -> str:
    """The address of the very cell that ``failure`` is about, on its page, with the page checked."""
    section = form.template.section(failure.section)
    group = failure.group if section.page_per_group else ""
    return f"{section_url(document, section, group)}?check=1#{failure.anchor}"


def place_url(document: FormDocument, form: FilledForm, path: str) -> str:
    """The address of the field at ``path``, or "" where the form has none."""
    key, *rest = path.split("/")
    page = form.template.section_of.get(key)
    if page is None:
        return ""
    row = form.row(key, rest[0]) if rest else None
    group = row.group if row and page.page_per_group else ""
    return f"{section_url(document, page, group)}#{anchor(path)}"


def neighbours(form: FilledForm, section: Section) -> tuple[Section | None, Section | None]:
    """The sections before and after ``section``."""
    sections = form.sections
    here = [each.key for each in sections].index(section.key)
    before = sections[here - 1] if here else None
    after = sections[here + 1] if here + 1 < len(sections) else None
    return before, after
