"""What shows organisations to the public follows their cards."""

from typing import Any

from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver

from mypart_wagtail.fragments import has_changed
from mypart_wagtail.organisations.directory import ORGANISATIONS
from mypart_wagtail.organisations.models import DirectoryEntry, Organisation


@receiver([post_save, post_delete], sender=Organisation)
@receiver([post_save, post_delete], sender=DirectoryEntry)
def show_changed_organisation(sender: type, **kwargs: Any) -> None:
    has_changed(ORGANISATIONS)


@receiver(post_save, sender=Organisation)
def find_changed_organisation(sender: type, instance: Organisation, created: bool, **kwargs: Any) -> None:
    """The search follows entries of the directory, which say nothing of their own."""
    for entry in () if created else instance.directory_entries.all():
        entry.save()
