"""System checks of the portal; ``docs/reference/checks.md`` lists them all."""

from typing import Any

from django.apps import apps
from django.core.checks import CheckMessage, Error, register

TAG = "mypart"


@register(TAG)
def check_settings_app(**kwargs: Any) -> list[CheckMessage]:
    """Name, colours, contact and menu are kept in a setting of the site."""
    if apps.is_installed("wagtail.contrib.settings"):
        return []
    return [
        Error(
            "The portal keeps its name and menu in Wagtail's settings, which are not installed.",
            hint="Add 'wagtail.contrib.settings' to INSTALLED_APPS.",
            id="mypart_portal.E001",
        )
    ]
