"""The whole offer as blocks, in the order, numbering and wording of the regulation."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from mypart_wagtail.generator.filled import FilledForm, Row
from mypart_wagtail.generator.presentation import (
    Alternative,
    Answer,
    Answers,
    Block,
    Column,
    Footnotes,
    Grid,
    Heading,
    Line,
    Paragraph,
    Signatures,
    Statement,
)
from mypart_wagtail.grants.statutory.offer_2018_2057 import budget
from mypart_wagtail.grants.statutory.offer_2018_2057 import wording as w
from mypart_wagtail.grants.statutory.offer_2018_2057.cost_tables import costs
from mypart_wagtail.grants.statutory.offer_2018_2057.sections import results_wanted
from mypart_wagtail.organisations.areas import area_name


def present(form: FilledForm, content: dict[str, Any]) -> list[Block]:
    """The offer as blocks. ``content`` is what a snapshot holds, or the same of a draft."""
    return [
        *_title(),
        *_basics(form, content),
        *_description(form),
        *_capacity(form),
        *costs(form),
        *_other(form),
        *_questions(form),
        Heading(w.PARTS["VII"]),
        *declare(form),
        Signatures(_signers(content["organisation"]), w.SIGNATURE),
        Footnotes(w.FOOTNOTES),
    ]


def _signers(card: dict[str, Any]) -> list[tuple[str, str]]:
    """Who may sign, by name and function; places without a name where fewer are named than must sign."""
    named = [(person["name"], person["function"]) for person in card.get("representatives", [])]
    return named + [("", "")] * (card.get("signatures_required", 1) - len(named))


def _title() -> Iterator[Block]:
    yield Paragraph(w.LEGAL_BASIS, small=True)
    yield Heading(w.SHORT_TITLE, level=1)
    yield Statement(
        (
            (
                Alternative("OFERTA REALIZACJI ZADANIA PUBLICZNEGO", True, "*"),
                Alternative("OFERTA WSPÓLNA REALIZACJI ZADANIA PUBLICZNEGO", False, "*"),
            ),
            ", O KTÓREJ MOWA W ",
            (Alternative("ART. 14 UST. 1", True, "*"), Alternative("2", False, "*")),
            " USTAWY Z DNIA 24 KWIETNIA 2003 R. O DZIAŁALNOŚCI POŻYTKU PUBLICZNEGO I O WOLONTARIACIE",
        )
    )
    yield Paragraph(w.INSTRUCTION, small=True)


def _basics(form: FilledForm, content: dict[str, Any]) -> Iterator[Block]:
    yield from known(content)
    yield Answer(w.CONTACT, form.text("contact_person"), "2", long=True)


def known(content: dict[str, Any]) -> Iterator[Block]:
    """What nobody fills in, since the call and the card of the organisation say it: I and II.1."""
    yield Heading(w.PARTS["I"])
    areas = ", ".join(f"{point}) {area_name(point)}" for point in content["call"]["facts"]["areas"])
    yield Answers([Answer(w.AUTHORITY, content["authority"], "1"), Answer(w.TASK_AREA, areas, "2")])
    yield Heading(w.PARTS["II"])
    yield Answer(w.ORGANISATION, organisation_text(content["organisation"]), "1", long=True)


def organisation_text(card: dict[str, Any]) -> str:
    """The card as field II.1 wants it, one fact a line."""
    register = card["register"]
    name = f"{card['name']}, {card['branch']}" if card["branch"] else card["name"]
    lines = [name, card["legal_form_name"], f"{register['name']}: {register['number']}"]
    if "seat" not in card:  # Shown to someone who does not belong to the organisation yet.
        return "\n".join(lines)
    lines += [
        f"NIP: {card['nip']}" if card["nip"] else "",
        f"REGON: {card['regon']}" if card["regon"] else "",
        f"Adres siedziby: {address_text(card['seat'])}",
        f"Strona www: {card['website'] or w.NOT_APPLICABLE}",
        f"Adres do korespondencji: {address_text(card['correspondence'])}",
        f"Adres e-mail: {card['email']}",
        f"Numer telefonu: {card['phone'] or w.NOT_APPLICABLE}",
    ]
    return "\n".join(filter(None, lines))


def address_text(address: dict[str, str]) -> str:
    return f"{address['street']}, {address['postal_code']} {address['city']}"


def _description(form: FilledForm) -> Iterator[Block]:
    yield Heading(w.PARTS["III"])
    yield Answers(
        [
            Answer(w.TASK_TITLE, form.text("title"), "1"),
            Answer(f"{w.TASK_DATES}: {w.START}", form.text("start"), "2"),
            Answer(w.END, form.text("end")),
        ]
    )
    yield Answer(w.SYNOPSIS, form.text("synopsis"), "3", long=True)
    yield from _plans(form)
    yield Answer(w.RESULTS, form.text("results_description"), "5", long=True)
    yield _results(form)


def _plans(form: FilledForm) -> Iterator[Block]:
    """A plan for each year of the task; what lies in none of them, as a draft may have it, is not lost."""
    years, rows = budget.years(form), form.rows("actions")
    if not years:
        yield _plan(rows, w.PLAN.format(year="…"))
    for year in years:
        yield _plan([row for row in rows if _touches(row, year)], w.PLAN.format(year=year))
    outside = [row for row in rows if not any(_touches(row, year) for year in years)]
    if years and outside:
        yield _plan(outside, w.PLAN_OUTSIDE)


def _plan(rows: list[Row], caption: str) -> Grid:
    lines = [
        Line(
            (
                str(row.position),
                row.text("name"),
                row.text("description"),
                row.text("audience"),
                _period(row),
                row.text("outsourced") or w.NOT_APPLICABLE,
            )
        )
        for row in rows
    ]
    weights = (3, 11, 19, 11, 10, 13)
    columns = [Column(label, weight=weight) for label, weight in zip(w.PLAN_COLUMNS, weights, strict=True)]
    return Grid(f"4. {caption}", columns, lines, landscape=True)


def _touches(row: Row, year: int) -> bool:
    """Whether an action falls into ``year``; one without dates stands in every year."""
    start, end = row["start"], row["end"]
    return start is None or end is None or start.year <= year <= end.year


def _period(row: Row) -> str:
    return " – ".join(filter(None, (row.text("start"), row.text("end"))))


def _results(form: FilledForm) -> Block:
    columns = [Column(label) for label in w.RESULTS_COLUMNS]
    caption = f"6. {w.RESULTS_TABLE}"
    if not results_wanted(form):
        return Grid(caption, columns, [Line((w.NOT_APPLICABLE,))])
    lines = [
        Line((row.text("name"), row.text("target"), row.text("monitoring"))) for row in form.rows("results")
    ]
    return Grid(caption, columns, lines)


def _capacity(form: FilledForm) -> Iterator[Block]:
    yield Heading(w.PARTS["IV"])
    yield Answer(w.EXPERIENCE, form.text("experience"), "1", long=True)
    yield Answer(w.RESOURCES, form.text("resources"), "2", long=True)


def _other(form: FilledForm) -> Iterator[Block]:
    yield Heading(w.PARTS["VI"])
    yield Statement(
        (
            f"{w.PAID}: ",
            (
                Alternative(w.PAID_YES, form["paid"] == "yes"),
                Alternative(w.PAID_NO, form["paid"] == "no"),
            ),
        ),
        "1.",
    )
    yield Answer(w.JOINT, w.NOT_APPLICABLE, "2", long=True)
    yield Answer(w.OTHER, form.text("other_information"), "3", long=True)


def _questions(form: FilledForm) -> Iterator[Block]:
    """The call's own questions; part VI.3 is where the regulation leaves room for them."""
    section = form.template.section_of.get("questions")
    fields = form.fields(section) if section else []
    if fields:
        yield Heading("Pytania dodatkowe organu", level=3)
    for field in fields:
        yield Answer(str(field.name), str(field.in_words(form.text(field.key))), long=True)


def declare(form: FilledForm) -> Iterator[Block]:
    """Part VII: what whoever submits declares, with the choices made."""
    yield Paragraph(w.DECLARE)
    yield Statement((w.DECLARATION_1,), "1)")
    yield Statement((w.DECLARATION_2,), "2)")
    yield _arrears(form, "taxes", w.DECLARATION_3, "3)")
    yield _arrears(form, "insurance", w.DECLARATION_4, "4)")
    yield Statement(
        (
            f"{w.DECLARATION_5} ",
            (
                Alternative(w.IN_KRS, form["register"] == "krs", "*"),
                Alternative(w.IN_OTHER_REGISTER, form["register"] == "other", "*"),
            ),
            ";",
        ),
        "5)",
    )
    yield Statement((w.DECLARATION_6,), "6)")
    yield Statement((w.DECLARATION_7,), "7)")


def _arrears(form: FilledForm, key: str, ending: str, number: str) -> Statement:
    return Statement(
        (
            (Alternative(w.OFFERENT[0], True, "*"), Alternative(w.OFFERENT[1], False, "*")),
            f" {w.SUBMITTING} ",
            (
                Alternative(w.NO_ARREARS, form[key] == "none", "*"),
                Alternative(w.ARREARS, form[key] == "some", "*"),
            ),
            f" {ending}",
        ),
        number,
    )
