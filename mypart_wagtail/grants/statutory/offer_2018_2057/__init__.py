"""The full offer: annex 1 to the regulation of 24 October 2018, Dz.U. 2018 poz. 2057."""

from datetime import date
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from mypart_wagtail.grants.offer_template import OfferTemplate
from mypart_wagtail.grants.statutory.offer_2018_2057 import budget, wording
from mypart_wagtail.grants.statutory.offer_2018_2057.presentation import declare, known, present
from mypart_wagtail.grants.statutory.offer_2018_2057.rules import RULES
from mypart_wagtail.grants.statutory.offer_2018_2057.sections import SECTIONS

TEMPLATE = OfferTemplate(
    id="pl.offer.2018-2057",
    revision=1,
    title=wording.SHORT_TITLE,
    legal_basis=wording.LEGAL_BASIS,
    valid_from=date(2019, 3, 1),
    parts=wording.PARTS,
    sections=SECTIONS,
    rules=RULES,
    title_field="title",
    present=present,
    known=known,
    known_section="contact",
    declare=declare,
    declarations_section="declarations",
    declarations_hint=_("The choices in points 3, 4 and 5 are made on the page “Declarations”."),
    grant=budget.grant,
    total_cost=budget.total_cost,
    help_folder=Path(__file__).parent / "help",
)
