"""What other apps may ask of accounts; see ``mypart_wagtail.confirmation``."""

from typing import Any

from allauth.account.utils import has_verified_email
from django.urls import reverse


def has_confirmed_address(user: Any) -> bool:
    """Whether ``user`` has followed the link that was mailed; one query."""
    return has_verified_email(user)


def send_confirmation_url() -> str:
    return reverse("mypart_accounts:send_confirmation")
