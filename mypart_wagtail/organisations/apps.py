from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MypartOrganisationsConfig(AppConfig):
    """Who an NGO is: its card, its people and their roles."""

    name = "mypart_wagtail.organisations"
    label = "mypart_organisations"
    verbose_name = _("Organisations")
    default_auto_field = "django.db.models.BigAutoField"
    mypart_providers = {
        "account.organisations": "mypart_wagtail.organisations.providers.account_link",
        "areas": "mypart_wagtail.organisations.areas.area_choices",
        "organisations.choices": "mypart_wagtail.organisations.providers.choices",
        "organisations.in_focus": "mypart_wagtail.organisations.providers.in_focus",
        "organisations.listed": "mypart_wagtail.organisations.providers.listed",
        "search.organisations": "mypart_wagtail.organisations.providers.OrganisationFinder",
    }

    def ready(self) -> None:
        from mypart_wagtail.organisations import signals  # noqa: F401
