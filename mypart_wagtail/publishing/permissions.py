"""Who publishes for which organisation, and what follows from it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db.models import Q
from wagtail.models import Page

from mypart_wagtail.organisations.models import OrganisationPage
from mypart_wagtail.publishing.models import OrganisationSpace

ENTER = "access_admin"


def spaces_of(user: Any) -> list[OrganisationSpace]:
    """The spaces ``user`` writes in, found once for the object of the person."""
    if not hasattr(user, "_mypart_spaces"):
        found = OrganisationSpace.objects.filter(group__user=user)
        user._mypart_spaces = list(found.select_related("organisation", "site__root_page", "collection"))
    return user._mypart_spaces


def profiles_of(user: Any) -> list[OrganisationPage]:
    """The profiles, in every language, that ``user`` may change."""
    if not hasattr(user, "_mypart_profiles"):
        mine = OrganisationPage.objects.filter(
            group_permissions__group__in=[space.group_id for space in spaces_of(user)]
        )
        user._mypart_profiles = list(mine.distinct().order_by("path"))
    return user._mypart_profiles


def is_only_publisher(user: Any) -> bool:
    """Whether all that ``user`` does in the admin is to write for organisations."""
    if not user.is_authenticated or user.is_superuser or not spaces_of(user):
        return False
    others = user.groups.exclude(pk__in=[space.group_id for space in spaces_of(user)])
    rights = Q(page_permissions__isnull=False) | Q(collection_permissions__isnull=False)
    return not others.filter(rights | Q(permissions__isnull=False) & ~Q(permissions__codename=ENTER)).exists()


def own_pages(user: Any) -> Q:
    """A filter for the profiles of ``user`` and what stands under them."""
    return below(profiles_of(user))


def below(profiles: Iterable[Any]) -> Q:
    """A filter for ``profiles`` and what stands under them."""
    found = [Q(path__startswith=profile.path) for profile in profiles]
    return Q(*found, _connector=Q.OR) if found else Q(pk__in=[])


def may_withdraw(user: Any, page: Any) -> bool:
    """Whether ``page`` stands under a profile of an organisation that ``user`` publishes for; or staff may.

    Profiles themselves are taken off the site by the staff, with their entry in the directory.
    """
    if page.permissions_for_user(user).can_unpublish():
        return True
    return writes_for(user, page) and not any(page.path == each.path for each in profiles_of(user))


def writes_for(user: Any, page: Any) -> bool:
    """Whether ``user`` publishes for the organisation that ``page`` is of, whatever else they may do."""
    return any(page.path.startswith(each.path) for each in profiles_of(user))


def publishers_of(page: Any) -> Any:
    """The people with an e-mail who publish for the organisation that ``page`` is of."""
    upwards = [page.path[:end] for end in range(Page.steplen, len(page.path) + 1, Page.steplen)]
    profiles = OrganisationPage.objects.filter(path__in=upwards)
    groups = OrganisationSpace.objects.filter(group__page_permissions__page__in=profiles).values("group")
    return get_user_model().objects.filter(groups__in=groups, is_active=True).exclude(email="").distinct()


def groups_of_staff() -> Any:
    """Groups that are not of an organisation, for forms that list all groups."""
    return Group.objects.filter(mypart_space=None)
