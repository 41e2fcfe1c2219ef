"""Why a statement cannot be published as it is: each fault with the field it is mended in."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from mypart_wagtail.portal.prose import is_written

if TYPE_CHECKING:
    from mypart_wagtail.portal.models import AccessibilityStatementMixin

Fault = tuple[str, str | Promise]
"""Name of a field, and what is wrong with it."""


def faults(statement: AccessibilityStatementMixin, *, today: date) -> Iterator[Fault]:
    """Everything in ``statement`` that is missing or cannot be true together on the day ``today``."""
    yield from _of_status(statement)
    yield from _of_dates(statement, today)
    if statement.is_assessed_by_another and not statement.assessor:
        yield "assessor", _("Name the body that made the assessment.")
    if statement.phone and not statement.dialled:
        yield "phone", _("Write the number in digits.")
    for name in ("building", "communication"):
        if not is_written(getattr(statement, name)):
            yield name, _("Describe it, also where there is nothing special.")


def _of_status(statement: AccessibilityStatementMixin) -> Iterator[Fault]:
    has_gaps = is_written(statement.failures) or is_written(statement.burden)
    if statement.is_compliant and has_gaps:
        yield "status", _("Below you write what is not accessible, so the site is partially compliant.")
    has_reasons = has_gaps or is_written(statement.exempt)
    if statement.status and not statement.is_compliant and not has_reasons:
        yield "failures", _("Write what is not accessible, and why.")


def _of_dates(statement: AccessibilityStatementMixin, today: date) -> Iterator[Fault]:
    for name in ("site_published_on", "site_updated_on", "prepared_on", "reviewed_on"):
        day = getattr(statement, name)
        if day and day > today:
            yield name, _("This day has not come yet.")
    if _is_before(statement.site_updated_on, statement.site_published_on):
        yield "site_updated_on", _("The update cannot come before the publication.")
    if _is_before(statement.reviewed_on, statement.prepared_on):
        yield "reviewed_on", _("The review cannot come before the statement.")
    if is_overdue(statement.last_looked_at, today):
        yield (
            "reviewed_on",
            _("The law wants a review every year by 31 March. Read the statement and write today's date."),
        )


def is_overdue(last: date | None, today: date) -> bool:
    """Whether a statement last looked at on the day ``last`` has missed 31 March of this year."""
    needed = today.year if today > date(today.year, 3, 31) else today.year - 1
    return last is not None and last.year < needed


def _is_before(day: date | None, other: date | None) -> bool:
    return day is not None and other is not None and day < other
