"""The public page of an organisation: made and taken off the site with its entry in the directory."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from wagtail.models import Site

from mypart_wagtail.batches import count_done
from mypart_wagtail.organisations.models import (
    DirectoryEntry,
    DirectoryPage,
    Organisation,
    OrganisationPage,
    RegisterKind,
)
from mypart_wagtail.page_acts import take_off_site
from mypart_wagtail.sites import pages_of
from mypart_wagtail.slugs import free_slug

WRITTEN = ("lead", "logo", "about", "how_to_help", "people", "email", "phone", "shows_address", "links")
"""What people of the organisation write into its profile."""


@transaction.atomic
def open_profile(actor: Any, *, organisation: Organisation, site: Site) -> OrganisationPage | None:
    """The live profile under the directory of ``site``, in the main language; made where there is none.

    None where the site has no directory: ``make_profiles`` makes it once there is one.
    """
    directory = _directory(site)
    if directory is None:
        return None
    # Two who open it at once take turns, and the second finds what the first has made.
    DirectoryEntry.objects.select_for_update(of=("self",)).filter(
        organisation=organisation, site=site
    ).first()
    found = OrganisationPage.objects.child_of(directory).filter(organisation=organisation).first()
    page = found or _new_profile(organisation, directory)
    translations = page.get_translations().exclude(first_published_at=None)
    for each in [page, *translations.specific()]:
        if not each.live:
            _publish_again(actor, each)
    return page


def _publish_again(actor: Any, page: Any) -> None:
    """As it was when it left the site; a draft that waits goes on waiting."""
    draft = page.get_latest_revision()
    page.save_revision(user=actor).publish(user=actor, skip_permission_checks=True)
    if draft is not None and any(
        draft.content.get(name) != page.serializable_data()[name] for name in WRITTEN
    ):
        draft.as_object().save_revision(user=draft.user, log_action=False)


@transaction.atomic
def close_profiles(actor: Any, *, organisation: Organisation, site: Site) -> None:
    """Take the profile off the site, in all languages, with the pages under it; what people wrote is kept.

    Nothing of it is published later either: not what waits for moderators, and not what waits for its time.
    """
    for profile in OrganisationPage.objects.filter(pages_of(site), organisation=organisation):
        for page in profile.get_descendants(inclusive=True).select_for_update(of=("self",)):
            take_off_site(actor, page.specific)


@transaction.atomic
def rename_profiles(organisation: Organisation) -> None:
    """Pages bear the name of the card, also in drafts that wait; addresses stay, people have kept them."""
    name = str(organisation)[:255]
    for page in OrganisationPage.objects.filter(organisation=organisation).exclude(
        title=name, draft_title=name
    ):
        page.title = page.draft_title = name
        page.save(update_fields=["title", "draft_title"])
        revision = page.get_latest_revision()
        if revision is not None:
            revision.content["title"] = name
            revision.save(update_fields=["content"])


def make_profiles(actor: Any = None, *, site: Site | None = None) -> int:
    """Open the profiles that entries of directories lack; gives their number. Safe to repeat."""
    entries = DirectoryEntry.objects.select_related("organisation", "site")
    entries = entries.filter(site=site) if site else entries
    # One that staff have unpublished is not missing.
    missing = (
        (actor, entry)
        for entry in entries.order_by("pk")
        if not OrganisationPage.objects.filter(pages_of(entry.site), organisation=entry.organisation_id)
    )
    return count_done(_open, missing)


def _open(actor: Any, entry: DirectoryEntry) -> bool:
    return open_profile(actor, organisation=entry.organisation, site=entry.site) is not None


def _directory(site: Site) -> DirectoryPage | None:
    found = DirectoryPage.objects.live().filter(pages_of(site)).select_related("locale")
    main = site.root_page.locale_id
    return min(found, key=lambda page: (page.locale_id != main, page.path), default=None)


def _new_profile(organisation: Organisation, directory: DirectoryPage) -> OrganisationPage:
    page = OrganisationPage(
        title=str(organisation)[:255],
        slug=free_slug(str(organisation), parent=directory, otherwise="organisation"),
        organisation=organisation,
        locale=directory.locale,
        live=False,
        # The register of courts is public; elsewhere the seat may be somebody's home.
        shows_address=organisation.register_kind == RegisterKind.KRS,
    )
    directory.add_child(instance=page)
    return page
