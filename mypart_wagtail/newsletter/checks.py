"""System checks of the newsletter; ``docs/reference/checks.md`` lists them all."""

from typing import Any

from django.apps import apps
from django.core.checks import CheckMessage, Error, Warning, register

from mypart_wagtail.digests import TOPICS
from mypart_wagtail.providers import provided_names

TAG = "mypart"


@register(TAG)
def check_settings_app(**kwargs: Any) -> list[CheckMessage]:
    """How often it goes out and from whom is kept in a setting of the site."""
    if apps.is_installed("wagtail.contrib.settings"):
        return []
    return [
        Error(
            "The newsletter keeps its sender and rhythm in Wagtail's settings, which are not installed.",
            hint="Add 'wagtail.contrib.settings' to INSTALLED_APPS.",
            id="mypart_newsletter.E001",
        )
    ]


@register(TAG)
def check_topics(**kwargs: Any) -> list[CheckMessage]:
    """Without an app that has something to tell there is nothing to subscribe to."""
    if provided_names(TOPICS):
        return []
    return [
        Warning(
            "No installed app has a topic for the newsletter, so nobody can sign up for it.",
            hint="Add 'mypart_wagtail.news' or 'mypart_wagtail.grants' to INSTALLED_APPS.",
            id="mypart_newsletter.W001",
        )
    ]
