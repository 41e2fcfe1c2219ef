"""Pictures and documents of organisations: what moderators read or approved stays as it was."""

from __future__ import annotations

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from wagtail.models import Page, ReferenceIndex, Revision, WorkflowState

from mypart_wagtail.organisations.models import OrganisationPage
from mypart_wagtail.publishing.models import OrganisationSpace
from mypart_wagtail.publishing.permissions import below
from mypart_wagtail.publishing.queue import is_moderator
from mypart_wagtail.publishing.references import named_in


def is_on_public_page(file: Any) -> bool:
    """Whether a live page shows ``file``, an image or a document."""
    pages = ContentType.objects.get_for_model(Page)
    shown = ReferenceIndex.get_references_to(file).filter(base_content_type=pages)
    return (
        Page.objects.live()
        .filter(pk__in=[int(pk) for pk in shown.values_list("object_id", flat=True)])
        .exists()
    )


def is_kept(file: Any) -> bool:
    """Whether a page shows ``file``, an image or a document, that is public, approved for later or waits."""
    return is_on_public_page(file) or any(
        (type(file), file.pk) in named_in(revision.as_object()) for revision in _not_yet_public(file)
    )


def _not_yet_public(file: Any) -> Any:
    """Revisions of pages of the organisation that wait for moderators, or for the time to be published."""
    space = getattr(file.collection, "mypart_space", None)
    if space is None:
        return Revision.objects.none()
    profiles = OrganisationPage.objects.filter(organisation=space.organisation_id)
    pages = Page.objects.filter(below(profiles))
    keys = [str(pk) for pk in pages.values_list("pk", flat=True)]
    states = WorkflowState.objects.filter(status=WorkflowState.STATUS_IN_PROGRESS, object_id__in=keys)
    waiting = pages.filter(pk__in=[int(pk) for pk in states.values_list("object_id", flat=True)])
    scheduled = Q(object_id__in=keys) & ~Q(approved_go_live_at=None)
    return Revision.objects.page_revisions().filter(scheduled | Q(pk__in=waiting.values("latest_revision")))


def may_read_file(user: Any, file: Any, space: OrganisationSpace) -> bool:
    """Everyone where a public page shows it; else people of the organisation, moderators and staff."""
    if is_on_public_page(file):
        return True
    if not user.is_authenticated:
        return False
    is_of_organisation = space.group.user_set.filter(pk=user.pk).exists()
    return is_of_organisation or is_moderator(user) or user.has_perm("wagtaildocs.change_document")
