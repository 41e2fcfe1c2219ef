"""What publishing gives to other apps."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.models import Page

from mypart_wagtail.publishing.models import ModerationSettings, OrganisationSpace, Publisher
from mypart_wagtail.publishing.permissions import is_only_publisher, spaces_of, writes_for
from mypart_wagtail.publishing.references import named_in


def links_of_memberships(memberships: list[Any]) -> dict[int, list[dict[str, str]]]:
    """The ways from one's organisations to what one writes for each, and to who may; by membership's key."""
    writing = set(
        Publisher.objects.filter(membership__in=memberships).values_list("membership_id", flat=True)
    )
    return {membership.pk: _links(membership, membership.pk in writing) for membership in memberships}


def _links(membership: Any, writes: bool) -> list[dict[str, str]]:
    links = []
    if membership.is_administrator:
        address = reverse("mypart_publishing:publishers", args=[membership.organisation.uuid])
        links.append({"title": _("Who writes in the portal"), "url": address})
    if writes:
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


def names_foreign_things(user: Any, page: Any) -> bool:
    """Whether ``page``, as ``user`` of an organisation filled it in, names things of others anew.

    What staff, or colleagues of two organisations, have put on the page before stays.
    """
    if user is None or not is_only_publisher(user):
        return False
    before = named_in(page.get_latest_revision_as_object()) if page.pk else set()
    return any(not _may_name(user, model, pk) for model, pk in named_in(page) - before)


def _may_name(user: Any, model: Any, pk: int) -> bool:
    named = model.objects.filter(pk=pk).first()
    if named is None:
        return True
    if not isinstance(named, Page):
        return named.collection_id in {space.collection_id for space in spaces_of(user)}
    return writes_for(user, named) or Page.objects.live().public().filter(pk=named.pk).exists()
