"""Links and words of calls and offers: ``{% load mypart_grants %}``."""

from dataclasses import dataclass
from typing import Any

from django import template
from django.template.context import Context
from django.urls import reverse
from django.utils import timezone

from mypart_wagtail.generator.fields import Words
from mypart_wagtail.grants import facts_in_words
from mypart_wagtail.grants.listing import addresses
from mypart_wagtail.grants.models import Call, CallStatus
from mypart_wagtail.grants.models.call import CALL_STATUS_NAMES
from mypart_wagtail.middleware import arrived_at
from mypart_wagtail.organisations import areas

register = template.Library()


@dataclass(frozen=True)
class Status:
    """The state of a call in words, with the tone of its label."""

    name: Words
    tone: str
    is_open: bool


TONES = {CallStatus.OPEN: "success", CallStatus.UPCOMING: "info", CallStatus.CANCELLED: "error"}


@register.simple_tag(takes_context=True)
def call_status(context: Context, call: Call) -> Status:
    """The state of ``call`` when the request arrived, or now where there is no request."""
    request = context.get("request")
    return status_label(call.status_at(arrived_at(request) if request else timezone.now()))


@register.filter
def status_label(status: CallStatus) -> Status:
    """A state of a call as it is shown."""
    return Status(CALL_STATUS_NAMES[status], TONES.get(status, "plain"), status is CallStatus.OPEN)


@register.simple_tag(takes_context=True)
def call_url(context: Context, call: Call) -> str:
    """The page of ``call``; where it has none that is live, the page on which an offer is begun."""
    address = getattr(call, "address", None)
    if address is None:
        address = addresses([call], context.get("request")).get(call.translation_key, "")
    return address or reverse("mypart_grants:start", args=[call.uuid])


@register.filter
def area_name(point: str) -> str:
    """The statutory name of an area."""
    return areas.area_name(point)


@register.filter
def in_words(value: Any, fact: str) -> str:
    """A fact of a call for people: ``{{ terms.filing|in_words:"filing" }}``."""
    return facts_in_words.in_words(fact, value)


@register.filter
def share(terms: Any, name: str) -> str:
    """A share that the call requires or allows: ``{{ terms|share:"own_contribution_min" }}``."""
    return facts_in_words.share_in_words(terms, name)


@register.filter
def funding(terms: Any) -> str:
    """How much of the costs a grant may cover."""
    return facts_in_words.funding_in_words(terms)
