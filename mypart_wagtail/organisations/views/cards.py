"""The card of an organisation: mine, a new one, changing it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from wagtail.models import Site

from mypart_wagtail.kept_forms import comes_back_to, keeps_typed, typed
from mypart_wagtail.mail import base_url_of
from mypart_wagtail.organisations import services
from mypart_wagtail.organisations.card import card_version
from mypart_wagtail.organisations.directory import live_profiles
from mypart_wagtail.organisations.forms import (
    MOST_PEOPLE,
    AskOfficeForm,
    JoinForm,
    NewOrganisationForm,
    OrganisationForm,
    RepresentativeFormSet,
)
from mypart_wagtail.organisations.legal import record_texts_shown, texts_for
from mypart_wagtail.organisations.models import (
    Authority,
    DirectoryEntry,
    JoinRequest,
    LegalTextShown,
    Membership,
    Organisation,
)
from mypart_wagtail.organisations.views.access import administrator_view, member_view
from mypart_wagtail.providers import providers_of
from mypart_wagtail.text import number

MINE = "organisations.mine."
"""Providers under this prefix lead on from one's organisations: for all of them at once,
``(memberships) -> {membership.pk: [{"title", "url"}]}``."""


@never_cache
@login_required
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """Organisations I belong to or have asked to join."""
    user = request.user.pk
    memberships = list(Membership.objects.filter(user=user).select_related("organisation"))
    asked = Organisation.objects.for_user(user).exclude(memberships__user=user)
    context = {
        "memberships": _with_profiles(memberships, request),
        "asked": asked,
        "refused": JoinRequest.objects.refused_only(user),
    }
    return render(request, "mypart_organisations/mine.html", context)


def _with_profiles(memberships: list[Membership], request: HttpRequest) -> list[Any]:
    """``memberships``, each with the address of the profile, when that was checked, and where links lead."""
    site = Site.find_for_request(request)
    ids = [membership.organisation_id for membership in memberships]
    profiles = live_profiles(ids, site, request)
    entries = DirectoryEntry.objects.filter(site=site, organisation__in=ids)
    checked = dict(entries.values_list("organisation_id", "checked_on"))
    ways = [leads(memberships) for leads in providers_of(MINE)]
    for membership in memberships:
        profile = profiles.get(membership.organisation_id)
        membership.profile_url = profile.get_url(request) if profile else ""  # type: ignore[attr-defined]
        membership.links = [link for way in ways for link in way[membership.pk]]  # type: ignore[attr-defined]
        membership.checked_on = checked.get(membership.organisation_id)  # type: ignore[attr-defined]
    return memberships


@require_POST
@comes_back_to(lambda uuid: reverse("mypart_organisations:mine"))
@member_view
def confirm_profile(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """A member says that the public profile is right."""
    services.confirm_profile(request.user, organisation=organisation, on=timezone.localdate())
    messages.success(request, _("Thank you: the profile shows today as the day it was checked."))
    return redirect("mypart_organisations:mine")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@keeps_typed
def create(request: HttpRequest) -> HttpResponse:
    """A new card. A NIP that has one already is told at the NIP, with the way to ask to join."""
    posted = typed(request)
    form = NewOrganisationForm(posted)
    people = RepresentativeFormSet(posted, prefix="people")
    context = {
        "form": form,
        "people": people,
        "next": _next(request),
        "texts": texts_for(request),
        "join_form": JoinForm(),
    }
    if "add_person" in request.POST:
        return render(request, "mypart_organisations/create.html", context | {"people": _one_more(request)})
    if request.method != "POST" or not _are_valid(form, people):
        status = 422 if request.method == "POST" else 200
        return render(request, "mypart_organisations/create.html", context, status=status)
    try:
        with transaction.atomic():
            services.create_organisation(
                request.user,
                facts=form.facts(),
                representatives=_people(people),
                is_signer=form.cleaned_data["is_signer"],
            )
            record_texts_shown(request, request.user, LegalTextShown.Place.CARD)
    except (ValidationError, IntegrityError) as error:
        _tell_fault(form, error)
        return render(request, "mypart_organisations/create.html", context, status=422)
    messages.success(request, _("The card is ready. You can fill in offers now."))
    return redirect(_next(request) or "mypart_organisations:mine")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@keeps_typed
def join(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Ask to join a card. Until there is an answer one can fill in offers of one's own."""
    organisation = get_object_or_404(Organisation, uuid=uuid)
    form = JoinForm(typed(request))
    if request.method == "POST" and form.is_valid():
        try:
            services.ask_to_join(
                request.user,
                organisation=organisation,
                message=form.cleaned_data["message"],
                base_url=base_url_of(request),
            )
        except ValidationError as error:
            messages.error(request, error.messages[0])
        else:
            messages.success(request, _ASKED)
        return redirect(_next(request) or "mypart_organisations:mine")
    context = {"join_form": form, "organisation": organisation, "next": _next(request)}
    status = 422 if request.method == "POST" else 200
    return render(request, "mypart_organisations/join.html", context, status=status)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@keeps_typed
def ask_office(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Whoever the administrators of a card refused asks the city's staff to decide."""
    organisation = get_object_or_404(Organisation, uuid=uuid)
    form = AskOfficeForm(typed(request))
    if request.method == "POST" and form.is_valid():
        try:
            services.ask_office(
                request.user,
                organisation=organisation,
                message=form.cleaned_data["message"],
                base_url=base_url_of(request),
            )
        except ValidationError as error:
            messages.error(request, error.messages[0])
        else:
            messages.success(request, _("The office has been asked to decide. It writes to you."))
        return redirect("mypart_organisations:mine")
    authorities = Authority.objects.filter(site=Site.find_for_request(request))
    context = {"form": form, "organisation": organisation, "authorities": authorities}
    status = 422 if request.method == "POST" else 200
    return render(request, "mypart_organisations/ask_office.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@keeps_typed
@administrator_view
def change(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """Change the card and the people who represent the organisation."""
    posted = typed(request)
    form = OrganisationForm(posted, instance=organisation)
    present = [
        {"name": person.name, "function": person.function} for person in organisation.representatives.all()
    ]
    people = RepresentativeFormSet(posted, prefix="people", initial=present)
    context = {
        "form": form,
        "people": people,
        "organisation": organisation,
        "texts": texts_for(request),
        # What the person saw when typing, also where the text was kept while one signed in again.
        "version": (posted and posted.get("version")) or card_version(organisation),
    }
    if "add_person" in request.POST:
        return render(request, "mypart_organisations/change.html", context | {"people": _one_more(request)})
    if request.method == "POST" and _are_valid(form, people):
        organisation.refresh_from_db()
        try:
            with transaction.atomic():
                services.change_card(
                    request.user,
                    organisation=organisation,
                    facts=form.facts(),
                    representatives=_people(people),
                    seen=request.POST.get("version", ""),
                )
                record_texts_shown(request, request.user, LegalTextShown.Place.CARD)
        except services.CardChangedMeanwhile as meanwhile:
            form.add_error(None, str(meanwhile))
            context["version"] = meanwhile.version
        except (ValidationError, IntegrityError) as error:
            _tell_fault(form, error)
        else:
            messages.success(request, _("The card is saved."))
            return redirect("mypart_organisations:change", uuid=organisation.uuid)
    status = 422 if request.method == "POST" else 200
    return render(request, "mypart_organisations/change.html", context, status=status)


def _are_valid(form: OrganisationForm, people: Any) -> bool:
    """Both are, and no more people must sign together than there are."""
    if not (form.is_valid() & people.is_valid()):
        return False
    form.require_enough_people(len(_people(people)))
    return form.is_valid()


def _tell_fault(form: OrganisationForm, error: Exception) -> None:
    """What another has made untrue between the check and the write, told at its place."""
    form.require_own_numbers(form.cleaned_data)
    if not form.errors:
        form.add_error(None, error if isinstance(error, ValidationError) else _("Check the card once more."))


def _one_more(request: HttpRequest) -> Any:
    """The people as typed, with room for one more."""
    data = request.POST.copy()
    count = data.get("people-TOTAL_FORMS", "")
    data["people-TOTAL_FORMS"] = str(min(number(count) + 1, MOST_PEOPLE))
    return RepresentativeFormSet(data, prefix="people")


def _people(formset: Any) -> list[dict[str, str]]:
    kept = [form.cleaned_data for form in formset if not form.cleaned_data.get("DELETE")]
    return [{"name": each["name"], "function": each["function"]} for each in kept if each.get("name")]


def _next(request: HttpRequest) -> str:
    """Where the person was going, if that is on this site."""
    address = request.POST.get("next") or request.GET.get("next") or ""
    is_ours = url_has_allowed_host_and_scheme(
        address, {request.get_host()}, require_https=request.is_secure()
    )
    return address if is_ours else ""


_ASKED = gettext_lazy(
    "The administrators of the card have been asked. Until they answer you can fill in offers."
)
