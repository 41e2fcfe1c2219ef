"""What the public may see of organisations: for blocks that list them, and for the search."""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy

from mypart_wagtail.findable import Findable
from mypart_wagtail.fragments import LONGEST
from mypart_wagtail.listings import Asked, Listed, Listing
from mypart_wagtail.once import once
from mypart_wagtail.organisations.areas import area_name
from mypart_wagtail.organisations.models import DirectoryEntry, Organisation

MOST_AREAS = 2
ORGANISATIONS = "organisations"
"""The topic of the fragments that show organisations; ``signals.py`` tells when they change."""


def listed(asked: Asked) -> Listing:
    """Organisations of the directory, the newest first; ``area`` is a point of art. 4."""
    found = _of_site(asked).order_by("-pk")
    area = asked.choice.get("area")
    if area:
        # Read here since SQLite cannot ask what a JSON list contains.
        known = once(asked.request, "organisations.areas", lambda: list(found.values_list("pk", "areas")))
        found = found.filter(pk__in=[pk for pk, areas in known if area in areas])
    return Listing([_listed(each) for each in found[: asked.count]], until=asked.at + LONGEST)


def in_focus(asked: Asked) -> Listing:
    """The one organisation that an editor chose, while the directory has it."""
    chosen = asked.choice.get("organisation") or None
    found = _of_site(asked).filter(uuid=chosen) if chosen else Organisation.objects.none()
    return Listing([_listed(each) for each in found[:1]], until=asked.at + LONGEST)


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
        return Findable(
            title=organisation.name,
            url=organisation.website,
            summary=_summary(organisation),
            text=f"{organisation.get_legal_form_display()} {areas}",
            site=entry.site,
        )


def _of_site(asked: Asked) -> QuerySet[Organisation]:
    if asked.site is None:
        return Organisation.objects.filter(pk__in=DirectoryEntry.objects.values("organisation"))
    return Organisation.objects.filter(directory_entries__site=asked.site)


def _listed(organisation: Organisation) -> Listed:
    return Listed(organisation.name, organisation.website, summary=_summary(organisation))


def _summary(organisation: Organisation) -> str:
    """Town and what it does most: statutory names are long, and a card is no register."""
    shown = "; ".join(map(area_name, organisation.areas[:MOST_AREAS]))
    return f"{organisation.city}: {shown}" if shown else organisation.city
