"""Rights follow what the floor below decides: members, entries of directories, profiles."""

from typing import Any

from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from wagtail.signals import page_published

from mypart_wagtail.organisations.models import DirectoryEntry, OrganisationPage
from mypart_wagtail.publishing.models import Publisher
from mypart_wagtail.publishing.services import follow_organisation


@receiver(post_delete, sender=Publisher)
def follow_member_who_left(sender: type, instance: Publisher, **kwargs: Any) -> None:
    """Also where the membership, or the account, ended."""
    follow_organisation(instance.membership.organisation)


@receiver([post_save, post_delete], sender=DirectoryEntry)
def follow_directory(sender: type, instance: DirectoryEntry, **kwargs: Any) -> None:
    """The directory of a site began or ceased to show the organisation."""
    if kwargs.get("created", True):
        follow_organisation(instance.organisation)


@receiver(page_published, sender=OrganisationPage)
def follow_profile(sender: type, instance: OrganisationPage, **kwargs: Any) -> None:
    """A profile was made, or came into another language."""
    follow_organisation(instance.organisation)
