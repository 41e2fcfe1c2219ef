"""What the engine itself says inside a printed form, in the form's own language.

An official form is in the language of its law, whoever reads it; and the bytes of its PDF must repeat.
So these few words are data, not translations that follow the reader.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from mypart_wagtail.generator.presentation import Alternative


@dataclass(frozen=True)
class Wording:
    """``draft`` is the mark on every page of what was not submitted; ``time`` a Django date format."""

    not_applicable: str
    not_filled_in: str
    chosen: str
    nothing_chosen: str
    number: str
    submitted: str
    checksum: str
    verified_at: str
    draft: str
    page: str
    of: str
    signature: str
    attachment: str
    time: str


POLISH = Wording(
    not_applicable="nie dotyczy",
    not_filled_in="nie wypełniono",
    chosen="Wybrano",
    nothing_chosen="Nie wybrano",
    number="Numer",
    submitted="Złożono",
    checksum="Suma kontrolna",
    verified_at="Każdy może ją sprawdzić",
    draft="WERSJA ROBOCZA – NIE ZŁOŻONO",
    page="Strona",
    of="z",
    signature="podpis",
    attachment="Treść dokumentu w postaci do odczytu maszynowego",
    time=r"j E Y, \g\o\d\z. H:i:s",
)

ENGLISH = Wording(
    not_applicable="not applicable",
    not_filled_in="not filled in",
    chosen="Chosen",
    nothing_chosen="Nothing chosen",
    number="Number",
    submitted="Submitted",
    checksum="Checksum",
    verified_at="Anyone can verify it",
    draft="DRAFT – NOT SUBMITTED",
    page="Page",
    of="of",
    signature="signature",
    attachment="The content of the document for machines",
    time="j F Y, H:i:s",
)


def wording(language: str) -> Wording:
    """The words of a form in ``language``, such as ``"pl"``; English where there are none."""
    return POLISH if language.split("-")[0] == "pl" else ENGLISH


def choices_in_words(choices: Sequence[Sequence[Alternative]], words: Wording) -> str:
    """What was chosen, and between what nothing was: „Wybrano: oferent; nie zalega(-ją)”; ``""`` for none."""
    chosen = [alternative.text for choice in choices for alternative in choice if alternative.chosen]
    undecided = [choice for choice in choices if not any(alternative.chosen for alternative in choice)]
    between = [" / ".join(alternative.text for alternative in choice) for choice in undecided]
    said = ((words.chosen, chosen), (words.nothing_chosen, between))
    return ". ".join(f"{word}: {'; '.join(texts)}" for word, texts in said if texts)
