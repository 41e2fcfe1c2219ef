"""Areas of public tasks: art. 4 ust. 1 of the act of 24 April 2003 on public benefit activity.

Source: Dz.U. 2025 poz. 1338, amended Dz.U. 2026 poz. 1040, as in force on 1 September 2026. The list is
data, in ``data/public_tasks.csv``; its wording is statutory and is not translated.
"""

import csv
from functools import cache
from importlib import resources


@cache
def public_tasks() -> dict[str, str]:
    """Statutory names by point, such as ``{"17": "wspieranie i upowszechnianie kultury fizycznej"}``."""
    source = resources.files("mypart_wagtail.organisations.data").joinpath("public_tasks.csv")
    with source.open(encoding="utf-8") as file:
        return {row["point"]: row["name_pl"] for row in csv.DictReader(file)}


def area_choices() -> list[tuple[str, str]]:
    """Choices of a form: (point, "17. wspieranie i upowszechnianie kultury fizycznej")."""
    return [(point, f"{point}. {name}") for point, name in public_tasks().items()]


def area_name(point: str) -> str:
    """The statutory name of a point; the point itself where the list no longer has it."""
    return public_tasks().get(point, point)
