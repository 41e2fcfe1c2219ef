from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MypartOrganisationsConfig(AppConfig):
    """Who an NGO is: its card, its people and their roles."""

    name = "mypart_wagtail.organisations"
    label = "mypart_organisations"
    verbose_name = _("Organisations")
    default_auto_field = "django.db.models.BigAutoField"
    mypart_providers = {"account.organisations": "mypart_wagtail.organisations.providers.account_link"}
