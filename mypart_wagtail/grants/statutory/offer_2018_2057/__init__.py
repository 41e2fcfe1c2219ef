"""The full offer: annex 1 to the regulation of 24 October 2018, Dz.U. 2018 poz. 2057."""

from datetime import date
from pathlib import Path

from mypart_wagtail.generator.structure import FormTemplate
from mypart_wagtail.grants.statutory.offer_2018_2057 import wording
from mypart_wagtail.grants.statutory.offer_2018_2057.presentation import present
from mypart_wagtail.grants.statutory.offer_2018_2057.rules import RULES
from mypart_wagtail.grants.statutory.offer_2018_2057.sections import SECTIONS

TEMPLATE = FormTemplate(
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
    help_folder=Path(__file__).parent / "help",
)
