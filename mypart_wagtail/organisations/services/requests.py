"""Requests to join a card: asked, answered, and not forgotten."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _
from wagtail.models import Site
from wagtail.permission_policies import ModelPermissionPolicy

from mypart_wagtail.batches import count_done
from mypart_wagtail.languages import language_of
from mypart_wagtail.mail import absolute_url, send_mail_on_commit
from mypart_wagtail.organisations.history import Act, log_person
from mypart_wagtail.organisations.models import JoinRequest, JoinStatus, Membership, Organisation
from mypart_wagtail.organisations.permissions import require_administrator, standing

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
        administrators = organisation.administrators()
        _tell_administrators(request, administrators, base_url, "join_asked")
        if not administrators:
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
    request = JoinRequest.objects.select_for_update(of=("self",)).get(pk=request.pk)
    if request.status != JoinStatus.PENDING:
        return
    request.status = JoinStatus.ACCEPTED if accept else JoinStatus.REFUSED
    request.decided_by = actor
    request.decided_at = timezone.now()
    request.save()
    if accept:
        Membership.objects.get_or_create(
            organisation=organisation, user=request.user, defaults={"is_signer": is_signer}
        )
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
    base_url = _default_base_url()
    _tell_administrators(request, request.organisation.administrators(), base_url, "join_reminder")
    _tell_staff(request, base_url)
    return True


def _tell_administrators(request: JoinRequest, people: Iterable[Any], base_url: str, mail: str) -> None:
    for person in people:
        with translation.override(language_of(person)):
            path = reverse("mypart_organisations:members", args=[request.organisation.uuid])
            _send(mail, person, request, f"{base_url}{path}")


def _tell_staff(request: JoinRequest, base_url: str) -> None:
    """Everyone who may answer requests in the admin."""
    deciders = ModelPermissionPolicy(JoinRequest).users_with_permission("change")
    path = reverse("mypart_admin_join_requests:edit", args=[request.pk])
    for person in deciders.filter(is_active=True).exclude(email=""):
        with translation.override(language_of(person)):
            _send("join_for_staff", person, request, f"{base_url}{path}")


def _send(mail: str, person: Any, request: JoinRequest, url: str) -> None:
    send_mail_on_commit(
        to=person.email,
        template=f"mypart_organisations/mail/{mail}",
        context={"request": request, "url": url},
    )


def _default_base_url() -> str:
    site = Site.objects.filter(is_default_site=True).first()
    return absolute_url(site, "") if site else ""
