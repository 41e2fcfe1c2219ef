"""Thousands of pages, made without asking for each what publishing one does."""

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.utils import timezone
from wagtail.models import Page


def add_many(kind: type[Page], parent: Page, number: int, /, **facts: Any) -> None:
    """``number`` live pages of ``kind`` under ``parent``, after those that stand there."""
    first = parent.numchild + 1
    pages = [
        _page(kind, parent, position, facts.get("title", "Regatta"))
        for position in range(first, first + number)
    ]
    made = Page.objects.bulk_create(pages, batch_size=500)
    for page in made:
        # Only the row of the child: the one of the page is there already.
        child = kind(page_ptr=page, **page_fields(page), **facts)
        child.save_base(raw=True)
    Page.objects.filter(pk=parent.pk).update(numchild=parent.numchild + number)
    parent.numchild += number


def page_fields(page: Page) -> dict[str, Any]:
    return {field.attname: getattr(page, field.attname) for field in Page._meta.local_fields}


def _page(kind: type[Page], parent: Page, position: int, title: str) -> Page:
    slug = f"many-{position}"
    return Page(
        title=title,
        draft_title=title,
        slug=slug,
        path=Page._get_path(parent.path, parent.depth + 1, position),
        depth=parent.depth + 1,
        url_path=f"{parent.url_path}{slug}/",
        content_type=ContentType.objects.get_for_model(kind),
        locale=parent.locale,
        live=True,
        first_published_at=timezone.now(),
        last_published_at=timezone.now(),
    )
