"""What people of organisations write without the Wagtail admin."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4, uuid5

from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile
from django.db import transaction
from wagtail.images import get_image_model
from wagtail.log_actions import log
from wagtail.models import Collection, Page, ReferenceIndex

from mypart_wagtail.batches import count_done
from mypart_wagtail.news.models import NewsCategory, NewsPage, WaitingPhoto
from mypart_wagtail.news.typed_text import lead_and_body
from mypart_wagtail.organisations.models import OrganisationPage
from mypart_wagtail.slugs import free_slug

PEOPLE_AGREED = "mypart_news.people_agreed"
PHOTOS_WAIT_FOR = timedelta(days=1)
MOST_WAITING = 10
"""Photos of one person whose news are still being written."""
LONGEST_NAME = 255


@transaction.atomic
def write_news(
    actor: Any,
    *,
    profile: OrganisationPage,
    key: UUID,
    title: str,
    text: str,
    day: date,
    category: NewsCategory | None = None,
    picture: Any = None,
    picture_alt: str = "",
    is_ornament: bool = False,
    submit: bool,
) -> NewsPage:
    """A draft under ``profile``, given to the moderators if ``submit``. Raises ``PermissionDenied``.

    ``picture`` is an image whose people have agreed to be shown, as ``actor`` says and the history keeps. The
    same facts sent again under the same ``key`` give the same page, submitted once.
    """
    # Two clicks take turns.
    parent = Page.objects.select_for_update().get(pk=profile.pk)
    if not parent.permissions_for_user(actor).can_add_subpage():
        raise PermissionDenied
    facts = {
        "title": title,
        "date": day,
        "category": category,
        "picture": picture,
        "picture_alt": picture_alt,
        "picture_is_ornament": is_ornament,
        "people_agree": picture is not None,
        "translation_key": _key_of_page(
            key,
            [actor.pk, parent.pk, title, text, day.isoformat()],
            [category and category.pk, picture and picture.get_file_hash(), picture_alt],
        ),
    }
    page = _written(parent, facts["translation_key"]) or _write(actor, parent, facts, text)
    workflow = page.get_workflow() if submit else None
    if workflow is not None and not page.workflow_states.exists():
        workflow.start(page, user=actor)
    return page


def _key_of_page(key: UUID, *facts: list[Any]) -> UUID:
    """A translation key, which a language has once: made of what was typed, so that nothing else has it."""
    return uuid5(key, json.dumps(facts))


def _written(parent: Page, translation_key: UUID) -> NewsPage | None:
    return NewsPage.objects.child_of(parent).filter(translation_key=translation_key).first()


def _write(actor: Any, parent: Page, facts: dict[str, Any], text: str) -> NewsPage:
    lead, body = lead_and_body(text)
    facts |= {"lead": lead, "body": [("paragraph", body)] if body else []}
    slug = free_slug(facts["title"], parent=parent, otherwise="news")
    page = NewsPage(**facts, slug=slug, owner=actor, live=False, locale_id=parent.locale_id)
    parent.add_child(instance=page)
    page.save_revision(user=actor)
    if page.picture is not None:
        _use(page.picture, name=page.picture_alt or page.title)
        log(page, PEOPLE_AGREED, user=actor)
    return page


def _use(image: Any, *, name: str) -> None:
    """The library names it by what it shows; telephones only count."""
    if WaitingPhoto.objects.filter(image=image).delete()[0]:
        image.title = name[:LONGEST_NAME]
        image.save(update_fields=["title"])


@transaction.atomic
def keep_photo(actor: Any, *, collection: Collection, file: ContentFile, name: str) -> Any:
    """Store a cleaned photo as an image that waits for its news. ``name`` is what the person calls it."""
    # Names of files tell when a photo was taken, and nobody shall guess one that is not published yet.
    file.name = f"{uuid4().hex}{Path(file.name or '').suffix}"
    image = get_image_model().objects.create(
        title=name[:LONGEST_NAME], file=file, collection=collection, uploaded_by_user=actor
    )
    WaitingPhoto.objects.create(image=image)
    _erase_oldest(actor)
    return image


def _erase_oldest(actor: Any) -> None:
    """Nobody fills the disk with photos of news that are never sent."""
    waiting = WaitingPhoto.objects.filter(image__uploaded_by_user=actor).order_by("-created_at", "-pk")
    for pk in waiting.values_list("pk", flat=True)[MOST_WAITING:]:
        _erase(pk)


@transaction.atomic
def drop_photo(image: Any) -> None:
    """Erase ``image`` unless its news have been written."""
    if WaitingPhoto.objects.filter(image=image).exists():
        image.delete()


def erase_left_photos(*, at: datetime) -> int:
    """Erase photos whose news nobody has written within a day before ``at``. Gives the number erased."""
    left = WaitingPhoto.objects.filter(created_at__lte=at - PHOTOS_WAIT_FOR)
    return count_done(_erase, ((pk,) for pk in left.order_by("pk").values_list("pk", flat=True)))


@transaction.atomic
def _erase(pk: int) -> bool:
    waiting = WaitingPhoto.objects.select_for_update(of=("self",)).filter(pk=pk).first()
    if waiting is None:
        return False
    # Colleagues may have found it in the collection.
    is_used = ReferenceIndex.get_references_to(waiting.image).exists()
    (waiting if is_used else waiting.image).delete()
    return not is_used
