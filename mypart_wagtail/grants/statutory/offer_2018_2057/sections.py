"""Sections of the offer: pages of the wizard, with fields, tables and sums."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from mypart_wagtail.generator.fields import Choice, Date, Field, Money, Number, Option, Text
from mypart_wagtail.generator.filled import FilledForm, Row
from mypart_wagtail.generator.structure import Computed, Section, Table
from mypart_wagtail.grants.statutory.offer_2018_2057 import budget
from mypart_wagtail.grants.statutory.offer_2018_2057 import wording as w


def results_wanted(form: FilledForm) -> bool:
    """III.6 is left out where the call waives it (footnote 3)."""
    return form.terms is None or not form.terms.results_table_waived


def has_year(number: int) -> Callable[[FilledForm], bool]:
    """Whether the column of a year is shown: from two years on, one for each."""
    return lambda form: budget.is_split_by_year(form) and number <= len(budget.years(form))


def cost_number(form: FilledForm, row: Row) -> str:
    action = form.row("actions", row.group)
    return f"I.{action.position if action else '?'}.{row.position}"


def admin_number(form: FilledForm, row: Row) -> str:
    return f"II.{row.position}"


def cost_columns() -> tuple[Field, ...]:
    return (
        Text(key="name", name=_("Kind of cost"), label=w.COST_COLUMNS[1], limit=250),
        Text(
            key="unit",
            name=_("Unit"),
            label=w.COST_COLUMNS[2],
            limit=60,
            hint=_("Piece, hour, person, set …"),
        ),
        Money(key="unit_cost", name=_("Unit cost"), label=w.COST_COLUMNS[3]),
        Number(key="quantity", name=_("Number of units"), label=w.COST_COLUMNS[4], decimals=3),
        *(
            Money(
                key=f"year_{number}",
                name=format_lazy(_("Year {number}"), number=number),
                label=f"{w.VALUE}: {w.COST_YEAR.format(year=number)}",
                visible=has_year(number),
            )
            for number in range(1, budget.MOST_YEARS + 1)
        ),
    )


TOTAL = Computed(key="total", name=_("Total"), label=f"{w.VALUE}: {w.COST_TOTAL}", of=budget.row_total)

ORGANISATION = Section(
    key="contact",
    part="II",
    name=_("Organisation and contact"),
    intro=_("The organisation's data come from its card and are frozen when you submit."),
    items=(
        Text(
            key="contact_person",
            number="II.2",
            name=_("Person who can explain the offer"),
            label=w.CONTACT,
            hint=_("First name and surname, phone, e-mail."),
            limit=500,
            multiline=True,
        ),
    ),
)

DESCRIPTION = Section(
    key="description",
    part="III",
    name=_("Title, dates and description"),
    items=(
        Text(key="title", number="III.1", name=_("Title of the task"), label=w.TASK_TITLE, limit=250),
        Date(
            key="start",
            number="III.2",
            name=_("First day"),
            label=w.START,
            hint=_("For example 1.03.2027."),
        ),
        Date(key="end", number="III.2", name=_("Last day"), label=w.END, hint=_("For example 30.11.2027.")),
        Text(
            key="synopsis",
            number="III.3",
            name=_("Description of the task"),
            label=w.SYNOPSIS,
            limit=10_000,
            multiline=True,
        ),
    ),
)

ACTIONS = Table(
    key="actions",
    number="III.4",
    name=_("Plan and schedule"),
    row_name=_("action"),
    label=w.PLAN.format(year="…"),
    title_column="name",
    least_rows=1,
    most_rows=100,
    columns=(
        Text(key="name", name=_("Name of the action"), label=w.PLAN_COLUMNS[1], limit=250),
        Text(
            key="description",
            name=_("Description"),
            label=w.PLAN_COLUMNS[2],
            limit=4000,
            multiline=True,
        ),
        Text(key="audience", name=_("Target group"), label=w.PLAN_COLUMNS[3], limit=1000, multiline=True),
        Date(key="start", name=_("First day"), label=w.PLAN_COLUMNS[4]),
        Date(key="end", name=_("Last day"), label=w.PLAN_COLUMNS[4]),
        Text(
            key="outsourced",
            name=_("Part done by someone who is no party to the agreement"),
            label=w.PLAN_COLUMNS[5],
            hint=_("Leave empty if there is none: “nie dotyczy” is printed."),
            limit=2000,
            multiline=True,
            required=False,
        ),
    ),
)

SCHEDULE = Section(key="schedule", part="III", name=_("Plan and schedule"), items=(ACTIONS,))

RESULTS = Section(
    key="results",
    part="III",
    name=_("Results"),
    items=(
        Text(
            key="results_description",
            number="III.5",
            name=_("Description of results"),
            label=w.RESULTS,
            limit=8000,
            multiline=True,
        ),
        Table(
            key="results",
            number="III.6",
            name=_("Results in numbers"),
            row_name=_("result"),
            label=w.RESULTS_TABLE,
            title_column="name",
            least_rows=1,
            most_rows=50,
            visible=results_wanted,
            columns=(
                Text(key="name", name=_("Name of the result"), label=w.RESULTS_COLUMNS[0], limit=500),
                Text(key="target", name=_("Planned level"), label=w.RESULTS_COLUMNS[1], limit=500),
                Text(
                    key="monitoring",
                    name=_("How it is measured"),
                    label=w.RESULTS_COLUMNS[2],
                    limit=1000,
                    multiline=True,
                ),
            ),
        ),
    ),
)

CAPACITY = Section(
    key="capacity",
    part="IV",
    name=_("Experience and resources"),
    items=(
        Text(
            key="experience",
            number="IV.1",
            name=_("Earlier activity"),
            label=w.EXPERIENCE,
            limit=6000,
            multiline=True,
        ),
        Text(
            key="resources",
            number="IV.2",
            name=_("People, things and money"),
            label=w.RESOURCES,
            limit=6000,
            multiline=True,
        ),
    ),
)

COSTS = Section(
    key="costs",
    part="V",
    name=_("Costs of actions"),
    page_per_group=True,
    items=(
        Table(
            key="costs",
            number="V.A.I",
            name=_("Costs of actions"),
            row_name=_("cost"),
            label=w.COSTS_OF_ACTIONS,
            title_column="name",
            grouped_by="actions",
            most_rows=400,
            columns=cost_columns(),
            computed=(TOTAL,),
            row_number=cost_number,
        ),
        Computed(
            key="total_actions",
            name=_("Sum of the costs of actions"),
            label=w.SUM_OF_ACTIONS,
            of=budget.total_actions,
        ),
    ),
)

ADMINISTRATION = Section(
    key="administration",
    part="V",
    name=_("Administrative costs"),
    items=(
        Table(
            key="admin_costs",
            number="V.A.II",
            name=_("Administrative costs"),
            row_name=_("cost"),
            label=w.COSTS_OF_ADMINISTRATION,
            title_column="name",
            most_rows=100,
            columns=cost_columns(),
            computed=(TOTAL,),
            row_number=admin_number,
        ),
        Computed(
            key="total_administration",
            name=_("Sum of administrative costs"),
            label=w.SUM_OF_ADMINISTRATION,
            of=budget.total_administration,
        ),
        Computed(key="total_cost", name=_("Sum of all costs"), label=w.SUM_OF_ALL, of=budget.total_cost),
    ),
)

source = partial(Money, required=True)

SOURCES = Section(
    key="sources",
    part="V",
    name=_("Sources of money"),
    items=(
        Computed(
            key="costs_to_cover",
            number="V.B.1",
            name=_("Sum of all costs"),
            label=w.SUM_OF_ALL,
            of=budget.total_cost,
        ),
        source(key="grant", number="V.B.2", name=_("Grant"), label=w.GRANT),
        Computed(key="share_grant", name=_("Share of the grant"), unit="%", of=budget.share_of("grant")),
        source(
            key="own_financial",
            number="V.B.3.1",
            name=_("Own financial contribution"),
            label=w.OWN_FINANCIAL,
            hint=_("Write 0 if there is none."),
        ),
        source(
            key="own_other",
            number="V.B.3.2",
            name=_("Own non-financial contribution"),
            label=w.OWN_OTHER,
            hint=_("Work of volunteers, things lent. Write 0 if there is none."),
        ),
        Computed(
            key="own_total", number="V.B.3", name=_("Own contribution"), label=w.OWN, of=budget.own_total
        ),
        Computed(key="share_own", name=_("Share of the own contribution"), unit="%", of=budget.own_share),
        source(
            key="fees",
            number="V.B.4",
            name=_("Fees from recipients"),
            label=w.FEES,
            hint=_("Write 0 if nobody pays."),
        ),
        Computed(key="share_fees", name=_("Share of fees"), unit="%", of=budget.share_of("fees")),
        Computed(key="sources_total", name=_("Sum of all sources"), of=budget.sources_total),
    ),
)

OTHER = Section(
    key="other",
    part="VI",
    name=_("Other information"),
    items=(
        Choice(
            key="paid",
            number="VI.1",
            name=_("Paid or unpaid task"),
            label=w.PAID,
            options=(Option("yes", w.PAID_YES), Option("no", w.PAID_NO)),
        ),
        Text(
            key="other_information",
            number="VI.3",
            name=_("Other information"),
            label=w.OTHER,
            limit=6000,
            multiline=True,
            required=False,
        ),
    ),
)

ARREARS = (Option("none", w.NO_ARREARS), Option("some", w.ARREARS))

DECLARATIONS = Section(
    key="declarations",
    part="VII",
    name=_("Declarations"),
    intro=_("Nothing is chosen for you. Choose what is true on the day you submit."),
    items=(
        Choice(
            key="taxes",
            number="VII.3",
            name=_("Taxes"),
            label=f"{w.OFFERENT[0]} {w.SUBMITTING} … {w.DECLARATION_3}",
            options=ARREARS,
        ),
        Choice(
            key="insurance",
            number="VII.4",
            name=_("Social insurance"),
            label=f"{w.OFFERENT[0]} {w.SUBMITTING} … {w.DECLARATION_4}",
            options=ARREARS,
        ),
        Choice(
            key="register",
            number="VII.5",
            name=_("Register"),
            label=f"{w.DECLARATION_5} …",
            options=(Option("krs", w.IN_KRS), Option("other", w.IN_OTHER_REGISTER)),
        ),
    ),
)

SECTIONS = (
    ORGANISATION,
    DESCRIPTION,
    SCHEDULE,
    RESULTS,
    CAPACITY,
    COSTS,
    ADMINISTRATION,
    SOURCES,
    OTHER,
    DECLARATIONS,
)
