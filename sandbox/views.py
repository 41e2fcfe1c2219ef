"""Views of the sandbox's own."""

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect


def admin_login(request: HttpRequest) -> HttpResponse:
    """Stands before Wagtail's sign-in, which knows nothing of the second factor: allauth's is the only one.

    Wagtail also sends people here who are signed in but have no business in the admin. Sent on to sign in,
    they would go round in circles.
    """
    if not request.user.is_authenticated:
        return redirect_to_login(request.GET.get("next", ""))
    if not request.user.has_perm("wagtailadmin.access_admin"):
        raise PermissionDenied
    return redirect("wagtailadmin_home")
