"""Requests to join a card: asked, answered, and not forgotten."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mypart_wagtail.batches import count_done
from mypart_wagtail.languages import language_of
from mypart_wagtail.mail import send_mail_on_commit
from mypart_wagtail.organisations.history import Act, log_person
from mypart_wagtail.organisations.models import JoinRequest, JoinStatus, Membership, Organisation
from mypart_wagtail.organisations.permissions import require_administrator, standing
from mypart_wagtail.organisations.services.telling import deciders, default_base_url, tell, tell_of_office

REMINDED_AFTER = timedelta(days=7)
"""How long a card's administrators have before they are reminded and the city's staff is asked to decide."""

ASKED_AGAIN_AFTER = timedelta(days=1)
"""How long a refusal stands before the same person may ask again."""


@transaction.atomic
def ask_to_join(
    actor: Any, *, organisation: Organisation, message: str = "", base_url: str = ""
) -> JoinRequest:
    """Ask the administrators of a card to let one in. Asking twice is the same as once.

    A card without an active administrator is the city's staff's to decide, so they are told at once.
    """
    if standing(actor, organisation).is_member:
        raise ValidationError(_("You already belong to this organisation."))
    if _was_refused_lately(actor, organisation):
        raise ValidationError(
            _("Your request was refused a short while ago. Talk to the organisation first.")
        )
    request, is_new = JoinRequest.objects.get_or_create(
        organisation=organisation,
        user=actor,
        status=JoinStatus.PENDING,
        defaults={"message": message},
    )
    if is_new:
        log_person(actor, organisation, Act.ASKED, actor.email)
        _tell_administrators(request, base_url, "join_asked")
        if not organisation.administrators().exists():
            _tell_staff(request, base_url)
    return request


@transaction.atomic
def ask_office(
    actor: Any, *, organisation: Organisation, message: str = "", base_url: str = ""
) -> JoinRequest:
    """Ask the city's staff to decide, once, after the administrators of the card have refused.

    Somebody else may have made the card. Raises ``ValidationError`` for who was not refused, and for who was
    refused by the office.
    """
    refused = JoinRequest.objects.refused_only(actor).filter(organisation=organisation).first()
    if refused is None:
        raise ValidationError(_("Ask the administrators of the card first."))
    if organisation.join_requests.filter(user=actor, is_for_office=True).exists():
        raise ValidationError(_("The office has decided on your request already."))
    request = JoinRequest.objects.create(
        organisation=organisation, user=actor, message=message, is_for_office=True
    )
    log_person(actor, organisation, Act.ASKED, actor.email)
    _tell_staff(request, base_url)
    return request


def _was_refused_lately(actor: Any, organisation: Organisation) -> bool:
    refused = JoinRequest.objects.filter(organisation=organisation, user=actor, status=JoinStatus.REFUSED)
    return refused.filter(decided_at__gt=timezone.now() - ASKED_AGAIN_AFTER).exists()


@transaction.atomic
def decide_join_request(
    actor: Any, *, request: JoinRequest, accept: bool, is_signer: bool = False, by_staff: bool = False
) -> None:
    """Accept or refuse. Administrators of the card decide, or staff of the city (``by_staff``)."""
    organisation = request.organisation
    if not by_staff:
        require_administrator(actor, organisation)
        if request.is_for_office:
            raise PermissionDenied
    request = JoinRequest.objects.select_for_update(of=("self",)).get(pk=request.pk)
    if request.status != JoinStatus.PENDING:
        return
    request.status = JoinStatus.ACCEPTED if accept else JoinStatus.REFUSED
    request.decided_by = actor
    request.decided_at = timezone.now()
    request.save()
    if accept:
        membership, _is_new = Membership.objects.get_or_create(
            organisation=organisation, user=request.user, defaults={"is_signer": is_signer}
        )
        if by_staff:
            others = organisation.administrators().exclude(pk=request.user_id)
            tell_of_office(list(others), membership, Act.LET_IN)
    act = Act.LET_IN if accept else Act.REFUSED
    log_person(actor, organisation, act, request.user.email, is_signer=accept and is_signer)
    send_mail_on_commit(
        to=request.user.email,
        template="mypart_organisations/mail/join_decided",
        context={"request": request, "is_accepted": accept, "is_signer": is_signer, "by_staff": by_staff},
        language=language_of(request.user),
    )


def remind_of_requests(*, at: datetime) -> int:
    """Remind of requests unanswered for seven days at ``at``, once each; gives their number.

    The card's administrators are asked again, and the city's staff is asked to decide.
    """
    due = JoinRequest.objects.filter(
        status=JoinStatus.PENDING, reminded_at=None, asked_at__lte=at - REMINDED_AFTER
    )
    return count_done(_remind, ((pk, at) for pk in due.order_by("pk").values_list("pk", flat=True)))


@transaction.atomic
def _remind(pk: int, at: datetime) -> bool:
    request = (
        JoinRequest.objects.select_related("organisation", "user")
        .select_for_update(of=("self",))
        .filter(pk=pk, status=JoinStatus.PENDING, reminded_at=None)
        .first()
    )
    if request is None:
        return False
    request.reminded_at = at
    request.save(update_fields=["reminded_at"])
    base_url = default_base_url()
    _tell_administrators(request, base_url, "join_reminder")
    _tell_staff(request, base_url)
    return True


def _tell_administrators(request: JoinRequest, base_url: str, mail: str) -> None:
    if request.is_for_office:
        return
    people = request.organisation.administrators()
    uuid = request.organisation.uuid
    tell(
        people,
        mail,
        url=lambda: base_url + reverse("mypart_organisations:members", args=[uuid]),
        request=request,
    )


def _tell_staff(request: JoinRequest, base_url: str) -> None:
    tell(
        deciders(),
        "join_for_staff",
        url=lambda: base_url + reverse("mypart_admin_join_requests:edit", args=[request.pk]),
        request=request,
    )
