"""A small official form with one of everything, for the tests of the engine."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from mypart_wagtail.generator.fields import Choice, Date, Money, Number, Option, Text, YesNo
from mypart_wagtail.generator.filled import FilledForm, Row
from mypart_wagtail.generator.presentation import Answer, Block, Heading
from mypart_wagtail.generator.rules import Failure, at
from mypart_wagtail.generator.structure import Computed, FormTemplate, Section, Table


def row_total(form: FilledForm, row: Row) -> Decimal | None:
    if row["unit_cost"] is None or row["quantity"] is None:
        return None
    return (row["unit_cost"] * row["quantity"]).quantize(Decimal("0.01"))


def total(form: FilledForm) -> Decimal:
    return sum((row_total(form, row) or Decimal(0) for row in form.rows("costs")), Decimal(0))


def end_after_start(form: FilledForm) -> Iterator[Failure]:
    if form["start"] and form["end"] and form["end"] < form["start"]:
        yield at(form, "end", "End: the task cannot end before it starts.")


def present(form: FilledForm, meta: dict) -> list[Block]:
    return [Heading("Sample", level=1), Answer("Title", form.text("title"), "1")]


ACTIONS = Table(
    key="actions",
    name="Actions",
    row_name="action",
    title_column="name",
    least_rows=1,
    columns=(
        Text(key="name", name="Name", limit=100),
        Text(key="description", name="Description", limit=2000, multiline=True, required=False),
    ),
)

COSTS = Table(
    key="costs",
    name="Costs",
    row_name="cost",
    title_column="name",
    grouped_by="actions",
    most_rows=200,
    columns=(
        Text(key="name", name="Kind of cost"),
        Money(key="unit_cost", name="Unit cost"),
        Number(key="quantity", name="Quantity"),
    ),
    computed=(Computed(key="total", name="Total", of=row_total),),
)

TEMPLATE = FormTemplate(
    id="test.sample",
    revision=1,
    title="Sample form",
    legal_basis="none",
    valid_from=date(2020, 1, 1),
    title_field="title",
    parts={"I": "Task", "II": "Costs", "III": "Declarations"},
    sections=(
        Section(
            key="task",
            part="I",
            name="The task",
            items=(
                Text(key="title", name="Title", number="I.1", limit=50),
                Text(key="summary", name="Summary", number="I.2", limit=200, multiline=True),
                Date(key="start", name="Start", number="I.3"),
                Date(key="end", name="End", number="I.4"),
            ),
        ),
        Section(key="schedule", part="I", name="Schedule", items=(ACTIONS,)),
        Section(
            key="budget",
            part="II",
            name="Budget",
            page_per_group=True,
            items=(COSTS, Computed(key="total_costs", name="Sum of all costs", of=total)),
        ),
        Section(
            key="declarations",
            part="III",
            name="Declarations",
            items=(
                YesNo(key="paid", name="Paid task"),
                Choice(
                    key="arrears",
                    name="Arrears",
                    options=(Option("none", "nie zalega"), Option("some", "zalega")),
                ),
            ),
        ),
    ),
    rules=(end_after_start,),
    present=present,
)


def complete_data() -> dict:
    """The data of a sample form with nothing left to fill in."""
    return {
        "title": "Obóz letni",
        "summary": "Dwa tygodnie nad jeziorem.",
        "start": "2027-07-01",
        "end": "2027-07-14",
        "actions": {"order": ["aaaa", "bbbb"], "rows": {"aaaa": {"name": "Rejs"}, "bbbb": {"name": "Bieg"}}},
        "costs": {
            "order": ["cccc", "dddd"],
            "rows": {
                "cccc": {"group": "aaaa", "name": "Łódź", "unit_cost": "100.50", "quantity": "2"},
                "dddd": {"group": "bbbb", "name": "Numery", "unit_cost": "3.33", "quantity": "3"},
            },
        },
        "paid": "no",
        "arrears": "none",
    }


def filled(**changes: object) -> FilledForm:
    """A complete sample form with some of its data replaced."""
    return FilledForm(TEMPLATE, complete_data() | changes)
