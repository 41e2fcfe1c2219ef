"""What shows organisations to the public follows their cards."""

from typing import Any

from django.db import transaction
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from wagtail.models import PageViewRestriction, Site
from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move

from mypart_wagtail.fragments import has_changed
from mypart_wagtail.organisations.directory import ORGANISATIONS
from mypart_wagtail.organisations.models import (
    DirectoryEntry,
    DirectoryMixin,
    Organisation,
    OrganisationPage,
    ProfileMixin,
)
from mypart_wagtail.organisations.services import follow_card
from mypart_wagtail.organisations.tasks import make_missing_profiles

SHOWN = (Organisation, DirectoryEntry, ProfileMixin, Site, PageViewRestriction)


@receiver([post_save, post_delete])
def show_changed_organisation(sender: type, **kwargs: Any) -> None:
    if issubclass(sender, SHOWN):
        has_changed(ORGANISATIONS)


@receiver([page_published, page_unpublished, page_slug_changed, post_page_move])
def show_moved_profiles(sender: type, **kwargs: Any) -> None:
    """A page above may have moved them along."""
    has_changed(ORGANISATIONS)


@receiver(post_save, sender=Organisation)
def follow_changed_card(sender: type, instance: Organisation, created: bool, **kwargs: Any) -> None:
    """Directories are searched by what their entries hold, and so is the site."""
    if not created:
        follow_card(instance)


@receiver([page_published, page_unpublished], sender=OrganisationPage)
def find_changed_profile(sender: type, instance: OrganisationPage, **kwargs: Any) -> None:
    """The search follows entries of the directory."""
    _find_anew(instance)


@receiver(post_delete, sender=OrganisationPage)
def find_deleted_profile(sender: type, instance: OrganisationPage, **kwargs: Any) -> None:
    _find_anew(instance)


def _find_anew(page: OrganisationPage) -> None:
    for entry in DirectoryEntry.objects.filter(organisation=page.organisation_id):
        entry.save(update_fields=["name_key"])


@receiver(page_published)
def fill_new_directory(sender: type, instance: Any, **kwargs: Any) -> None:
    """Organisations accepted before there was a directory get their profiles."""
    is_directory = issubclass(sender, DirectoryMixin)
    is_shown = is_directory and instance.live and not instance.alias_of_id
    site = instance.get_site() if is_shown else None
    if site is not None:
        transaction.on_commit(lambda: make_missing_profiles.enqueue(site.pk))
