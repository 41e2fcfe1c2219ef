"""What every official form of an offer tells the rest of the package, beside what the engine asks of a form.

A new regulation is a new ``OfferTemplate``: nothing outside its own folder knows its numbers and keys.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, cast

from mypart_wagtail.generator.fields import Words
from mypart_wagtail.generator.filled import FilledForm
from mypart_wagtail.generator.presentation import Block
from mypart_wagtail.generator.structure import FormTemplate


@dataclass(frozen=True, kw_only=True)
class OfferTemplate(FormTemplate):
    """A form in which an organisation asks for a grant.

    ``known`` presents what nobody fills in, from the content as it is frozen, above ``known_section``.
    ``declare`` presents what whoever submits declares; its choices are made in ``declarations_section``.
    ``grant`` and ``total_cost`` give amounts in PLN, or None where they are not filled in yet.
    """

    known: Callable[[dict[str, Any]], Iterable[Block]] = field(compare=False)
    known_section: str
    declare: Callable[[FilledForm], Iterable[Block]] = field(compare=False)
    declarations_section: str
    declarations_hint: Words
    grant: Callable[[FilledForm], Decimal | None] = field(compare=False)
    total_cost: Callable[[FilledForm], Decimal | None] = field(compare=False)

    @property
    def declarations_title(self) -> str:
        """The statutory title of the part in which they stand."""
        return self.parts[self.section(self.declarations_section).part]


def offer_template_of(form: FilledForm) -> OfferTemplate:
    """The template of an offer. Documents of applications follow no other kind of template."""
    return cast(OfferTemplate, form.template)
