"""What follows when allauth says that something has happened."""

from typing import Any

from allauth.account.signals import password_reset
from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver

from mypart_wagtail.accounts.addresses import take_as_proved
from mypart_wagtail.accounts.mailed_links import About, forget_mail


@receiver(password_reset, dispatch_uid="mypart_accounts_proved")
def prove_by_new_password(user: Any, **kwargs: Any) -> None:
    """Whoever set a password by a mailed link reads that mailbox."""
    take_as_proved(user)
    forget_mail(About.NEW_PASSWORD, user.email)


@receiver(user_logged_in, dispatch_uid="mypart_accounts_signed_in")
def let_links_be_asked_for(user: Any, **kwargs: Any) -> None:
    """Signing in makes links to a new password worth nothing."""
    forget_mail(About.NEW_PASSWORD, user.email)
