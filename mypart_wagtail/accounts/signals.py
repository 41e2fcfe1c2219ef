"""What follows when allauth says that something has happened."""

from typing import Any

from allauth.account.signals import password_reset
from django.dispatch import receiver

from mypart_wagtail.accounts.addresses import take_as_proved


@receiver(password_reset, dispatch_uid="mypart_accounts_proved")
def prove_by_new_password(user: Any, **kwargs: Any) -> None:
    """Whoever set a password by a mailed link reads that mailbox."""
    take_as_proved(user)
