"""Images that come in through the Wagtail admin; named by ``WAGTAILIMAGES_IMAGE_FORM_BASE``."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from wagtail.images.forms import BaseImageForm

from mypart_wagtail.photos import LARGEST_SIDE, clean_photo

LEFT_ALONE = ("gif", "svg")
"""Drawings and moving pictures, which no camera makes."""


class CleanImageForm(BaseImageForm):
    """Stores the picture alone: neither where and when it was taken, nor by which device."""

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if "file" not in self.changed_data:
            return file
        if file.image.format_name not in LEFT_ALONE:
            return clean_photo(file)
        # Pages unpack it each time they show it in another size, while people are served.
        if file.image.format_name == "gif" and max(file.image.get_size()) > LARGEST_SIDE:
            raise ValidationError(
                _("This picture is too large: its sides may be at most %(most)s pixels long.")
                % {"most": LARGEST_SIDE}
            )
        return file
