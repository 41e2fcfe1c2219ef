"""Which organisations a city shows to the public."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.db import transaction
from wagtail.models import Site

from mypart_wagtail.organisations.history import Act, log_directory
from mypart_wagtail.organisations.models import DirectoryEntry, Organisation


@transaction.atomic
def show_on_sites(
    actor: Any, *, organisation: Organisation, shown_on: Collection[Site], among: Collection[Site]
) -> None:
    """Let the directories of the sites ``shown_on`` show ``organisation``, and no other of ``among``.

    ``among`` are the sites where ``actor`` works; what others decided stays. Safe to repeat.
    """
    listed = {entry.site_id: entry for entry in organisation.directory_entries.filter(site__in=among)}
    wanted = {site.pk: site for site in shown_on}
    for pk in wanted.keys() - listed.keys():
        DirectoryEntry.objects.create(organisation=organisation, site=wanted[pk], accepted_by=actor)
        log_directory(actor, organisation, Act.LISTED, wanted[pk])
    for pk in listed.keys() - wanted.keys():
        log_directory(actor, organisation, Act.UNLISTED, listed[pk].site)
        listed[pk].delete()
