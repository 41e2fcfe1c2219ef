"""What frames every page is made anew when something in it changes; the search follows what is published."""

import logging
from functools import partial
from typing import Any

from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from wagtail.documents.models import AbstractDocument
from wagtail.images.models import AbstractImage
from wagtail.models import Page, PageViewRestriction, Site
from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move

from mypart_wagtail.findable import Finder
from mypart_wagtail.fragments import has_changed
from mypart_wagtail.portal.frame import PORTAL
from mypart_wagtail.portal.models import (
    Partner,
    PinnedPage,
    PortalSettings,
    PortalWords,
    SearchEntry,
    SocialLink,
)
from mypart_wagtail.portal.search.indexing import finders, forget_thing, index_page, index_thing

logger = logging.getLogger("mypart_wagtail.portal")

SETTINGS = (PortalSettings, PortalWords, PinnedPage, Partner, SocialLink, Site, PageViewRestriction)


@receiver([page_published, page_unpublished, page_slug_changed, post_page_move])
def frame_with_changed_page(sender: type, **kwargs: Any) -> None:
    has_changed(PORTAL)


@receiver(post_save)
def frame_with_changed_settings(sender: type, **kwargs: Any) -> None:
    if issubclass(sender, SETTINGS):
        has_changed(PORTAL)


@receiver(post_save)
def show_changed_thing(sender: type, instance: Any, **kwargs: Any) -> None:
    """Pictures, files, and pages saved past publishing. The draft an editor types is shown to nobody."""
    is_page = isinstance(instance, Page) and instance.live and not instance.has_unpublished_changes
    if is_page or issubclass(sender, AbstractImage | AbstractDocument):
        has_changed(PORTAL)


@receiver(post_delete)
def frame_without_deleted(sender: type, **kwargs: Any) -> None:
    if issubclass(sender, (*SETTINGS, Page, AbstractImage, AbstractDocument)):
        has_changed(PORTAL)


@receiver(page_published)
def find_published_page(sender: type, instance: Any, **kwargs: Any) -> None:
    """A failure leaves the page published and found as before; ``mypart_index_search`` repairs it."""
    _index_quietly(instance)


@receiver(page_unpublished)
def forget_unpublished_page(sender: type, instance: Any, **kwargs: Any) -> None:
    SearchEntry.objects.filter(page_id=instance.pk).delete()


@receiver(post_page_move)
def find_moved_pages(sender: type, instance: Any, **kwargs: Any) -> None:
    """It may stand on another site now, with all pages under it."""
    for page in instance.get_descendants(inclusive=True).live():
        _index_quietly(page)


def _index_quietly(page: Page) -> None:
    try:
        index_page(page)
    except Exception:
        logger.exception("The search could not take in page %s", page.pk)


def follow_things() -> None:
    """Let the search follow the things that other apps tell of."""
    for finder in finders():
        post_save.connect(partial(_find_changed, finder), sender=finder.model, weak=False)
        post_delete.connect(_forget_deleted, sender=finder.model)


def _find_changed(finder: Finder, sender: type, instance: Any, **kwargs: Any) -> None:
    index_thing(finder, instance)


def _forget_deleted(sender: type, instance: Any, **kwargs: Any) -> None:
    forget_thing(instance)
