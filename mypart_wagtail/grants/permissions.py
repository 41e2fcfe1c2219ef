"""Who may do what with an application. Every view and service of applications asks here."""

from __future__ import annotations

from typing import Any

from mypart_wagtail.confirmation import has_confirmed_address
from mypart_wagtail.grants.models import Application
from mypart_wagtail.organisations.permissions import standing


def may_start(user: Any, organisation: Any) -> bool:
    """Whether ``user`` may begin an offer of ``organisation``.

    So may those whose request to join is unanswered, so that nobody is locked out on the last evening.
    """
    return standing(user, organisation).may_fill_in


def may_view(user: Any, application: Application) -> bool:
    """Whether ``user`` may open it: one's own always, others' only as a member of the organisation."""
    if not user.is_authenticated:
        return False
    where = standing(user, application.organisation_id)
    return where.is_member or (where.has_asked and application.document.created_by_id == user.pk)


def may_edit(user: Any, application: Application) -> bool:
    """Everyone who may open an application may fill it in."""
    return may_view(user, application)


def may_submit(user: Any, application: Application) -> bool:
    """Whether the call lets ``user`` submit: signers always, others where it allows confirming later.

    What a signer has submitted or confirmed only a signer replaces.
    """
    if not may_edit(user, application):
        return False
    if may_sign(user, application):
        return True
    return application.call.terms.anyone_may_submit and not is_authorised(application)


def is_authorised(application: Application) -> bool:
    """Whether a signer has submitted or confirmed the version in force."""
    return application.authorisation in (
        Application.Authorisation.SIGNER,
        Application.Authorisation.CONFIRMED,
    )


def may_withdraw(user: Any, application: Application) -> bool:
    """Signers always; others only what they may submit and no signer has submitted or confirmed yet."""
    is_waiting = application.authorisation == Application.Authorisation.TO_BE_CONFIRMED
    return may_sign(user, application) or (is_waiting and may_submit(user, application))


def may_sign(user: Any, application: Application) -> bool:
    """Whether ``user`` is a signer, and the person one says one is: with a confirmed e-mail address."""
    return standing(user, application.organisation).is_signer and has_confirmed_address(user)


def authorisation_of(user: Any, application: Application) -> str:
    """By what right ``user`` submits."""
    if may_sign(user, application):
        return Application.Authorisation.SIGNER
    return Application.Authorisation.TO_BE_CONFIRMED


def may_read_submitted(user: Any, application: Application, at: Any) -> bool:
    """Whether staff may read what was submitted: once the call is settled, or at once if the call says so.

    While it is settled nobody reads anything: what comes then must not be told from what was there.
    """
    if not user.has_perm("mypart_grants.view_application"):
        return False
    # Both as it was when it was submitted and as the call says now: the seal opens for nobody afterwards.
    is_open = (
        application.terms.staff_open_before_deadline and application.call.terms.staff_open_before_deadline
    )
    is_open = is_open and not application.call.is_settling(at)
    return is_open or at >= application.call.unsealed_at
