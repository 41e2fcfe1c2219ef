"""Cards with the same NIP, KRS or REGON: of one organisation and its branches, or of one made twice."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mypart_wagtail.organisations.models import Organisation, RegisterKind
from mypart_wagtail.text import fold

NUMBERS = ("nip", "register_number", "regon")


def others_with(name: str, facts: Mapping[str, Any], *, but: int | None) -> list[Organisation]:
    """Cards, other than the one with the id ``but``, that have the number ``name`` of ``facts``.

    Only the court register numbers all its organisations apart, so numbers of other registers are not
    compared.
    """
    number = facts.get(name)
    if not number or (name == "register_number" and facts.get("register_kind") != RegisterKind.KRS):
        return []
    found = Organisation.objects.filter(**{name: number})
    if name == "register_number":
        found = found.filter(register_kind=RegisterKind.KRS)
    return [other for other in found if other.pk != but]


def taken_by(name: str, facts: Mapping[str, Any], *, but: int | None) -> Organisation | None:
    """The card that a card with ``facts`` would repeat. A branch with a name of its own repeats none."""
    branch = fold(facts.get("branch") or "")
    others = others_with(name, facts, but=but)
    return next((other for other in others if not branch or fold(other.branch) == branch), None)


def sharing(organisation: Organisation) -> list[Organisation]:
    """Other cards that share a number with ``organisation``, by name."""
    facts = {name: getattr(organisation, name) for name in (*NUMBERS, "register_kind")}
    found = {other for name in NUMBERS for other in others_with(name, facts, but=organisation.pk)}
    return sorted(found, key=str)
