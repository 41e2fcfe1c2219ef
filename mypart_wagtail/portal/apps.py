from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MypartPortalConfig(AppConfig):
    """Pages of an NGO portal that are the same in every city."""

    name = "mypart_wagtail.portal"
    label = "mypart_portal"
    verbose_name = _("Portal")
    default_auto_field = "django.db.models.BigAutoField"
    mypart_providers = {"frame.portal": "mypart_wagtail.portal.frame.frame"}

    def ready(self) -> None:
        from mypart_wagtail.portal import checks, signals  # noqa: F401

        signals.follow_things()
