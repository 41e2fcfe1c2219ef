"""People of an organisation: roles, requests to join, invitations."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mypart_wagtail.confirmation import has_confirmed_address
from mypart_wagtail.kept_forms import comes_back_to, typed
from mypart_wagtail.mail import base_url_of
from mypart_wagtail.organisations import services
from mypart_wagtail.organisations.forms import InvitationForm, RolesForm
from mypart_wagtail.organisations.models import Invitation, JoinStatus, Membership, Organisation
from mypart_wagtail.organisations.views.access import administrator_view, member_view
from mypart_wagtail.text import number


@require_safe
@member_view
def members(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """Who belongs to the organisation; administrators also see requests and invitations."""
    return _page(request, organisation, InvitationForm(typed(request)))


def _members_url(uuid: UUID, **kwargs: Any) -> str:
    return reverse("mypart_organisations:members", args=[uuid])


def _page(
    request: HttpRequest, organisation: Organisation, invitation_form: InvitationForm, status: int = 200
) -> HttpResponse:
    memberships = organisation.memberships.select_related("user").order_by("user__last_name", "pk")
    own = next(each for each in memberships if each.user_id == request.user.pk)
    context = {
        "organisation": organisation,
        "own": own,
        "memberships": [(each, _roles_form(each)) for each in memberships],
        "requests": [(asked, has_confirmed_address(asked.user)) for asked in _waiting(organisation)],
        "invitations": organisation.invitations.open_at(timezone.now()),
        "form": invitation_form,
    }
    return render(request, "mypart_organisations/members.html", context, status=status)


def _waiting(organisation: Organisation) -> Any:
    """What the administrators answer; what the office was asked to decide is not theirs any more."""
    waiting = organisation.join_requests.filter(status=JoinStatus.PENDING, is_for_office=False)
    return waiting.select_related("user")


def _roles_form(membership: Membership) -> RolesForm:
    initial = {"is_signer": membership.is_signer, "is_administrator": membership.is_administrator}
    return RolesForm(initial=initial, prefix=f"member-{membership.pk}")


@require_POST
@comes_back_to(_members_url)
@administrator_view
def invite(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    form = InvitationForm(request.POST)
    if not form.is_valid():
        return _page(request, organisation, form, status=422)
    try:
        services.invite(
            request.user,
            organisation=organisation,
            base_url=base_url_of(request),
            **form.cleaned_data,
        )
    except ValidationError as error:
        form.add_error("email", error)
        return _page(request, organisation, form, status=422)
    messages.success(request, _("The invitation is on its way."))
    return redirect("mypart_organisations:members", uuid=organisation.uuid)


@require_POST
@comes_back_to(_members_url)
@administrator_view
def revoke(request: HttpRequest, organisation: Organisation, invitation_uuid: UUID) -> HttpResponse:
    """Take back an invitation that nobody has accepted yet."""
    found = get_object_or_404(organisation.invitations.open_at(timezone.now()), uuid=invitation_uuid)
    services.revoke_invitation(request.user, invitation=found)
    messages.success(request, _("The invitation is taken back: its link works no more."))
    return redirect("mypart_organisations:members", uuid=organisation.uuid)


@require_POST
@comes_back_to(_members_url)
@administrator_view
def decide(request: HttpRequest, organisation: Organisation, request_uuid: UUID) -> HttpResponse:
    """Accept or refuse a request to join."""
    asked = get_object_or_404(organisation.join_requests, uuid=request_uuid)
    services.decide_join_request(
        request.user,
        request=asked,
        accept=request.POST.get("decision") == "accept",
        is_signer="is_signer" in request.POST,
    )
    return redirect("mypart_organisations:members", uuid=organisation.uuid)


@require_POST
@comes_back_to(_members_url)
@member_view
def change_member(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """Change someone's roles, remove them, or leave. The member is named in the body."""
    memberships = organisation.memberships.select_related("organisation")
    membership = get_object_or_404(memberships, pk=number(request.POST.get("member", "")))
    try:
        if "remove" in request.POST:
            services.remove_member(request.user, membership=membership)
        else:
            form = RolesForm(request.POST, prefix=f"member-{membership.pk}")
            form.is_valid()
            services.change_roles(request.user, membership=membership, **form.cleaned_data)
    except ValidationError as error:
        messages.error(request, error.messages[0])
    if membership.user_id == request.user.pk and "remove" in request.POST:
        return redirect("mypart_organisations:mine")
    return redirect("mypart_organisations:members", uuid=organisation.uuid)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Accept an invitation. One that was taken back looks like one that is used up."""
    found = Invitation.objects.select_related("organisation").filter(uuid=uuid).first()
    if found is None:
        return render(request, "mypart_organisations/invitation.html", {"is_valid": False})
    if request.method == "POST":
        try:
            services.accept_invitation(request.user, invitation=found)
        except ValidationError as error:
            messages.error(request, error.messages[0])
        else:
            messages.success(request, _("You belong to the organisation now."))
        return redirect("mypart_organisations:mine")
    context = {
        "invitation": found,
        "is_valid": found.is_valid_at(timezone.now()),
        "is_accepted_already": found.accepted_by_id == request.user.pk,
    }
    return render(request, "mypart_organisations/invitation.html", context)
