"""The one screen on which people of organisations write news."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.base import ContentFile
from django.core.validators import MaxLengthValidator
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from mypart_wagtail.news.models import NewsCategory
from mypart_wagtail.news.models.pages import check_date
from mypart_wagtail.organisations.forms import CleanTextMixin
from mypart_wagtail.photos import MOST_BYTES, clean_photo
from mypart_wagtail.rendering import AccessibleFormMixin

LONGEST_TITLE = 255
LONGEST_TEXT = 50_000
LONGEST_ALT = 250
MEGABYTES = MOST_BYTES // 1024 // 1024


def _today() -> str:
    return timezone.localdate().isoformat()


class NewsForm(CleanTextMixin, AccessibleFormMixin, forms.Form):
    """Title, text and, if there is one, a photo with what is asked of photos.

    No field has a ``maxlength``, which cuts off what people paste without a word.
    """

    use_required_attribute = False

    title = forms.CharField(
        label=_("Title"),
        validators=[MaxLengthValidator(LONGEST_TITLE)],
        error_messages={"required": _("Write a title.")},
    )
    text = forms.CharField(
        label=_("Text"),
        validators=[MaxLengthValidator(LONGEST_TEXT)],
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text=_("An empty line begins a new paragraph. Addresses of pages and e-mails become links."),
        error_messages={"required": _("Write the text. What, who, when, where?")},
    )
    photo = forms.FileField(
        label=_("Photo file"),
        required=False,
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": "image/*,.heic,.heif"}),
        help_text=format_lazy(
            _("At most {most} MB. We take out of it where and when it was taken."), most=MEGABYTES
        ),
    )
    picture_alt = forms.CharField(
        label=_("What the photo shows"),
        required=False,
        validators=[MaxLengthValidator(LONGEST_ALT)],
        help_text=_("People who cannot see it hear this instead. Needed with a photo."),
    )
    is_ornament = forms.BooleanField(
        label=_("The photo is only an ornament, nothing is lost without it"), required=False
    )
    people_agree = forms.BooleanField(
        label=_("Everyone who can be recognised in the photo has agreed to be shown"),
        required=False,
        help_text=_("Needed with a photo. For children their parents agree."),
    )
    date = forms.DateField(
        label=_("Date"),
        initial=_today,
        validators=[check_date],
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        error_messages={"required": _("Give the date.")},
    )
    category = forms.ModelChoiceField(
        label=_("Category"), queryset=NewsCategory.objects.all(), required=False, empty_label=_("none")
    )

    def __init__(
        self,
        *args: Any,
        kept: Any = None,
        has_lost_photo: bool = False,
        is_draft: bool = False,
        **kwargs: Any,
    ) -> None:
        """``kept``: the image that came before; ``has_lost_photo``: it did, and is no longer there."""
        super().__init__(*args, **kwargs)
        self.kept = kept
        self.has_lost_photo = has_lost_photo
        self.fields["text"].required = not is_draft

    def clean_title(self) -> str:
        return " ".join(self.cleaned_data["title"].split())

    def clean_photo(self) -> ContentFile | None:
        file = self.cleaned_data["photo"]
        if file:
            return clean_photo(file)
        if self.has_lost_photo:
            raise forms.ValidationError(_("The photo is no longer kept here. Choose it once more."))
        return None

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not (self.kept or self.files.get("photo") or self.has_lost_photo):
            return cleaned
        is_described = (
            cleaned.get("picture_alt") or cleaned.get("is_ornament") or "picture_alt" in self.errors
        )
        if not is_described:
            self.add_error(
                "picture_alt", _("Write what the photo shows, or say that it is only an ornament.")
            )
        if not cleaned.get("people_agree"):
            self.add_error(
                "people_agree",
                _("Ask the people in the photo, and say here that they agree; or leave the photo out."),
            )
        return cleaned
