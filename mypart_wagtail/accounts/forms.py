"""Forms of allauth with the package's human check and markup. Named in ``ACCOUNT_FORMS``."""

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.fields import PasswordField, SetPasswordField
from allauth.account.forms import (
    AddEmailForm,
    ChangePasswordForm,
    LoginForm,
    ReauthenticateForm,
    ResetPasswordForm,
    ResetPasswordKeyForm,
    SignupForm,
)
from allauth.account.models import EmailAddress
from allauth.core import context as allauth_context
from django import forms
from django.http import HttpRequest
from django.utils.module_loading import import_string
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from mypart_wagtail.accounts import failures
from mypart_wagtail.accounts.addresses import wait_for_address
from mypart_wagtail.accounts.mailed_links import About, may_mail
from mypart_wagtail.accounts.models import AwaitedConfirmation
from mypart_wagtail.conf import mypart_settings
from mypart_wagtail.human_check import HumanCheckMixin
from mypart_wagtail.languages import remember_language
from mypart_wagtail.organisations.legal import record_texts_shown
from mypart_wagtail.organisations.models import LegalTextShown
from mypart_wagtail.ratelimit import client_key, count, has_room
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


TELLING_RATE = "5/hour"
"""How often one network is told that an address has an account. Then signing up rests there."""
RESTS = _(
    "Many people have signed up from your internet connection, so it rests for a while."
    " What you typed is still here. Please try again in an hour, or from another connection."
)


class SignUpForm(HumanCheckMixin, PlainFormMixin, SignupForm):
    """E-mail and a password. A mistake costs nothing that was typed, the password included."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        request = allauth_context.request
        self._network = client_key(request) if request else ""
        super().__init__(*args, address=self._network, **kwargs)
        # The page is never cached and goes back only to the one who typed it.
        self.fields["password1"].widget.render_value = True

    def validate_unique_email(self, value: str) -> str:
        """That there is such an account is not told here, where robots ask too."""
        try:
            return super().validate_unique_email(value)
        except forms.ValidationError as error:
            if error.code != "email_taken":
                raise
            self.account_already_exists = True
            return value

    def check_person(self) -> None:
        """Tell a person that the address has an account, and the account's owner that somebody asked.

        Whom a mailed link has to prove is told nothing: the mail that goes says it.
        """
        if not has_room("known-account", self._network, rate=TELLING_RATE):
            self.add_error(None, RESTS)
        elif self.account_already_exists:
            email = self.cleaned_data["email"]
            count("known-account", self._network, rate=TELLING_RATE)
            self.add_error("email", get_adapter().validation_error("email_taken"))
            if may_mail(About.KNOWN_ACCOUNT, email):
                get_adapter().send_account_already_exists_mail(email)

    def custom_signup(self, request: HttpRequest, user: Any) -> None:
        super().custom_signup(request, user)
        remember_language(user, get_language())
        record_texts_shown(request, user, LegalTextShown.Place.SIGN_UP)
        if self.needs_link:
            AwaitedConfirmation.objects.get_or_create(user=user)


class SignInForm(PlainFormMixin, LoginForm):
    """No question is asked, but where many passwords for the address were wrong, from wherever.

    Until it is answered no password is tried. Whoever cannot answer it sets a new password by a mailed link.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.is_bound and mypart_settings.CAPTCHA and failures.are_many(self.data.get("login", "")):
            self._ask()

    def _ask(self) -> None:
        question = import_string(mypart_settings.CAPTCHA)()
        question.help_text = _(
            "Many wrong passwords were tried for this e-mail, perhaps by somebody else. So answer this first."
        )
        self.fields["captcha"] = question
        # What was typed before the question came is not typed again.
        self.fields["password"].widget.render_value = True


class AddAddressForm(PlainFormMixin, AddEmailForm):
    """Another e-mail, which takes the place of the present one when its link is followed."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].label = _("New e-mail")

    def save(self, request: HttpRequest) -> EmailAddress:
        return wait_for_address(request, self.user, self.cleaned_data["email"])


class ChangePassword(PlainFormMixin, ChangePasswordForm):
    """For who knows the present password."""


class ForgottenPasswordForm(PlainFormMixin, ResetPasswordForm):
    """Never tells whether there is such an account.

    Nothing is mailed to an address that only waits: it may be mistyped, and so belong to somebody else.
    """

    users: list[Any]

    def save(self, request: HttpRequest, **kwargs: Any) -> str:
        """Mail a link, unless one was mailed a moment ago: that one counts, whoever asked for it."""
        if may_mail(About.NEW_PASSWORD, self.cleaned_data["email"]):
            return super().save(request, **kwargs)
        return self.cleaned_data["email"]

    def clean_email(self) -> str:
        email = super().clean_email()
        self.users = [user for user in self.users if user.email.lower() == email.lower()]
        return email


class NewPasswordForm(PlainFormMixin, ResetPasswordKeyForm):
    """For who has followed the link to a new password."""


class OwnerForm(PlainFormMixin, forms.Form):
    """The password of an account whose address is confirmed where its owner is not signed in."""

    password = PasswordField(label=_("Password"), autocomplete="current-password")

    def __init__(self, *args: Any, request: HttpRequest, user: Any, **kwargs: Any) -> None:
        self.request, self.user = request, user
        super().__init__(*args, **kwargs)

    def clean_password(self) -> str:
        """Counts with wrong passwords at signing in."""
        password = self.cleaned_data["password"]
        adapter = get_adapter(self.request)
        found = adapter.authenticate(self.request, email=self.user.email, password=password)
        if found is None or found.pk != self.user.pk:
            raise forms.ValidationError(_("This is not the password of the account."))
        return password


class FirstPasswordForm(PlainFormMixin, forms.Form):
    """A new password for an account of one's own address, which somebody else may have made."""

    password1 = SetPasswordField(label=_("New password"))

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        password: Any = self.fields["password1"]
        password.user = user


class ConfirmItIsYouForm(PlainFormMixin, ReauthenticateForm):
    """The password again, before what guards the account is changed."""
