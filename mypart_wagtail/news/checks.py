"""System checks of the news; ``docs/reference/checks.md`` lists them all."""

from typing import Any

from django.apps import apps
from django.core.checks import CheckMessage, Error, register

TAG = "mypart"
ROUTABLE = "wagtail.contrib.routable_page"


@register(TAG)
def check_routable_pages(**kwargs: Any) -> list[CheckMessage]:
    """Archive and feeds are addresses under the list of news."""
    if apps.is_installed(ROUTABLE):
        return []
    return [
        Error(
            "The archive and the feeds of news need Wagtail's routable pages, which are not installed.",
            hint=f"Add '{ROUTABLE}' to INSTALLED_APPS.",
            id="mypart_news.E001",
        )
    ]
