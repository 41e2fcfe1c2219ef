"""Where a person stands with an organisation. Every permission on its things follows from this."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied

from mypart_wagtail.organisations.models import JoinRequest, JoinStatus, Membership, Organisation


@dataclass(frozen=True)
class Standing:
    """``has_asked``: waits for an answer, may fill in offers of one's own, seeing no others."""

    is_member: bool = False
    is_signer: bool = False
    is_administrator: bool = False
    has_asked: bool = False

    @property
    def may_fill_in(self) -> bool:
        return self.is_member or self.has_asked


def standing(user: Any, organisation: Organisation | int) -> Standing:
    """Where ``user`` stands with ``organisation``, given itself or by its id.

    One query for members, two for others.
    """
    if not user.is_authenticated:
        return Standing()
    membership = Membership.objects.filter(user=user, organisation=organisation).first()
    if membership is not None:
        return Standing(True, membership.is_signer, membership.is_administrator)
    has_asked = JoinRequest.objects.filter(
        user=user, organisation=organisation, status=JoinStatus.PENDING
    ).exists()
    return Standing(has_asked=has_asked)


def require_member(user: Any, organisation: Organisation) -> None:
    """Raises ``PermissionDenied`` unless ``user`` belongs to the organisation."""
    if not standing(user, organisation).is_member:
        raise PermissionDenied


def require_administrator(user: Any, organisation: Organisation) -> None:
    """Raises ``PermissionDenied`` unless ``user`` manages the card and its people."""
    if not standing(user, organisation).is_administrator:
        raise PermissionDenied
