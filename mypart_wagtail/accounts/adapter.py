"""How allauth works here. Named in ``ACCOUNT_ADAPTER``."""

from typing import Any
from urllib.parse import urlencode, urlsplit, urlunsplit

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.signals import email_confirmed
from allauth.account.utils import get_next_redirect_url
from allauth.core import context as allauth_context
from django.contrib import messages
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.models import Site

from mypart_wagtail.accounts import failures
from mypart_wagtail.accounts.addresses import is_present
from mypart_wagtail.mail import base_url_of, queue_mail

LINKS = ("activate_url", "password_reset_url", "signup_url")
"""What allauth's mails lead to. It makes them from the visitor's ``Host``."""


class AccountAdapter(DefaultAccountAdapter):
    """Mail through the outbox, confirmation where the question was not answered, staff to the admin."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "too_many_login_attempts": _(
            "Too many wrong passwords came from your connection. Wait a minute and try again, or set a new "
            "password by a link that we send you."
        )
    }

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Queue a mail: a mail server that is away never fails a sign-up, and the mail is tried again."""
        request = allauth_context.request
        everything = {"request": request, "email": email, "site_name": _site_name(request)} | context
        everything |= {name: _on_own_site(request, everything[name]) for name in LINKS if name in everything}
        mail = self.render_mail(template_prefix, email, everything)
        queue_mail(to=email, subject=mail.subject, body=mail.body)

    def get_email_confirmation_url(self, request: HttpRequest, emailconfirmation: Any) -> str:
        """The link in the mail. It leads on to where the person was going when it was asked for."""
        url = super().get_email_confirmation_url(request, emailconfirmation)
        onward = get_next_redirect_url(request)
        return f"{url}?{urlencode({'next': onward})}" if onward else url

    def confirm_email(self, request: HttpRequest, email_address: Any) -> bool:
        """Take ``email_address`` as confirmed. What waited takes the place of all others."""
        if not is_present(email_address):
            return super().confirm_email(request, email_address)
        # allauth would take away what waits beside it, and write to that address, which may be mistyped.
        if not email_address.set_verified():
            return False
        email_address.set_as_primary(conditional=True)
        email_confirmed.send(sender=type(email_address), request=request, email_address=email_address)
        told = {"email": email_address.email}
        self.add_message(request, messages.SUCCESS, "account/messages/email_confirmed.txt", told)
        return True

    def can_delete_email(self, email_address: Any) -> bool:
        """Only what waits can be given up; the address of the account is changed by another one."""
        return not is_present(email_address)

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Refuse to try a password where too many were wrong; see ``failures``.

        In the place of allauth's own counting, which shuts an address for its owner too. Raises
        ``ValidationError``.
        """
        if failures.must_wait(request, _address_in(credentials)):
            raise self.validation_error("too_many_login_attempts")

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        super().authentication_failed(request, **credentials)
        failures.note(request, _address_in(credentials))

    def get_login_stages(self) -> list[str]:
        ours = "mypart_wagtail.accounts.stages.ConfirmationStage"
        theirs = "allauth.account.stages.EmailVerificationStage"
        return [ours if stage == theirs else stage for stage in super().get_login_stages()]

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        if request.user.has_perm("wagtailadmin.access_admin"):
            return reverse("wagtailadmin_home")
        return super().get_login_redirect_url(request)


def _address_in(credentials: dict[str, Any]) -> str:
    return str(credentials.get("email") or credentials.get("username") or "")


def _on_own_site(request: HttpRequest, url: str) -> str:
    """``url`` on the name and port of the site."""
    parts = urlsplit(url)
    return base_url_of(request) + urlunsplit(("", "", parts.path, parts.query, ""))


def _site_name(request: HttpRequest) -> str:
    """How mails are signed: the name editors gave the site, else its host."""
    site = Site.find_for_request(request)
    return site.site_name or site.hostname if site else request.get_host()
