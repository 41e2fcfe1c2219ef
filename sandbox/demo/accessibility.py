"""The accessibility statement of the demo's site, in both languages."""

from datetime import date
from typing import Any

from mypart_wagtail.portal.models import AccessibilityStatementPage
from sandbox.demo.content import day, read
from sandbox.demo.pages import DemoSite, make_page
from sandbox.demo.translating import translate


def make_accessibility_statement(site: DemoSite, actor: Any) -> None:
    """The statement, reviewed this year, unless it is there already."""
    words = read("accessibility")
    today = day(0)
    page = make_page(
        AccessibilityStatementPage,
        "accessibility",
        site.home,
        actor,
        **words["pl"],
        site_address="https://www.example.org/",
        site_published_on=date(today.year - 1, 9, 1),
        site_updated_on=date(today.year, 1, 2),
        status="partially",
        prepared_on=date(today.year - 1, 9, 1),
        reviewed_on=date(today.year, 1, 2),
        assessment="own",
        email="dostepnosc@urzad.example.org",
    )
    translate(page, words["pl"], words["en"], locale=site.english, actor=actor)
