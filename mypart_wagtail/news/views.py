"""The one screen on which people of organisations write news."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods
from wagtail.models import Collection, Site

from mypart_wagtail.kept_forms import LOST_FILES, keeps_typed, typed
from mypart_wagtail.news import services
from mypart_wagtail.news.forms import NewsForm
from mypart_wagtail.news.kept_photos import photo_of, sign_photo
from mypart_wagtail.organisations.directory import live_profiles
from mypart_wagtail.organisations.models import Organisation, OrganisationPage
from mypart_wagtail.providers import get_provider, has_provider

DRAFT, REMOVE_PHOTO = "draft", "remove_photo"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@keeps_typed
def write(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Title, text, photo, sent to the moderators or kept as a draft. 404 for who may not write there."""
    profile = _profile(request, uuid)
    if profile is None:
        return _give_back(request)
    posted = typed(request)
    token = posted.get("kept_photo", "") if posted else ""
    kept = photo_of(token, request.user, profile.organisation)
    act = request.POST.get("act", "")
    if act == REMOVE_PHOTO:
        return _without_photo(request, profile, kept)
    is_draft = act == DRAFT or profile.get_workflow() is None
    form = NewsForm(
        posted,
        None if posted is None else request.FILES,
        kept=kept,
        has_lost_photo=_has_lost_photo(posted, kept),
        is_draft=is_draft,
    )
    if request.method != "POST":
        return _show(request, profile, form, kept)
    is_right = form.is_valid()
    picture = _picture(request, profile, form, kept)
    if not is_right:
        return _show(request, profile, form, picture, status=422)
    services.write_news(
        request.user,
        profile=profile,
        key=_key(request),
        title=form.cleaned_data["title"],
        text=form.cleaned_data["text"],
        day=form.cleaned_data["date"],
        category=form.cleaned_data["category"],
        picture=picture,
        picture_alt=form.cleaned_data["picture_alt"] if picture else "",
        is_ornament=bool(picture) and form.cleaned_data["is_ornament"],
        submit=not is_draft,
    )
    messages.success(request, _("The draft is kept. Go on with it here.") if is_draft else _sent(profile))
    return redirect("wagtailadmin_home")


def _has_lost_photo(posted: Any, kept: Any) -> bool:
    """Whether a photo came before: with a form that was not right, or while signed out."""
    if posted is None or kept is not None:
        return False
    return bool(posted.get("kept_photo")) or "photo" in posted.getlist(LOST_FILES)


def _give_back(request: HttpRequest) -> HttpResponse:
    """404; what somebody typed while they lost the right to send it is theirs to copy."""
    if request.method != "POST":
        raise Http404
    form = NewsForm(initial=request.POST.dict())
    return render(request, "mypart_news/not_sent.html", {"form": form}, status=404)


def _profile(request: HttpRequest, uuid: UUID) -> OrganisationPage | None:
    """The live profile, in the language of the moment or else in another; None for who may not write."""
    site = Site.find_for_request(request)
    organisation = Organisation.objects.filter(uuid=uuid).first()
    if site is None or organisation is None:
        return None
    profile = live_profiles([organisation.pk], site, request).get(organisation.pk)
    if profile is None or not profile.permissions_for_user(request.user).can_add_subpage():
        return None
    return profile


def _without_photo(request: HttpRequest, profile: OrganisationPage, kept: Any) -> HttpResponse:
    """The same form, typed texts and all. It is not checked: nobody has sent it."""
    if kept is not None:
        services.drop_photo(kept)
    messages.success(request, _("The photo is removed."))
    return _show(request, profile, NewsForm(initial=request.POST.dict()), None)


def _picture(request: HttpRequest, profile: OrganisationPage, form: NewsForm, kept: Any) -> Any:
    """The photo that goes with the form: the one chosen now, which is stored at once, or the one kept."""
    file = form.cleaned_data.get("photo")
    if not file:
        return kept
    if kept is not None:
        services.drop_photo(kept)
    name = str(request.FILES["photo"])
    return services.keep_photo(request.user, collection=_collection(profile), file=file, name=name)


def _collection(profile: OrganisationPage) -> Collection:
    found = None
    if has_provider("publishing.collection"):
        found = get_provider("publishing.collection")(profile.organisation, profile.get_site())
    return found or Collection.get_first_root_node()


def _promise(profile: OrganisationPage) -> dict[str, Any] | None:
    """What authors are promised and asked; None where no app moderates."""
    if not has_provider("publishing.promise") or profile.get_workflow() is None:
        return None
    return get_provider("publishing.promise")(profile.get_site())


def _sent(profile: OrganisationPage) -> str:
    promise = _promise(profile)
    if promise is None:
        return _("Sent to the moderators.")
    return ngettext(
        "Sent. Moderators answer within %(days)s day, you get an e-mail.",
        "Sent. Moderators answer within %(days)s days, you get an e-mail.",
        promise["days"],
    ) % {"days": promise["days"]}


def _key(request: HttpRequest) -> UUID:
    """What makes two clicks one; a new one where the form brings none."""
    try:
        return UUID(request.POST.get("key", ""))
    except ValueError:
        return uuid4()


def _show(
    request: HttpRequest, profile: OrganisationPage, form: NewsForm, picture: Any, status: int = 200
) -> HttpResponse:
    token = sign_photo(picture, request.user, profile.organisation) if picture else ""
    context = {
        "form": form,
        "profile": profile,
        "key": _key(request),
        "picture": picture,
        "kept_photo": token,
        "can_submit": profile.get_workflow() is not None,
        "promise": _promise(profile),
    }
    return render(request, "mypart_news/write.html", context, status=status)
