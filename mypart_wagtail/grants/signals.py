"""Publishing a call's page writes its record; what shows calls is rendered anew when they change."""

import logging
from typing import Any

from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from wagtail.log_actions import get_active_log_context
from wagtail.models import PageViewRestriction, Site
from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move

from mypart_wagtail.fragments import has_changed
from mypart_wagtail.grants.announcing import announce, should_announce
from mypart_wagtail.grants.models import Call
from mypart_wagtail.grants.models.pages import CallPageMixin
from mypart_wagtail.grants.providers import CALLS
from mypart_wagtail.organisations.models import Authority

logger = logging.getLogger("mypart_wagtail.grants")


@receiver(page_published)
def announce_published_call(sender: type, instance: Any, **kwargs: Any) -> None:
    """A failure leaves the page published and its record as it was; ``mypart_sync_records`` repairs it."""
    if not (isinstance(instance, CallPageMixin) and should_announce(instance)):
        return
    try:
        announce(instance, actor=_publisher(kwargs.get("revision")))
    except Exception:
        logger.exception("The call of page %s could not be announced", instance.pk)


def _publisher(revision: Any) -> Any:
    """Who publishes: the person at the admin, else whoever wrote what is published, as in the scheduler."""
    return get_active_log_context().user or getattr(revision, "user", None)


@receiver([post_save, post_delete])
def show_changed_call(sender: type, **kwargs: Any) -> None:
    """A call and all that its card shows of others: its page, its authority, the address of its site."""
    if issubclass(sender, Call | CallPageMixin | Authority | Site | PageViewRestriction):
        has_changed(CALLS)


@receiver([page_published, page_unpublished, page_slug_changed, post_page_move])
def show_moved_call(sender: type, **kwargs: Any) -> None:
    """A page above a call's may have moved it along."""
    has_changed(CALLS)
