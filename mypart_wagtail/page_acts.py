"""What is done to pages by decisions of ours, whatever Wagtail lets the person who decides do to them."""

from typing import Any

from wagtail.actions.unpublish_page import UnpublishPageAction


def take_off_site(actor: Any, page: Any) -> None:
    """Unpublish ``page``; its history says that ``actor`` did it. The caller has checked who may."""
    UnpublishPageAction(page, user=actor).execute(skip_permission_checks=True)
