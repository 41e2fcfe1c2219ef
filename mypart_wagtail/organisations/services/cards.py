"""Writing the card of an organisation."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from mypart_wagtail.organisations.card import card_version
from mypart_wagtail.organisations.history import field_name, log_card
from mypart_wagtail.organisations.models import Membership, Organisation, Representative
from mypart_wagtail.organisations.permissions import require_administrator
from mypart_wagtail.organisations.same_numbers import NUMBERS, sharing
from mypart_wagtail.organisations.services.telling import deciders, default_base_url, tell


class CardChangedMeanwhile(Exception):
    """Somebody has changed the card since the person opened it. Says what stands there now."""

    def __init__(self, organisation: Organisation, facts: dict[str, Any]) -> None:
        self.version = card_version(organisation)
        differing = [name for name, value in facts.items() if getattr(organisation, name) != value]
        now = "; ".join(f"{field_name(name)}: {getattr(organisation, name) or '–'}" for name in differing)
        message = _(
            "Somebody else has changed the card meanwhile. It says now: %(now)s. Save again to replace it."
        )
        super().__init__(message % {"now": now or "–"})


@transaction.atomic
def create_organisation(
    actor: Any,
    *,
    facts: dict[str, Any],
    representatives: list[dict[str, str]],
    is_signer: bool = False,
    by_staff: bool = False,
) -> Organisation:
    """A new card with ``actor`` as its first administrator, and a signer if ``is_signer``.

    Staff of the city (``by_staff``) who make a card do not belong to the organisation.
    """
    organisation = Organisation(**facts)
    organisation.full_clean()
    organisation.save()
    _write_representatives(organisation, representatives)
    if not by_staff:
        Membership.objects.create(
            organisation=organisation, user=actor, is_administrator=True, is_signer=is_signer
        )
    log(organisation, "wagtail.create", user=actor)
    if not by_staff:
        _tell_of_shared_numbers(actor, organisation)
    return organisation


@transaction.atomic
def change_card(
    actor: Any,
    *,
    organisation: Organisation,
    facts: dict[str, Any],
    representatives: list[dict[str, str]],
    by_staff: bool = False,
    seen: str = "",
) -> None:
    """Change the card. Offers already submitted keep the facts they were submitted with.

    ``seen`` is the version of the card that the person looked at, if there was one. Raises
    ``CardChangedMeanwhile`` where another has changed it since: nobody overwrites what they did not see.
    """
    if not by_staff:
        require_administrator(actor, organisation)
    organisation = Organisation.objects.select_for_update().get(pk=organisation.pk)
    if seen and seen != card_version(organisation):
        raise CardChangedMeanwhile(organisation, facts)
    changed = [name for name, value in facts.items() if getattr(organisation, name) != value]
    for name, value in facts.items():
        setattr(organisation, name, value)
    organisation.full_clean()
    organisation.save()
    if representatives != list(organisation.representatives.values("name", "function")):
        _write_representatives(organisation, representatives)
        changed.append("representatives")
    if changed:
        log_card(actor, organisation, changed)
    if not by_staff and {*NUMBERS, "register_kind", "branch"}.intersection(changed):
        _tell_of_shared_numbers(actor, organisation)


def _tell_of_shared_numbers(actor: Any, organisation: Organisation) -> None:
    """A branch may share its numbers with others; whether it is one, the city's staff can find out."""
    others = sharing(organisation)
    if others:
        tell(
            deciders(),
            "shared_numbers",
            url=lambda: (
                default_base_url() + reverse("mypart_admin_organisations:inspect", args=[organisation.pk])
            ),
            organisation=organisation,
            others=others,
            actor=actor,
        )


def _write_representatives(organisation: Organisation, people: list[dict[str, str]]) -> None:
    organisation.representatives.all().delete()
    Representative.objects.bulk_create(
        Representative(organisation=organisation, position=position, **person)
        for position, person in enumerate(people)
    )
