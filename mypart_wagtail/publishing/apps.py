from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MypartPublishingConfig(AppConfig):
    """Organisations publish in the portal themselves: their rights, and the moderation of what they write."""

    name = "mypart_wagtail.publishing"
    label = "mypart_publishing"
    verbose_name = _("Publishing by organisations")
    default_auto_field = "django.db.models.BigAutoField"
    mypart_providers = {
        "organisations.mine.links": "mypart_wagtail.publishing.providers.links_of_memberships",
        "publishing.collection": "mypart_wagtail.publishing.providers.collection_of",
        "publishing.is_only_publisher": "mypart_wagtail.publishing.permissions.is_only_publisher",
        "publishing.names_foreign_things": "mypart_wagtail.publishing.providers.names_foreign_things",
        "publishing.promise": "mypart_wagtail.publishing.providers.promise",
    }

    def ready(self) -> None:
        from mypart_wagtail.publishing import checks, signals  # noqa: F401
