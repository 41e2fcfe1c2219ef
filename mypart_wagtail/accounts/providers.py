"""What other apps may ask of accounts; see ``mypart_wagtail.confirmation``."""

from typing import Any

from allauth.account.utils import has_verified_email
from django.urls import reverse
from django.utils.translation import gettext as _


def account_link() -> dict[str, str]:
    """The way to what guards one's account, for the header of every page."""
    return {"title": _("My account"), "url": reverse("account_email")}


def has_confirmed_address(user: Any) -> bool:
    """Whether the link that was mailed to ``user.email`` was followed; one query.

    Another address of theirs proves nothing of this one, by which administrators know them.
    """
    return bool(user.email) and has_verified_email(user, user.email)


def send_confirmation_url() -> str:
    return reverse("mypart_accounts:send_confirmation")
