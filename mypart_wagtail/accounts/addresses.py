"""The address of an account, and the one that waits beside it until its own link is followed."""

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.models import EmailAddress
from django.apps import apps
from django.db import transaction
from django.db.models import QuerySet


def present_address(user: Any) -> EmailAddress | None:
    """The record of ``user.email``, by which others know the account; it may be unconfirmed."""
    return EmailAddress.objects.filter(user_id=user.pk, email=user.email.lower()).first()


def waiting_addresses(user: Any) -> QuerySet[EmailAddress]:
    """What may take the place of ``user.email``: one at most, made by ``wait_for_address``."""
    return EmailAddress.objects.filter(user_id=user.pk, verified=False).exclude(email=user.email.lower())


def is_present(address: EmailAddress) -> bool:
    """Whether the account is known by ``address``; otherwise it only waits to be."""
    return address.email == address.user.email.lower()


@transaction.atomic
def wait_for_address(request: Any, user: Any, email: str) -> EmailAddress:
    """Mail a link to ``email``, which takes the place of the present address when the link is followed.

    What waited before gives way, so that a mistyped address can be mended.
    """
    waiting_addresses(user).delete()
    return EmailAddress.objects.add_email(request, user, email, confirm=True)


@transaction.atomic
def take_as_proved(user: Any) -> None:
    """Note that ``user.email`` is theirs, since a password was set by a link that was mailed there.

    The first time, what somebody else may have set up before goes: second factors and what waits. Later a
    second factor stays: a stolen mailbox must not beat it.
    """
    mine = EmailAddress.objects.select_for_update().filter(user=user)
    # Accounts that staff have made have no record of their address until it is asked for.
    present, _is_new = mine.get_or_create(email=user.email.lower(), defaults={"user": user})
    if present.verified or not present.set_verified():
        return
    present.set_as_primary(conditional=True)
    waiting_addresses(user).delete()
    if apps.is_installed("allauth.mfa"):
        apps.get_model("mfa", "Authenticator").objects.filter(user_id=user.pk).delete()


@transaction.atomic
def set_first_password(request: Any, user: Any, password: str) -> None:
    """Give the account to whoever reads the mailbox of its address; it ends all sessions."""
    adapter = get_adapter(request)
    adapter.set_password(user, password)
    take_as_proved(user)
    adapter.send_notification_mail("account/email/password_reset", user)
