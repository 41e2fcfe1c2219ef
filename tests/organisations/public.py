"""Directories and profiles for tests."""

from typing import Any

from mypart_wagtail.organisations.models import DirectoryPage, Organisation, OrganisationPage
from mypart_wagtail.organisations.services import show_on_sites
from tests.people import organisation
from tests.portal.pages import add
from tests.sites import default_site


def directory(title: str = "NGOs", **facts: Any) -> DirectoryPage:
    return add(DirectoryPage, title, **{"lead": "Who is at work here.", **facts})


def accepted(name: str = "Klub Fala", **facts: Any) -> Organisation:
    """An organisation that the directory of the default site shows."""
    club = organisation(name, **facts)
    site = default_site()
    show_on_sites(None, organisation=club, shown_on=[site], among=[site])
    return club


def profile_of(club: Organisation) -> OrganisationPage:
    return OrganisationPage.objects.get(organisation=club)
