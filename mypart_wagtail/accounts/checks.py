"""System checks of accounts; ``docs/reference/checks.md`` lists them all."""

from typing import Any

from django.conf import settings
from django.contrib.admin.sites import AdminSite
from django.contrib.auth.views import LoginView
from django.core.checks import CheckMessage, Error, register
from django.urls import NoReverseMatch, Resolver404, resolve, reverse
from django.utils.module_loading import import_string

from mypart_wagtail.accounts.adapter import AccountAdapter
from mypart_wagtail.human_check import HumanCheckMixin

TAG = "mypart"
VIEWS = "mypart_wagtail.accounts.views"
OTHER_SIGN_INS = {
    "wagtailcore_login": f"{VIEWS}.page_sign_in",
    "wagtailadmin_login": f"{VIEWS}.admin_sign_in",
    "admin:login": "allauth.account.decorators.secure_admin_login",
}
"""Names of sign-in pages that know of no second factor, and what stands before each."""


@register(TAG)
def check_there_is_one_sign_in(**kwargs: Any) -> list[CheckMessage]:
    """Past allauth's page there are neither a second factor nor rate limits nor awaited confirmations."""
    return [
        Error(
            f"At {_address(name)} people sign in with a password alone, past the second factor and limits.",
            hint=f"Put {remedy} before it, as sandbox/urls.py does; see docs/how-to/add-to-a-project.md.",
            id="mypart_accounts.E001",
        )
        for name, remedy in OTHER_SIGN_INS.items()
        if _is_open(_address(name))
    ]


@register(TAG)
def check_sign_up_asks(**kwargs: Any) -> list[CheckMessage]:
    """allauth's own form lets robots in, and shows no legal text."""
    form = _imported(getattr(settings, "ACCOUNT_FORMS", {}).get("signup"))
    if isinstance(form, type) and issubclass(form, HumanCheckMixin):
        return []
    return [
        Error(
            "The form for signing up asks nobody whether they are a robot.",
            hint='Take ACCOUNT_FORMS from sandbox/settings/base.py: "signup" is '
            '"mypart_wagtail.accounts.forms.SignUpForm" or a form made from it.',
            id="mypart_accounts.E002",
        )
    ]


@register(TAG)
def check_adapter(**kwargs: Any) -> list[CheckMessage]:
    """Without ours, confirmations that decide are skipped, and mail is sent while people wait."""
    adapter = _imported(getattr(settings, "ACCOUNT_ADAPTER", None))
    if isinstance(adapter, type) and issubclass(adapter, AccountAdapter):
        return []
    return [
        Error(
            "allauth works without the adapter that waits for confirmations and sends mail by the outbox.",
            hint='Set ACCOUNT_ADAPTER = "mypart_wagtail.accounts.adapter.AccountAdapter", or a class made '
            "from it.",
            id="mypart_accounts.E003",
        )
    ]


@register(TAG)
def check_one_address(**kwargs: Any) -> list[CheckMessage]:
    """An account with several addresses is shown by one of them and confirmed by another."""
    if getattr(settings, "ACCOUNT_CHANGE_EMAIL", False):
        return []
    return [
        Error(
            "An account may have several addresses, and a mistyped one cannot be changed.",
            hint="Set ACCOUNT_CHANGE_EMAIL = True: another address then waits until its link is followed.",
            id="mypart_accounts.E004",
        )
    ]


def _imported(path: Any) -> Any:
    """What ``path`` names; None where it names nothing."""
    try:
        return import_string(path) if path else None
    except ImportError:
        return None


def _address(name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


def _is_open(address: str) -> bool:
    """Whether what answers at ``address`` is a sign-in of Django's or made from it."""
    try:
        view: Any = resolve(address).func
    except Resolver404:
        return False
    is_form = issubclass(getattr(view, "view_class", object), LoginView)
    return is_form or isinstance(getattr(view, "__self__", None), AdminSite)
