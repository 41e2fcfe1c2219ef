"""Who belongs to an organisation and what each may do; invitations by e-mail."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import ModelLogEntry as LogEntry

from mypart_wagtail.confirmation import has_confirmed_address
from mypart_wagtail.mail import send_mail_on_commit
from mypart_wagtail.organisations.history import Act, log_membership, log_person
from mypart_wagtail.organisations.models import (
    Invitation,
    JoinRequest,
    JoinStatus,
    Membership,
    Organisation,
)
from mypart_wagtail.organisations.permissions import require_administrator
from mypart_wagtail.organisations.services.telling import tell_of_office

MOST_INVITATIONS = 20
"""How many mails to strangers one person may have sent within a day."""


@transaction.atomic
def invite(
    actor: Any,
    *,
    organisation: Organisation,
    email: str,
    is_signer: bool,
    is_administrator: bool,
    base_url: str,
) -> Invitation:
    """Invite someone by e-mail; an earlier invitation of the same address is taken back.

    ``base_url`` is where the link in the mail leads, without the path. Raises ``ValidationError`` for who
    belongs to the organisation already, beyond ``MOST_INVITATIONS`` a day, and for an ``actor`` whose own
    address is not confirmed: our mail to strangers must have somebody who answers for it.
    """
    require_administrator(actor, organisation)
    if not has_confirmed_address(actor):
        raise ValidationError(_("Confirm your own e-mail first: we sent you a link."))
    _require_few_invitations(actor)
    if organisation.memberships.filter(user__email__iexact=email).exists():
        raise ValidationError(_("%(email)s belongs to the organisation already.") % {"email": email})
    organisation.invitations.open_at(timezone.now()).filter(email__iexact=email).delete()
    flags = {"is_signer": is_signer, "is_administrator": is_administrator}
    invitation = Invitation.objects.create(organisation=organisation, email=email, invited_by=actor, **flags)
    log_person(actor, organisation, Act.INVITED, email, **flags)
    path = reverse("mypart_organisations:invitation", args=[invitation.uuid])
    send_mail_on_commit(
        to=email,
        template="mypart_organisations/mail/invitation",
        context={"invitation": invitation, "actor": actor, "url": f"{base_url}{path}"},
    )
    return invitation


def _require_few_invitations(actor: Any) -> None:
    since = timezone.now() - timedelta(days=1)
    sent = LogEntry.objects.filter(action=Act.INVITED, user=actor, timestamp__gt=since)
    if sent.count() >= MOST_INVITATIONS:
        message = _("You have sent %(most)d invitations within a day. Send the others tomorrow.")
        raise ValidationError(message % {"most": MOST_INVITATIONS})


@transaction.atomic
def revoke_invitation(actor: Any, *, invitation: Invitation) -> None:
    """Take back an invitation nobody has accepted yet: its link works no more."""
    require_administrator(actor, invitation.organisation)
    removed, _kinds = Invitation.objects.filter(pk=invitation.pk, accepted_at=None).delete()
    if removed:
        log_person(actor, invitation.organisation, Act.INVITATION_REVOKED, invitation.email)


@transaction.atomic
def accept_invitation(actor: Any, *, invitation: Invitation) -> Membership:
    """Accept an invitation, once. Raises ``ValidationError`` if it is used, taken back or too old."""
    found = Invitation.objects.select_for_update(of=("self",)).filter(pk=invitation.pk).first()
    now = timezone.now()
    if found is None or not found.is_valid_at(now):
        raise ValidationError(_("This invitation is no longer valid. Ask for a new one."))
    found.accepted_at = now
    found.accepted_by = actor
    found.save(update_fields=["accepted_at", "accepted_by"])
    organisation = found.organisation
    membership, _is_new = Membership.objects.get_or_create(organisation=organisation, user=actor)
    membership.is_signer |= found.is_signer
    membership.is_administrator |= found.is_administrator
    membership.save()
    log_membership(actor, membership, Act.INVITATION_ACCEPTED, **_flags(membership))
    JoinRequest.objects.filter(organisation=organisation, user=actor, status=JoinStatus.PENDING).update(
        status=JoinStatus.ACCEPTED, decided_at=now, decided_by=found.invited_by
    )
    return membership


@transaction.atomic
def add_member(
    actor: Any, *, organisation: Organisation, user: Any, is_signer: bool, is_administrator: bool
) -> Membership:
    """Staff of the city let someone in who has not asked. A waiting request is answered with it."""
    flags = {"is_signer": is_signer, "is_administrator": is_administrator}
    told = list(organisation.administrators().exclude(pk=user.pk))
    membership = Membership(organisation=organisation, user=user, **flags)
    membership.full_clean()
    membership.save()
    JoinRequest.objects.filter(organisation=organisation, user=user, status=JoinStatus.PENDING).update(
        status=JoinStatus.ACCEPTED, decided_at=timezone.now(), decided_by=actor
    )
    log_membership(actor, membership, Act.LET_IN, **flags)
    tell_of_office(told, membership, Act.LET_IN)
    return membership


@transaction.atomic
def change_roles(
    actor: Any, *, membership: Membership, is_signer: bool, is_administrator: bool, by_staff: bool = False
) -> None:
    """Change what a member may do. The last administrator stays one, unless staff of the city decide."""
    organisation = _locked(membership.organisation)
    if not by_staff:
        require_administrator(actor, organisation)
    membership = Membership.objects.select_related("user").get(pk=membership.pk)
    if not is_administrator and not by_staff:
        _require_another_administrator(organisation, membership)
    flags = {"is_signer": is_signer, "is_administrator": is_administrator}
    if flags == _flags(membership):
        return
    if membership.is_administrator and not is_administrator:
        organisation.invitations.filter(invited_by=membership.user, accepted_at=None).delete()
    told = list(organisation.administrators()) if by_staff else []
    membership.is_signer = is_signer
    membership.is_administrator = is_administrator
    membership.save(update_fields=["is_signer", "is_administrator"])
    log_membership(actor, membership, Act.ROLES_CHANGED, **flags)
    tell_of_office(told, membership, Act.ROLES_CHANGED)


@transaction.atomic
def remove_member(actor: Any, *, membership: Membership, by_staff: bool = False) -> None:
    """Remove a member, or leave oneself. What they wrote stays with the organisation."""
    organisation = _locked(membership.organisation)
    if membership.user_id != actor.pk and not by_staff:
        require_administrator(actor, organisation)
    found = Membership.objects.select_related("user").filter(pk=membership.pk).first()
    if found is None:
        return
    # As it is now: another may have made the person an administrator since it was read.
    membership = found
    if not by_staff:
        _require_another_administrator(organisation, membership)
    is_of_staff = by_staff and membership.user_id != actor.pk
    told = list(organisation.administrators()) if is_of_staff else []
    membership.delete()
    # Whoever was let go does not come back by an invitation of their own.
    organisation.invitations.filter(invited_by=membership.user, accepted_at=None).delete()
    log_person(actor, organisation, Act.LEFT, membership.user.email)
    tell_of_office(told, membership, Act.LEFT)


def _flags(membership: Membership) -> dict[str, bool]:
    return {"is_signer": membership.is_signer, "is_administrator": membership.is_administrator}


def _locked(organisation: Organisation) -> Organisation:
    return Organisation.objects.select_for_update().get(pk=organisation.pk)


def _require_another_administrator(organisation: Organisation, membership: Membership) -> None:
    others = Membership.objects.filter(organisation=organisation, is_administrator=True, user__is_active=True)
    if membership.is_administrator and not others.exclude(pk=membership.pk).exists():
        raise ValidationError(_("An organisation needs an administrator. Make someone else one first."))
