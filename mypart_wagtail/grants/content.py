"""What a submission freezes: the content of a snapshot, the same for the offer, its PDF and its page."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from django.utils import translation

from mypart_wagtail.generator.filled import FilledForm
from mypart_wagtail.grants.models import Application
from mypart_wagtail.organisations.card import card_snapshot, public_part
from mypart_wagtail.organisations.permissions import standing

FORMAT = "mypart-offer/1"


def offer_content(
    application: Application,
    form: FilledForm,
    *,
    number: str = "",
    submission: int | None = None,
    submitted_at: datetime | None = None,
    authorisation: str = "",
) -> dict[str, Any]:
    """The whole offer as plain JSON: call, organisation, answers and sums, as they are at this moment.

    It is in the language of the form's law, whoever submits it. Sums are strings such as ``"123.45"``;
    times are UTC in ISO 8601. Without a number it is a draft. Who represents the organisation is left out
    while whoever began the offer has only asked to join: it can be read by them.
    """
    call = application.call
    with translation.override(form.template.language):
        card = card_snapshot(application.organisation)
    if application.is_by_outsider:
        card["representatives"] = []
    return {
        "format": FORMAT,
        "template": {"id": form.template.id, "revision": form.template.revision},
        "document": str(application.document.uuid),
        "number": number,
        "submission": submission,
        "submitted_at": utc(submitted_at) if submitted_at else None,
        "authorisation": authorisation,
        "call": {
            "uuid": str(call.uuid),
            "version": call.version_in_force.number,
            "facts": call.version_in_force.facts,
        },
        "authority": call.authority.name,
        "organisation": card,
        "data": form.answers(),
        "computed": {
            address: plain_amount(value) for address, value in form.computed.items() if value is not None
        },
    }


def as_told_to(user: Any, application: Application, content: dict[str, Any]) -> dict[str, Any]:
    """``content`` as ``user`` may read it before submission: the card is shown to members only.

    Whoever waits to be let in reads what any register tells: the name and the number.
    """
    if standing(user, application.organisation_id).is_member:
        return content
    return content | {"organisation": public_part(content["organisation"])}


def utc(at: datetime) -> str:
    """``at`` as ``2026-11-23T14:30:00.000000Z``."""
    return at.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def plain_amount(value: Decimal) -> str:
    return format(value, "f")
