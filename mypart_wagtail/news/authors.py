"""Whose news and notices are whose: what stands under the profile of an organisation is by it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Left, Length
from wagtail.models import Locale, Page, Site

from mypart_wagtail.organisations.models import DirectoryPage, Organisation, OrganisationPage
from mypart_wagtail.sites import pages_of, public

NOTHING = Q(pk__in=[])


def under_profiles(site: Site | None, locale: Locale) -> Q:
    """A filter for pages that organisations of the directory of ``site`` have, in the language ``locale``."""
    if site is None:
        return NOTHING
    return _below(DirectoryPage.objects.live().filter(pages_of(site), locale=locale))


def under_profiles_of(organisation: Organisation, site: Site | None) -> Q:
    """A filter for pages of ``organisation``, on ``site`` or else on all, in every language."""
    profiles = OrganisationPage.objects.live().filter(organisation=organisation)
    return _below(profiles.filter(pages_of(site)) if site else profiles)


def with_authors(pages: Iterable[Any], index: Page | None = None) -> list[Any]:
    """``pages``, each with its ``author``: the profile it stands under, None where it is the city's.

    An author whose profile is not live is named, and leads nowhere. What stands under the list ``index`` is
    the city's: nobody needs to look.
    """
    found = list(pages)
    parents = {page.path[: -Page.steplen] for page in found} - {index and index.path}
    profiles = OrganisationPage.objects.filter(path__in=parents).select_related("locale")
    by_path = {profile.path: profile for profile in profiles}
    for page in found:
        page.author = by_path.get(page.path[: -Page.steplen])
    return found


def with_public_authors(pages: QuerySet[Any]) -> QuerySet[Any]:
    """``pages`` without those whose profile, and nothing else, staff took off the site."""
    parent = Left(OuterRef("path"), Length(OuterRef("path")) - Page.steplen)
    return pages.exclude(Exists(OrganisationPage.objects.not_live().filter(path=parent)))


def listed_by(index: Any, pages: QuerySet[Any]) -> QuerySet[Any]:
    """Those of ``pages`` under the list ``index``, and of organisations where it shows them too."""
    shown = pages.child_of_q(index)  # type: ignore[attr-defined]
    if index.with_organisations:
        shown |= under_profiles(index.get_site(), index.locale)
    return pages.filter(shown)


def author_called(slug: str, index: Any) -> OrganisationPage | None:
    """The public profile with ``slug`` on the site and in the language of the list ``index``."""
    site = index.get_site() if slug else None
    if site is None:
        return None
    profiles = OrganisationPage.objects.filter(slug=slug, locale=index.locale_id)
    return public(profiles.filter(pages_of(site))).first()


def _below(parents: Iterable[Any]) -> Q:
    below = (Page.objects.all().descendant_of_q(parent) for parent in parents)
    return Q(*below, _connector=Q.OR) or NOTHING
