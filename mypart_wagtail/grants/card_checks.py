"""Checks of the organisation's card, which an offer takes its facts from: whether it can be signed."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from mypart_wagtail.generator.rules import Failure, Severity
from mypart_wagtail.generator.screens import section_url
from mypart_wagtail.grants.models import Application
from mypart_wagtail.grants.offer_template import OfferTemplate
from mypart_wagtail.organisations.permissions import standing


def card_failures(application: Application, template: OfferTemplate) -> list[Failure]:
    """What keeps the offer from being signed: nobody who represents the organisation, or too few."""
    card = application.organisation
    named, required = card.representatives.count(), card.signatures_required
    if not named:
        message = _("The organisation's card names nobody who represents it. Add them to the card.")
        return [Failure(template.known_section, "", message)]
    if named >= required:
        return []
    message = ngettext_lazy(
        "By the card %(required)d person signs, but it names %(named)d. Is that right?",
        "By the card %(required)d people sign together, but it names %(named)d. Is that right?",
        required,
    )
    told = message % {"required": required, "named": named}
    return [Failure(template.known_section, "", told, severity=Severity.WARNING)]


def card_url(user: Any, application: Application, template: OfferTemplate) -> str:
    """Where the card is changed; for those who may not, where the form shows it and says who may."""
    if standing(user, application.organisation).is_administrator:
        return reverse("mypart_organisations:change", args=[application.organisation.uuid])
    return section_url(application.document, template.section(template.known_section))
