"""What allauth has no view for."""

from allauth.account.decorators import reauthentication_required
from allauth.account.internal.flows.email_verification import send_verification_email_for_user
from allauth.account.utils import get_next_redirect_url
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from mypart_wagtail.accounts.forms import SignUpForm
from mypart_wagtail.accounts.providers import has_confirmed_address
from mypart_wagtail.accounts.services import delete_account
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
    messages.error(
        request,
        _(
            "Many people have signed up from your internet connection, so it rests for a while."
            " What you typed is still here. Please try again in an hour, or from another connection."
        ),
    )
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
