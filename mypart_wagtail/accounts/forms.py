"""Forms of allauth with the package's human check and markup. Named in ``ACCOUNT_FORMS``."""

from typing import Any

from allauth.account.forms import (
    AddEmailForm,
    ChangePasswordForm,
    LoginForm,
    ReauthenticateForm,
    ResetPasswordForm,
    ResetPasswordKeyForm,
    SignupForm,
)
from allauth.core import context as allauth_context
from django.http import HttpRequest
from django.utils.translation import get_language

from mypart_wagtail.accounts.models import AwaitedConfirmation
from mypart_wagtail.human_check import HumanCheckMixin
from mypart_wagtail.languages import remember_language
from mypart_wagtail.organisations.legal import record_texts_shown
from mypart_wagtail.organisations.models import LegalTextShown
from mypart_wagtail.ratelimit import client_key
from mypart_wagtail.rendering import AccessibleFormMixin


class PlainFormMixin(AccessibleFormMixin):
    """The package's markup, without what allauth puts into and under its boxes."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():  # type: ignore[attr-defined]
            # Labels are always visible; a placeholder would repeat them in grey and vanish while one types.
            field.widget.attrs.pop("placeholder", None)
            if name in ("password", "oldpassword"):
                # The link to a forgotten password stands below the form, not read with every focus.
                field.help_text = ""


class SignUpForm(HumanCheckMixin, PlainFormMixin, SignupForm):
    """E-mail and a password. A mistake costs nothing that was typed, the password included."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        request = allauth_context.request
        super().__init__(*args, address=client_key(request) if request else "", **kwargs)
        # The page is never cached and goes back only to the one who typed it.
        self.fields["password1"].widget.render_value = True

    def custom_signup(self, request: HttpRequest, user: Any) -> None:
        super().custom_signup(request, user)
        remember_language(user, get_language())
        record_texts_shown(request, user, LegalTextShown.Place.SIGN_UP)
        if self.needs_link:
            AwaitedConfirmation.objects.get_or_create(user=user)


class SignInForm(PlainFormMixin, LoginForm):
    """No question is ever asked here."""


class AddAddressForm(PlainFormMixin, AddEmailForm):
    """One more e-mail of the same person."""


class ChangePassword(PlainFormMixin, ChangePasswordForm):
    """For who knows the present password."""


class ForgottenPasswordForm(PlainFormMixin, ResetPasswordForm):
    """Never tells whether there is such an account."""


class NewPasswordForm(PlainFormMixin, ResetPasswordKeyForm):
    """For who has followed the link to a new password."""


class ConfirmItIsYouForm(PlainFormMixin, ReauthenticateForm):
    """The password again, before what guards the account is changed."""
