"""What allauth has no view for, and where ours stand before its own."""

from typing import Any

from allauth.account.decorators import reauthentication_required
from allauth.account.internal.flows.email_verification import send_verification_email_for_user
from allauth.account.stages import LoginStageController
from allauth.account.utils import get_next_redirect_url, perform_login
from allauth.account.views import ConfirmEmailView, EmailView
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from mypart_wagtail.accounts.addresses import (
    is_present,
    present_address,
    set_first_password,
    waiting_addresses,
)
from mypart_wagtail.accounts.forms import RESTS, FirstPasswordForm, OwnerForm, SignUpForm
from mypart_wagtail.accounts.providers import has_confirmed_address
from mypart_wagtail.accounts.services import delete_account
from mypart_wagtail.accounts.stages import ConfirmationStage
from mypart_wagtail.kept_forms import comes_back_to


def page_sign_in(request: HttpRequest) -> HttpResponse:
    """Stands before Wagtail's sign-in for pages, which knows nothing of the second factor."""
    return redirect_to_login(request.GET.get("next", ""))


def admin_sign_in(request: HttpRequest) -> HttpResponse:
    """Stands before Wagtail's sign-in to the admin, which knows nothing of the second factor either.

    Wagtail also sends people here who are signed in but have no business in the admin. Sent on to sign in,
    they would go round in circles.
    """
    if not request.user.is_authenticated:
        return redirect_to_login(request.GET.get("next", ""))
    if not request.user.has_perm("wagtailadmin.access_admin"):
        raise PermissionDenied
    return redirect("wagtailadmin_home")


class AddressView(EmailView):
    """One's address, and the one that waits to take its place."""

    template_name = "account/email_change.html"

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Nothing takes the place of the present address but by the link that was mailed to it."""
        if "action_primary" in request.POST:
            return redirect("account_email")
        return super().post(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.request.user
        return super().get_context_data(
            present=present_address(user), waiting=waiting_addresses(user).first(), **kwargs
        )


@method_decorator(never_cache, name="dispatch")
class ConfirmAddressView(ConfirmEmailView):
    """Where the link in the mail leads.

    Where the owner of the account is not signed in, the link alone proves too little: whoever made the
    account knows its password, and may be somebody else. So it asks for that password, or for a new one.
    """

    def logout_other_user(self, confirmation: Any) -> None:
        """Opening a link signs nobody out."""

    def post(self, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            self.object = self.get_object()
        except Http404:
            self.object = None
            return self.render_to_response(self.get_context_data())
        if self.is_owner_here() or not self.object.email_address.can_set_verified():
            return super().post(*args, **kwargs)
        form = self.first_password_form if "password1" in self.request.POST else self.owner_form
        if form is None or not form.is_valid():
            return self.render_to_response(self.get_context_data(), status=422)
        user = self.object.email_address.user
        if user.is_active:
            with transaction.atomic():
                if "password1" in form.cleaned_data:
                    set_first_password(self.request, user, form.cleaned_data["password1"])
                self.object.confirm(self.request)
        return perform_login(self.request, user, redirect_url=self.get_next_url())

    def is_owner_here(self) -> bool:
        """Whether this browser is signed in to the account, or waits for this link in order to be."""
        owner = self.object.email_address.user_id
        stage = LoginStageController.enter(self.request, ConfirmationStage.key)
        waits = stage is not None and stage.login.user is not None and stage.login.user.pk == owner
        return waits or self.request.user.pk == owner

    @cached_property
    def owner_form(self) -> OwnerForm:
        data = self.request.POST if "password" in self.request.POST else None
        return OwnerForm(data, request=self.request, user=self.object.email_address.user)

    @cached_property
    def first_password_form(self) -> FirstPasswordForm | None:
        """Not for an address that only waits: it may be mistyped, and so belong to somebody else."""
        address = self.object.email_address
        if not is_present(address):
            return None
        data = self.request.POST if "password1" in self.request.POST else None
        return FirstPasswordForm(data, user=address.user)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        if self.object and context["can_confirm"] and not self.is_owner_here():
            context |= {"owner_form": self.owner_form, "first_password_form": self.first_password_form}
        return context


@require_POST
@comes_back_to(lambda: reverse("account_email"))
def send_confirmation(request: HttpRequest) -> HttpResponse:
    """Mail the link that confirms one's address once more; it leads back to ``next``."""
    if has_confirmed_address(request.user):
        messages.success(request, _("Your e-mail is confirmed already."))
    elif not send_verification_email_for_user(request, request.user):
        messages.warning(
            request,
            _(
                "We sent the link a moment ago. Look for it among unwanted mail too."
                " The next one can go in 3 minutes."
            ),
        )
    return redirect(get_next_redirect_url(request) or "account_email")


@never_cache
@login_required
@reauthentication_required
@require_http_methods(["GET", "HEAD", "POST"])
def delete(request: HttpRequest) -> HttpResponse:
    """Delete one's own account, after the password has been typed again."""
    if request.method != "POST":
        return render(request, "account/delete.html")
    user = request.user
    try:
        delete_account(user)
    except ValidationError as error:
        messages.error(request, error.messages[0])
        return redirect("mypart_organisations:mine")
    except PermissionDenied:
        messages.error(request, _("Accounts of the office's staff are deleted by its administrator."))
        return redirect("account_email")
    logout(request)
    messages.success(request, _("Your account is deleted."))
    return redirect("account_login")


@never_cache
def too_many_requests(request: HttpRequest) -> HttpResponse:
    """For ``handler429``: allauth's limits end here. Who signs up gets back what was typed."""
    if request.path != reverse("account_signup"):
        return render(request, "429.html", status=429)
    messages.error(request, RESTS)
    typed = {name: request.POST.get(name, "") for name in ("email", "password1")}
    context = {
        "form": SignUpForm(initial=typed),
        "login_url": reverse("account_login"),
        "redirect_field": _onward(request),
    }
    return render(request, "account/signup.html", context, status=429)


def _onward(request: HttpRequest) -> str:
    """The hidden box that remembers where the person was going."""
    onward = get_next_redirect_url(request)
    return format_html('<input type="hidden" name="next" value="{}">', onward) if onward else ""
