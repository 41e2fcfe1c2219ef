"""Which organisations a city shows to the public, and what the directory knows of each."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any

from django.db import transaction
from wagtail.models import Site

from mypart_wagtail.organisations.history import Act, log_directory
from mypart_wagtail.organisations.models import DirectoryEntry, EntryArea, Organisation
from mypart_wagtail.organisations.permissions import require_member
from mypart_wagtail.organisations.services.profiles import close_profiles, open_profile, rename_profiles
from mypart_wagtail.text import fold

LONGEST_NAME = DirectoryEntry._meta.get_field("name_key").max_length
LONGEST_PLACE = DirectoryEntry._meta.get_field("place_key").max_length


@transaction.atomic
def show_on_sites(
    actor: Any, *, organisation: Organisation, shown_on: Collection[Site], among: Collection[Site]
) -> None:
    """Let the directories of the sites ``shown_on`` show ``organisation``, and no other of ``among``.

    Where it is shown it gets a profile of its own; where it no longer is, its profile is taken off the site.
    ``among`` are the sites where ``actor`` works; what others decided stays. Safe to repeat.
    """
    listed = {entry.site_id: entry for entry in organisation.directory_entries.filter(site__in=among)}
    wanted = {site.pk: site for site in shown_on}
    for pk in wanted.keys() - listed.keys():
        _add(actor, organisation, wanted[pk])
        open_profile(actor, organisation=organisation, site=wanted[pk])
    for pk in listed.keys() - wanted.keys():
        log_directory(actor, organisation, Act.UNLISTED, listed[pk].site)
        # First the entry: with it end the rights of people, who are not mailed of each page then.
        listed[pk].delete()
        close_profiles(actor, organisation=organisation, site=listed[pk].site)


@transaction.atomic
def follow_card(organisation: Organisation) -> None:
    """Write what the card says now into the entries of the directories, and its name into its profiles."""
    for entry in organisation.directory_entries.all():
        _refresh(entry, organisation)
    rename_profiles(organisation)


@transaction.atomic
def confirm_profile(actor: Any, *, organisation: Organisation, on: date) -> None:
    """A member says that what the directories tell of the organisation is right."""
    require_member(actor, organisation)
    for entry in organisation.directory_entries.select_related("site"):
        entry.checked_on = on
        entry.reminded_at = None
        entry.save(update_fields=["checked_on", "reminded_at"])
        log_directory(actor, organisation, Act.CHECKED, entry.site)


def _add(actor: Any, organisation: Organisation, site: Site) -> None:
    entry = DirectoryEntry(organisation=organisation, site=site, accepted_by=actor)
    _refresh(entry, organisation)
    log_directory(actor, organisation, Act.LISTED, site)


def _refresh(entry: DirectoryEntry, organisation: Organisation) -> None:
    # Some letters become two when folded.
    entry.name_key = fold(str(organisation))[:LONGEST_NAME]
    entry.place_key = fold(organisation.city)[:LONGEST_PLACE]
    entry.save(update_fields=["name_key", "place_key"] if entry.pk else None)
    known = set(entry.areas.values_list("point", flat=True))
    wanted = set(organisation.areas)
    if known != wanted:
        entry.areas.exclude(point__in=wanted).delete()
        EntryArea.objects.bulk_create(EntryArea(entry=entry, point=point) for point in wanted - known)
