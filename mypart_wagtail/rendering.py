"""Accessible markup for every Django form: ``{{ form }}`` and ``{{ field.as_field_group }}``."""

from typing import Any

from django.forms.renderers import BaseRenderer, DjangoTemplates
from django.template.loader import get_template


class MypartRenderer(DjangoTemplates):
    """Renders forms with ``mypart/forms/*.html``, which a host may override like any template.

    Widgets come from Django's own templates, so that the setting ``FORM_RENDERER``, which the admin uses
    too, is left alone.
    """

    form_template_name = "mypart/forms/form.html"
    field_template_name = "mypart/forms/field.html"

    def get_template(self, template_name: str) -> Any:
        if template_name.startswith("mypart/"):
            return get_template(template_name)
        return super().get_template(template_name)


class AccessibleFormMixin:
    """Put first among a form's bases: it then renders with the package's markup."""

    default_renderer: BaseRenderer | type[BaseRenderer] | None = MypartRenderer
