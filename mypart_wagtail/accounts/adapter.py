"""How allauth works here. Named in ``ACCOUNT_ADAPTER``."""

from typing import Any
from urllib.parse import urlencode

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.utils import get_next_redirect_url
from allauth.core import context as allauth_context
from django.contrib.sites.shortcuts import get_current_site
from django.http import HttpRequest
from django.urls import reverse
from wagtail.models import Site

from mypart_wagtail.mail import queue_mail


class AccountAdapter(DefaultAccountAdapter):
    """Mail through the outbox, confirmation where the question was not answered, staff to the admin."""

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Queue a mail: a mail server that is away never fails a sign-up, and the mail is tried again."""
        request = allauth_context.request
        everything = {
            "request": request,
            "email": email,
            "current_site": get_current_site(request),
            "site_name": _site_name(request),
        } | context
        mail = self.render_mail(template_prefix, email, everything)
        queue_mail(to=email, subject=mail.subject, body=mail.body)

    def get_email_confirmation_url(self, request: HttpRequest, emailconfirmation: Any) -> str:
        """The link in the mail. It leads on to where the person was going when it was asked for."""
        url = super().get_email_confirmation_url(request, emailconfirmation)
        onward = get_next_redirect_url(request)
        return f"{url}?{urlencode({'next': onward})}" if onward else url

    def get_login_stages(self) -> list[str]:
        ours = "mypart_wagtail.accounts.stages.ConfirmationStage"
        theirs = "allauth.account.stages.EmailVerificationStage"
        return [ours if stage == theirs else stage for stage in super().get_login_stages()]

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        if request.user.has_perm("wagtailadmin.access_admin"):
            return reverse("wagtailadmin_home")
        return super().get_login_redirect_url(request)


def _site_name(request: HttpRequest) -> str:
    """How mails are signed: the name editors gave the site, else its host."""
    site = Site.find_for_request(request)
    return site.site_name or site.hostname if site else request.get_host()
