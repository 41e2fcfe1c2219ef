"""A complete, valid offer of any size, for tests and for the demo."""

from decimal import Decimal
from typing import Any


def sample_data(
    *, actions: int = 3, costs_per_action: int = 3, years: int = 1, first_year: int = 2027
) -> dict[str, Any]:
    """The data of an offer with nothing left to fill in; every cost is 100 zł a piece.

    The grant is 80 % of all costs, own money 20 %.
    """
    action_ids = [f"action{number:04}" for number in range(1, actions + 1)]
    cost_rows = {
        f"cost{a:04}x{c:04}": _cost(f"Koszt {a}.{c}", action, c, years)
        for a, action in enumerate(action_ids, start=1)
        for c in range(1, costs_per_action + 1)
    }
    admin_rows = {"admin0001": _cost("Księgowość", "", 1, years)}
    total = sum(
        (
            Decimal(row["unit_cost"]) * Decimal(row["quantity"])
            for row in [*cost_rows.values(), *admin_rows.values()]
        ),
        Decimal(0),
    )
    grant = total * 8 / 10
    last_year = first_year + years - 1
    return {
        "contact_person": "Anna Nowak, tel. 32 222 00 00, anna@example.org",
        "title": "Letnia szkoła żeglarstwa dla dzieci",
        "start": f"{first_year}-03-01",
        "end": f"{last_year}-11-30",
        "synopsis": "Zajęcia odbędą się w Mysłowicach.\n\nGrupą docelową są dzieci w wieku 8–12 lat.",
        "actions": {
            "order": action_ids,
            "rows": {
                action: {
                    "name": f"Działanie {number}",
                    "description": "Zajęcia na wodzie i w sali.",
                    "audience": "20 dzieci z Mysłowic",
                    "start": f"{first_year}-05-01",
                    "end": f"{last_year}-09-30",
                    "outsourced": "",
                }
                for number, action in enumerate(action_ids, start=1)
            },
        },
        "results_description": "Dwadzieścioro dzieci nauczy się pływać pod żaglami.",
        "results": {
            "order": ["result0001"],
            "rows": {
                "result0001": {
                    "name": "Dzieci, które ukończyły kurs",
                    "target": "20",
                    "monitoring": "Lista obecności i egzamin",
                }
            },
        },
        "experience": "Od dziesięciu lat prowadzimy szkółkę żeglarską.",
        "resources": "Dwóch instruktorów, sześć łodzi, 5000 zł ze składek.",
        "costs": {"order": list(cost_rows), "rows": cost_rows},
        "admin_costs": {"order": list(admin_rows), "rows": admin_rows},
        "grant": f"{grant:.2f}",
        "own_financial": f"{total - grant:.2f}",
        "own_other": "0.00",
        "fees": "0.00",
        "paid": "no",
        "other_information": "",
        "taxes": "none",
        "insurance": "none",
        "register": "krs",
    }


def _cost(name: str, group: str, quantity: int, years: int) -> dict[str, str]:
    row = {"name": name, "unit": "szt.", "unit_cost": "100.00", "quantity": str(quantity)}
    if group:
        row["group"] = group
    if years > 1:
        each = Decimal(100 * quantity) / years
        parts = [each.quantize(Decimal("0.01"))] * (years - 1)
        parts.append(Decimal(100 * quantity) - sum(parts))
        row |= {f"year_{number}": str(part) for number, part in enumerate(parts, start=1)}
    return row
