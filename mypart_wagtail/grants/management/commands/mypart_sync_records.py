import logging
from typing import Any

from django.apps import apps
from django.core.management.base import BaseCommand

from mypart_wagtail.grants.announcing import announce, is_announced, should_announce, why_not_announced
from mypart_wagtail.grants.models.pages import CallPageMixin

logger = logging.getLogger("mypart_wagtail.grants")


class Command(BaseCommand):
    help = "Write every live page of a call into its record again, where a failure kept it from there."

    def handle(self, *args: Any, **options: Any) -> None:
        repaired = sum(self._repair(page) for page in live_pages())
        self.stdout.write(f"Repaired {repaired}.")

    def _repair(self, page: Any) -> bool:
        """Whether ``page`` was repaired. What fails with one page keeps no other from its turn."""
        try:
            if is_announced(page):
                return False
            call = announce(page, actor=page.live_revision.user if page.live_revision else None)
        except Exception:
            logger.exception("The call of page %s could not be announced", page.pk)
            self.stderr.write(f"Page {page.pk} “{page}” failed, see the log.")
            return False
        if call is None:
            self._say_why_not(page)
        return call is not None

    def _say_why_not(self, page: Any) -> None:
        self.stderr.write(f"Page {page.pk} “{page}” is not announced:")
        for _name, message in why_not_announced(page):
            self.stderr.write(f"  {message}")


def live_pages() -> list[Any]:
    """Live pages of calls, of the host's own types too; those published first come first."""
    models: list[Any] = [model for model in apps.get_models() if issubclass(model, CallPageMixin)]
    pages = [
        page
        for model in models
        for page in model._default_manager.filter(live=True).select_related("locale", "live_revision__user")
    ]
    first = sorted(pages, key=lambda page: str(page.first_published_at or ""))
    return [page for page in first if should_announce(page)]
