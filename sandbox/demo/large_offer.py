"""The tables of one large offer: 30 actions and 200 costs over three years."""

from typing import Any

ACTIONS = [
    ("Dyżury nocne", "Dwoje opiekunów każdej nocy, od 18:00 do 8:00.", "27 osób każdej nocy"),
    ("Praca socjalna", "Indywidualne programy wychodzenia z bezdomności.", "60 osób w roku"),
    ("Posiłki", "Ciepła kolacja i śniadanie, także dla osób na diecie.", "27 osób każdego dnia"),
    ("Łaźnia i pralnia", "Kąpiel, pranie i dezynfekcja odzieży.", "40 osób w tygodniu"),
    ("Opieka medyczna", "Dyżur ratownika, opatrunki, kierowanie do lekarza.", "25 osób w tygodniu"),
    ("Wsparcie psychologiczne", "Rozmowy indywidualne i grupa wsparcia.", "30 osób w roku"),
    ("Powrót na rynek pracy", "Doradca zawodowy, kursy, pierwsze umowy.", "24 osoby w roku"),
    ("Mieszkania treningowe", "Dwa mieszkania, w których uczymy się żyć samodzielnie.", "8 osób w roku"),
    ("Ogrzewalnia zimowa", "Całodobowa ogrzewalnia w dni mrozu.", "15 osób w dniu mrozu"),
    ("Streetworking", "Dwoje streetworkerów cztery razy w tygodniu.", "70 osób w roku"),
]
COSTS = [
    ("Wynagrodzenia", "miesiąc", "3 950,00", "12"),
    ("Materiały", "miesiąc", "240,00", "12"),
    ("Media", "miesiąc", "410,00", "12"),
    ("Wyposażenie", "komplet", "1 150,00", "2"),
    ("Transport", "kurs", "85,50", "24"),
    ("Szkolenia osób prowadzących", "godzina", "140,00", "8"),
    ("Druki i materiały informacyjne", "sztuka", "0,85", "400"),
]
YEARS = 3
COST_ROWS = 200


def large_actions(first_year: int) -> list[dict[str, Any]]:
    """Ten actions in each of three years, with 200 costs in all, each in the year of its action."""
    actions = [_action(first_year, year, *about) for year in range(YEARS) for about in ACTIONS]
    spare = len(actions) * len(COSTS) - COST_ROWS
    for action in actions[-spare:]:
        action["costs"].pop()
    return actions


def large_admin_costs(first_year: int) -> list[list[str]]:
    return [
        _in_year(year, f"Księgowość w {first_year + year} r.", "miesiąc", "900,00", "12")
        for year in range(YEARS)
    ]


def _action(first_year: int, year: int, name: str, description: str, audience: str) -> dict[str, Any]:
    calendar_year = first_year + year
    return {
        "name": f"{name} w {calendar_year} r.",
        "description": description,
        "audience": audience,
        "start": f"1.01.{calendar_year}",
        "end": f"31.12.{calendar_year}",
        "costs": [_in_year(year, *cost) for cost in COSTS],
    }


def _in_year(year: int, *cost: str) -> list[str]:
    """The cost with a mark of the year it falls in, counted from 0."""
    return [*cost, str(year)]
