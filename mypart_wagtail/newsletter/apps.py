from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MypartNewsletterConfig(AppConfig):
    """A newsletter of what other apps have that is new, by topics that each reader chooses."""

    name = "mypart_wagtail.newsletter"
    label = "mypart_newsletter"
    verbose_name = _("Newsletter")
    default_auto_field = "django.db.models.BigAutoField"
    mypart_providers = {
        "newsletter.sign_up_url": "mypart_wagtail.newsletter.providers.sign_up_url",
        "doctor.newsletter": "mypart_wagtail.newsletter.doctor.examine_newsletter",
    }

    def ready(self) -> None:
        from mypart_wagtail.newsletter import checks  # noqa: F401
