from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MypartCoreConfig(AppConfig):
    """What every other app stands on: settings, checks, base templates, mail, private files."""

    name = "mypart_wagtail"
    label = "mypart_core"
    verbose_name = _("My PART")
    default_auto_field = "django.db.models.BigAutoField"
    mypart_providers = {"doctor.proxy": "mypart_wagtail.proxy_doctor.examine_proxy"}

    def ready(self) -> None:
        from mypart_wagtail import checks  # noqa: F401
