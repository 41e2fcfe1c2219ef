"""What the wizard adds to the shared components, in each state, for the page with every component."""

from typing import Any

NO_NOTES: dict[str, Any] = {"problem": "", "readings": [], "warning": ""}


def cell(
    key: str, name: str, text: str, *, notes: dict[str, Any] | None = None, **more: Any
) -> dict[str, Any]:
    """A field as ``mypart_generator/includes/cell.html`` takes it. ``more`` says of its kind and state."""
    notes = NO_NOTES | (notes or {})
    described = [f"field-{key}-{part}" for part in ("problem", "readings", "warning") if notes[part]]
    field = {"name": name, "required": True, "widget": "text", "limit": 200} | more.pop("field", {})
    return {
        "id": f"field-{key}",
        "path": key,
        "field": field,
        "text": text,
        "notes": notes,
        "theirs": None,
        "described_by": " ".join(described),
        "is_wrong": bool(notes["problem"]),
    } | more


MONEY = {"align": "end"}
CELLS = [
    cell("cost", "Rodzaj kosztu", "Wynajem hali sportowej"),
    cell("unit_cost", "Koszt jednostkowy [PLN]", "150,00", field=MONEY),
    cell(
        "quantity",
        "Liczba jednostek",
        "dużo",
        field=MONEY,
        notes={"problem": "Liczba jednostek: wpisz liczbę cyframi, na przykład 12 lub 2,5."},
    ),
    cell(
        "total",
        "Wartość [PLN]",
        "12.500",
        field=MONEY,
        notes={
            "problem": "Czy chodzi o 12\N{NO-BREAK SPACE}500,00, czy 12,50?",
            "readings": ["12\N{NO-BREAK SPACE}500,00", "12,50"],
        },
    ),
    cell(
        "note",
        "Uwagi",
        "Hala przy ul. Bytomskiej 🏀",
        field={"widget": "textarea", "limit": 500},
        notes={"warning": "Tego nie da się wydrukować: 🏀. Na wydruku zamiast znaku będzie jego kod."},
    ),
    cell(
        "theirs",
        "Miejsce",
        "Mysłowice, ul. Bytomska 41",
        theirs="Mysłowice, park Słupna",
        described_by="field-theirs-problem",
        is_wrong=True,
    ),
]
ROW = {
    "name": "I.1.1 Wynajem hali sportowej",
    "cells": CELLS,
    "sums": [
        {"id": "sum-row", "computed": {"name": "Wartość", "unit": "PLN"}, "text": "6\N{NO-BREAK SPACE}000,00"}
    ],
    "row": {"id": "row0001", "version": "1"},
}
TABLE = {
    "table": {"key": "costs", "name": "Koszty realizacji działań", "row_name": "koszt"},
    "rows": [ROW],
    "removed": [{"id": "row0002", "title": "I.1.2 Wynagrodzenie trenera"}],
    "problem": "Koszty realizacji działań: wpisz co najmniej jeden koszt.",
}
HELP = {
    "plain": "Wpisz, ile kosztuje jedna jednostka, na przykład godzina wynajmu.",
    "easy": "Ile kosztuje jedna godzina? Wpisz liczbę.",
    "film": "https://example.org/film",
}
SAVE_STATES = [
    ("saving", "Zapisywanie…"),
    ("saved", "Zapisano o 14:32"),
    ("failed", "Nie zapisano, próba zostanie ponowiona. Wpisane treści są zachowane w tej przeglądarce."),
    ("signed-out", "Nastąpiło wylogowanie. Wpisane treści są zachowane w tej przeglądarce."),
]
