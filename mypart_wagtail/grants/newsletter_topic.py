"""What the newsletter tells of calls: those announced in its period, and those that soon close."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from mypart_wagtail.digests import Period, Topic
from mypart_wagtail.grants.listing import with_public_addresses
from mypart_wagtail.grants.models import Call
from mypart_wagtail.listings import Fact, Listed
from mypart_wagtail.moments import format_deadline

SOON = timedelta(days=14)
"""A call that closes within this time after the period is told of once more."""


def newsletter_topic() -> Topic:
    """Calls in which one can apply, or soon will be able to."""
    return Topic(label=_("Calls for offers"), find=_worth_telling)


def _worth_telling(period: Period) -> list[Listed]:
    """Those that close first come first; none that is closed or cancelled, none without a page for all."""
    is_new = Q(created_at__gte=period.since, created_at__lt=period.until)
    closes_soon = Q(intake_from__lte=period.until, ends_at__lte=period.until + SOON)
    calls = Call.objects.announced().with_parts().with_end().filter(site=period.site, cancelled_at=None)
    found = calls.filter(is_new | closes_soon, ends_at__gt=period.until)  # type: ignore[misc]  # annotated
    in_order = list(found.order_by("ends_at", "pk"))  # type: ignore[misc]
    return [_listed(call) for call in with_public_addresses(in_order)]


def _listed(call: Any) -> Listed:
    deadline = Fact(_("Deadline for offers"), format_deadline(call.deadline))
    return Listed(call.heading, call.address, facts=(deadline,))
