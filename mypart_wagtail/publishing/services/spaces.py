"""The space of an organisation on each site that shows it: rights and files of its publishers."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.db import transaction
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Site
from wagtail.users.models import UserProfile

from mypart_wagtail.organisations.models import Organisation, OrganisationPage
from mypart_wagtail.publishing.models import OrganisationSpace
from mypart_wagtail.publishing.services.set_up import set_up_moderation
from mypart_wagtail.sites import pages_of

LONGEST_NAME = 100
ON_PAGES = ("add_page", "change_page")
ON_FILES = {
    "wagtailimages": ("add_image", "change_image", "choose_image"),
    "wagtaildocs": ("add_document", "change_document", "choose_document"),
}


@transaction.atomic
def follow_organisation(organisation: Organisation) -> None:
    """Give the publishers of ``organisation`` their rights on the sites that show it, and on no others.

    A space is made with the first publisher, and kept when the last one goes. Safe to repeat.
    """
    # Two who come at once take turns: there is one space for each site.
    card = Organisation.objects.select_for_update().filter(pk=organisation.pk).first()
    if card is None:
        return
    sites = {entry.site_id: entry.site for entry in card.directory_entries.select_related("site")}
    people = get_user_model().objects.filter(
        mypart_memberships__organisation=card, mypart_memberships__mypart_publisher__isnull=False
    )
    spaces = {space.site_id: space for space in card.spaces.select_related("group", "collection")}
    for pk in spaces.keys() - sites.keys():
        spaces[pk].group.user_set.clear()
    for pk, site in sites.items():
        if pk in spaces or people:
            _open(spaces.get(pk) or _new_space(card, site), people)


def _new_space(organisation: Organisation, site: Site) -> OrganisationSpace:
    name = f"{str(organisation)[:LONGEST_NAME]} [{str(organisation.uuid)[:8]}-{site.pk}]"
    group, _is_new = Group.objects.get_or_create(name=name)
    group.permissions.add(_permission("wagtailadmin", "access_admin"))
    collection = Collection.get_first_root_node().add_child(name=name)
    for app, codenames in ON_FILES.items():
        for codename in codenames:
            GroupCollectionPermission.objects.create(
                group=group, collection=collection, permission=_permission(app, codename)
            )
    return OrganisationSpace.objects.create(
        organisation=organisation, site=site, group=group, collection=collection
    )


def _open(space: OrganisationSpace, people: Any) -> None:
    profiles = OrganisationPage.objects.filter(pages_of(space.site), organisation=space.organisation_id)
    for profile in profiles:
        set_up_moderation(profile.get_parent())
        for codename in ON_PAGES:
            GroupPagePermission.objects.get_or_create(
                group=space.group, page=profile, permission=_permission("wagtailcore", codename)
            )
    writers = [person for person in people if not _publishes(person, profiles)]
    space.group.user_set.set(writers)
    for person in writers:
        _tell_once(person)


def _publishes(person: Any, profiles: Any) -> bool:
    """Whether ``person`` publishes there as staff of the city: nobody does both with one account.

    Wagtail would let them publish their own text on many a screen, past every moderator.
    """
    if person.is_superuser:
        return True
    return any(profile.permissions_for_user(person).can_publish() for profile in profiles)


def _tell_once(person: Any) -> None:
    """Our mails tell more than Wagtail's of the same decisions; nobody wants both."""
    profile = UserProfile.get_for_user(person)
    profile.approved_notifications = profile.rejected_notifications = False
    profile.save(update_fields=["approved_notifications", "rejected_notifications"])


def _permission(app_label: str, codename: str) -> Permission:
    return Permission.objects.get(content_type__app_label=app_label, codename=codename)
