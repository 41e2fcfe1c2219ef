"""Forms of the engine's own screens in the admin."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from mypart_wagtail.generator.help import help_keys
from mypart_wagtail.generator.models import FieldHelp
from mypart_wagtail.generator.registry import form_templates

Places = list[tuple[str, list[tuple[str, str]]]]


class FieldHelpForm(forms.ModelForm):
    """Help of a city's own with one field, chosen by its name among the fields of all forms."""

    place = forms.ChoiceField(label=_("Field"))
    language = forms.ChoiceField(label=_("Language"))
    film = forms.URLField(
        label=_("Film in sign language"),
        required=False,
        assume_scheme="https",
        help_text=_("The address of a page with the film."),
    )

    class Meta:
        model = FieldHelp
        fields = ["site", "place", "language", "plain", "easy", "film"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"].choices = settings.LANGUAGES  # type: ignore[attr-defined]
        self.fields["place"].choices = [("", "–"), *places()]  # type: ignore[attr-defined]
        if self.instance.pk:
            self.initial["place"] = place(self.instance.template_id, self.instance.field_key)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if "place" in cleaned:
            template_id, _slash, key = cleaned["place"].partition(":")
            self.instance.template_id, self.instance.field_key = template_id, key
            if self._others(cleaned, template_id, key).exists():
                raise ValidationError(_("This site has help with this field in this language already."))
        return cleaned

    def _others(self, cleaned: dict[str, Any], template_id: str, key: str) -> Any:
        return FieldHelp.objects.filter(
            site=cleaned.get("site"), language=cleaned.get("language"), template_id=template_id, field_key=key
        ).exclude(pk=self.instance.pk)


def place(template_id: str, key: str) -> str:
    """What a choice of a field is called in the form: ``"pl.offer.2018-2057:actions/name"``."""
    return f"{template_id}:{key}"


def places() -> Places:
    """Everything that can have help, by form."""
    return [
        (template.title, [(place(template.id, key), name) for key, name in help_keys(template).items()])
        for template in form_templates().values()
    ]


def place_name(help: FieldHelp) -> str:
    """What people call the field that ``help`` is about."""
    template = form_templates().get(help.template_id)
    return (help_keys(template) if template else {}).get(help.field_key, str(help))
