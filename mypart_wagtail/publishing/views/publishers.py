"""Who of an organisation may write in the portal."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from wagtail.models import Site

from mypart_wagtail.organisations.models import Organisation
from mypart_wagtail.organisations.views.access import administrator_view
from mypart_wagtail.publishing.providers import promise
from mypart_wagtail.publishing.services import name_publishers
from mypart_wagtail.text import number


@require_http_methods(["GET", "HEAD", "POST"])
@administrator_view
def publishers(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """Administrators of the card choose among its members."""
    if request.method == "POST":
        members = [number(each) for each in request.POST.getlist("member")]
        name_publishers(request.user, organisation=organisation, members=members)
        messages.success(request, _("Saved."))
        return redirect("mypart_organisations:mine")
    site = Site.find_for_request(request)
    context = {
        "organisation": organisation,
        "is_listed": organisation.directory_entries.filter(site=site).exists(),
        "memberships": organisation.memberships.select_related("user", "mypart_publisher").order_by(
            "user__last_name", "pk"
        ),
        "promise": promise(site),
    }
    return render(request, "mypart_publishing/publishers.html", context)
