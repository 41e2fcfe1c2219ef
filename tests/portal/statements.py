"""Accessibility statements for tests."""

from datetime import date
from typing import Any

from django.utils import timezone
from wagtail.models import Locale, Page

from mypart_wagtail.portal.models import AccessibilityStatementPage
from tests.sites import default_site


def facts(**changes: Any) -> dict[str, Any]:
    """Everything a statement says, true together today."""
    this_year = timezone.localdate().year
    return {
        "title": "Deklaracja",
        "slug": "deklaracja",
        "entity": "Urząd Miasta Mysłowice",
        "site_address": "https://www.example.org/",
        "site_published_on": date(this_year - 1, 9, 1),
        "site_updated_on": date(this_year, 1, 1),
        "status": "partially",
        "failures": "<p>Część map to obrazy.</p>",
        "prepared_on": date(this_year - 1, 9, 1),
        "reviewed_on": date(this_year, 1, 1),
        "assessment": "own",
        "contact": "Biuro organizacji",
        "email": "dostepnosc@example.org",
        "phone": "+48 32 555 00 00",
        "building": "<p>Wejście bez progu.</p>",
        "communication": "<p>Pętla indukcyjna.</p>",
    } | changes


def home(language: str) -> Page:
    """The home page of the default site in that language, made if there is none."""
    locale, _is_new = Locale.objects.get_or_create(language_code=language)
    root = default_site().root_page
    found = root if root.locale == locale else root.get_translation_or_none(locale)
    if found is None:
        found = root.copy_for_translation(locale)
        found.save_revision().publish()
    return found


def statement(language: str = "en", **changes: Any) -> AccessibilityStatementPage:
    """A published statement under the home page of the default site in that language."""
    page = AccessibilityStatementPage(**facts(**changes))
    home(language).add_child(instance=page)
    page.save_revision().publish()
    return AccessibilityStatementPage.objects.get(pk=page.pk)
