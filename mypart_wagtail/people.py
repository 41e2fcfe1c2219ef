"""What people are called, on pages and in mails."""

from typing import Any

from django.utils.translation import gettext as _


def name_of(user: Any) -> str:
    """The full name of ``user``, else the e-mail address; a word for someone whose account is gone (None)."""
    if user is None:
        return _("Someone whose account is gone")
    return user.get_full_name() or user.email or user.get_username()
