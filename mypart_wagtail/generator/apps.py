from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MypartGeneratorConfig(AppConfig):
    """The form engine: templates, autosave, checks, submission, PDF. Knows no grants."""

    name = "mypart_wagtail.generator"
    label = "mypart_generator"
    verbose_name = _("Form generator")
    default_auto_field = "django.db.models.BigAutoField"
    mypart_providers = {
        "doctor.pdf": "mypart_wagtail.generator.doctor.examine_pdf",
        "doctor.pdf.missing": "mypart_wagtail.generator.doctor.examine_missing_pdfs",
    }

    def ready(self) -> None:
        from mypart_wagtail.generator import signals  # noqa: F401
