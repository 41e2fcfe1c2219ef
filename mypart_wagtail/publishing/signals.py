"""Rights follow what the floor below decides: members, entries of directories, profiles."""

from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db.models.signals import m2m_changed, post_delete, post_save
from django.dispatch import receiver
from wagtail.models import GroupPagePermission, PageLogEntry
from wagtail.signals import page_published

from mypart_wagtail.organisations.models import DirectoryEntry, Organisation, OrganisationPage
from mypart_wagtail.publishing.acts import tell_of
from mypart_wagtail.publishing.models import OrganisationSpace, Publisher
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


@receiver(m2m_changed, sender=get_user_model().groups.through)
def follow_rights_of_staff(sender: type, instance: Any, pk_set: Any, reverse: bool, **kwargs: Any) -> None:
    """Whoever begins or ceases to publish for the city does the contrary for an organisation."""
    if not kwargs["action"].startswith("post_"):
        return
    groups = {instance.pk} if reverse else (pk_set or set())
    if groups and not Group.objects.filter(pk__in=groups, mypart_space=None).exists():
        return
    people = (pk_set or set()) if reverse else {instance.pk}
    _follow_people(people)


@receiver([post_save, post_delete], sender=GroupPagePermission)
def follow_rights_of_group(sender: type, instance: GroupPagePermission, **kwargs: Any) -> None:
    if not OrganisationSpace.objects.filter(group=instance.group_id).exists():
        _follow_people(instance.group.user_set.values_list("pk", flat=True))


def _follow_people(people: Any) -> None:
    cards = Organisation.objects.filter(
        memberships__user__in=list(people), memberships__mypart_publisher__isnull=False
    )
    for organisation in cards.distinct():
        follow_organisation(organisation)


@receiver(post_save, sender=PageLogEntry)
def tell_authors_of_acts(sender: type, instance: PageLogEntry, created: bool, **kwargs: Any) -> None:
    if created:
        tell_of(instance)


@receiver(page_published, sender=OrganisationPage)
def follow_profile(sender: type, instance: OrganisationPage, **kwargs: Any) -> None:
    """A profile was made, or came into another language."""
    follow_organisation(instance.organisation)
