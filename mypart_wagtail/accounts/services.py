"""Leaving for good."""

from __future__ import annotations

from typing import Any

from allauth.account.models import EmailAddress
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from mypart_wagtail.organisations.models import Membership
from mypart_wagtail.organisations.services import forget_person, remove_member


@transaction.atomic
def delete_account(actor: Any) -> None:
    """Delete the account of ``actor`` and what is known of the person (art. 17 GDPR).

    Drafts and offers stay with their organisations, without the person's name, and it stays known which legal
    texts were shown. Raises ``ValidationError``
    for the only administrator of an organisation that has other members, ``PermissionDenied`` for people
    with a right to enter the admin, whose accounts the office manages.
    """
    if actor.has_perm("wagtailadmin.access_admin"):
        raise PermissionDenied
    for membership in Membership.objects.filter(user=actor).select_related("organisation"):
        _require_successor(membership)
        remove_member(actor, membership=membership, by_staff=True)
    addresses = {actor.email, *EmailAddress.objects.filter(user=actor).values_list("email", flat=True)}
    forget_person(actor, addresses=addresses - {""})
    actor.delete()


def _has_administrator(memberships: Any) -> bool:
    return memberships.filter(is_administrator=True, user__is_active=True).exists()


def _require_successor(membership: Membership) -> None:
    others = membership.organisation.memberships.exclude(pk=membership.pk)
    if membership.is_administrator and others.exists() and not _has_administrator(others):
        raise ValidationError(
            _("You are the only administrator of “%(name)s”. Make someone else one first."),
            params={"name": membership.organisation},
        )
