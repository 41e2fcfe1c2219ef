"""What the organisations app gives to other apps: lists for blocks, things for the search, a link."""

from __future__ import annotations

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mypart_wagtail.findable import Findable
from mypart_wagtail.fragments import LONGEST
from mypart_wagtail.listings import Asked, Listed, Listing
from mypart_wagtail.organisations.areas import area_name
from mypart_wagtail.organisations.directory import live_profiles, summary, with_addresses
from mypart_wagtail.organisations.models import DirectoryEntry, Organisation


def account_link() -> dict[str, str]:
    """The way to one's organisations, for the header of every page."""
    return {"title": _("My organisations"), "url": reverse("mypart_organisations:mine")}


def listed(asked: Asked) -> Listing:
    """Organisations of the directory, the newest first; ``area`` is a point of art. 4."""
    found = _of_site(asked).order_by("-pk")
    area = asked.choice.get("area")
    if area:
        found = found.filter(areas__point=area)
    return _listing(found[: asked.count], asked)


def in_focus(asked: Asked) -> Listing:
    """The one organisation that an editor chose, while the directory has it."""
    chosen = asked.choice.get("organisation") or None
    found = _of_site(asked).filter(organisation__uuid=chosen) if chosen else DirectoryEntry.objects.none()
    return _listing(found[:1], asked)


def choices() -> list[tuple[str, str]]:
    """Organisations of the directories as (UUID, name), for editors."""
    found = Organisation.objects.filter(directory_entries__isnull=False).distinct().order_by("name")
    return [(str(uuid), name) for uuid, name in found.values_list("uuid", "name")]


class OrganisationFinder:
    """Lets the search find organisations of the directory."""

    model = DirectoryEntry
    label = gettext_lazy("Organisations")

    def findable(self, entry: DirectoryEntry) -> Findable:
        organisation = entry.organisation
        areas = " ".join(map(area_name, organisation.areas))
        # One result for all languages leads to the page in the site's own.
        with translation.override(entry.site.root_page.locale.language_code):
            profile = live_profiles([organisation.pk], entry.site).get(organisation.pk)
        words = f"{profile.lead} " if profile else ""
        return Findable(
            title=organisation.name,
            url=(profile.get_url() if profile else "") or organisation.website,
            summary=summary(organisation),
            text=f"{words}{organisation.get_legal_form_display()} {areas}",
            site=entry.site,
        )


def _of_site(asked: Asked) -> QuerySet[DirectoryEntry]:
    entries = DirectoryEntry.objects.select_related("organisation")
    return entries.filter(site=asked.site) if asked.site else entries


def _listing(entries: QuerySet[DirectoryEntry], asked: Asked) -> Listing:
    found = with_addresses(list(entries), asked.site, asked.request)
    return Listing(
        [Listed(entry.organisation.name, entry.address, summary=entry.summary) for entry in found],
        until=asked.at + LONGEST,
    )
