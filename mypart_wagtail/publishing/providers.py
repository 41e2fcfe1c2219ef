"""What publishing gives to other apps."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from mypart_wagtail.publishing.models import ModerationSettings, OrganisationSpace, Publisher


def links_of_member(membership: Any) -> list[dict[str, str]]:
    """The ways from one's organisations to what one writes for one of them, and to who may."""
    links = []
    if membership.is_administrator:
        address = reverse("mypart_publishing:publishers", args=[membership.organisation.uuid])
        links.append({"title": _("Who writes in the portal"), "url": address})
    if Publisher.objects.filter(membership=membership).exists():
        links.append({"title": _("Write in the portal"), "url": reverse("wagtailadmin_home")})
    return links


def collection_of(organisation: Any, site: Any) -> Any:
    """Where pictures and files of ``organisation`` lie on ``site``; None while nobody publishes for it."""
    space = OrganisationSpace.objects.filter(organisation=organisation, site=site).first()
    return space.collection if space else None


def promise(site: Any) -> dict[str, Any]:
    """What authors are promised and asked: ``{"days": int, "rules": HTML or ""}``."""
    settings = ModerationSettings.for_site(site)
    return {"days": settings.term_days, "rules": settings.house_rules}
