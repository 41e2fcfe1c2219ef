"""Who of an organisation may write in the portal: its administrators decide."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.db import transaction

from mypart_wagtail.organisations.models import Organisation
from mypart_wagtail.organisations.permissions import require_administrator
from mypart_wagtail.publishing.history import Act, log_publisher
from mypart_wagtail.publishing.models import Publisher
from mypart_wagtail.publishing.services.spaces import follow_organisation


@transaction.atomic
def name_publishers(actor: Any, *, organisation: Organisation, members: Collection[int]) -> None:
    """Let those of ``members`` (ids of memberships) write in the portal, and no other of the organisation.

    Raises ``PermissionDenied`` unless ``actor`` is an administrator. Ids of others are ignored.
    """
    require_administrator(actor, organisation)
    for membership in organisation.memberships.select_related("user", "mypart_publisher"):
        is_one = hasattr(membership, "mypart_publisher")
        if membership.pk in members and not is_one:
            Publisher.objects.create(membership=membership, named_by=actor)
            log_publisher(actor, membership, Act.MAY_PUBLISH)
        elif membership.pk not in members and is_one:
            membership.mypart_publisher.delete()
            log_publisher(actor, membership, Act.MAY_NOT_PUBLISH)
    follow_organisation(organisation)
