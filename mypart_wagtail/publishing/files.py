"""Pictures and documents of organisations: what a public page shows stays as it was approved."""

from __future__ import annotations

from typing import Any

from django.contrib.contenttypes.models import ContentType
from wagtail.models import Page, ReferenceIndex

from mypart_wagtail.publishing.models import OrganisationSpace
from mypart_wagtail.publishing.queue import is_moderator


def is_on_public_page(file: Any) -> bool:
    """Whether a live page shows ``file``, an image or a document."""
    pages = ContentType.objects.get_for_model(Page)
    shown = ReferenceIndex.get_references_to(file).filter(base_content_type=pages)
    return (
        Page.objects.live()
        .filter(pk__in=[int(pk) for pk in shown.values_list("object_id", flat=True)])
        .exists()
    )


def may_read_file(user: Any, file: Any, space: OrganisationSpace) -> bool:
    """Everyone where a public page shows it; else people of the organisation, moderators and staff."""
    if is_on_public_page(file):
        return True
    if not user.is_authenticated:
        return False
    is_of_organisation = space.group.user_set.filter(pk=user.pk).exists()
    return is_of_organisation or is_moderator(user) or user.has_perm("wagtaildocs.change_document")
