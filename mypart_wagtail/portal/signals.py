"""The footer's link follows the statement, and whatever page above it is moved or renamed."""

from typing import Any

from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from wagtail.models import Site
from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move

from mypart_wagtail.fragments import has_changed
from mypart_wagtail.portal.models import AccessibilityStatementMixin
from mypart_wagtail.portal.providers import STATEMENT


@receiver([page_published, page_unpublished, page_slug_changed, post_page_move])
def find_statement_anew(sender: type, **kwargs: Any) -> None:
    has_changed(STATEMENT)


@receiver([post_save, post_delete])
def find_statement_of_changed_site(sender: type, **kwargs: Any) -> None:
    if issubclass(sender, AccessibilityStatementMixin | Site):
        has_changed(STATEMENT)
