"""Images that come in through the Wagtail admin; named by ``WAGTAILIMAGES_IMAGE_FORM_BASE``."""

from typing import Any

from wagtail.images.forms import BaseImageForm

from mypart_wagtail.photos import clean_photo

LEFT_ALONE = ("gif", "svg")
"""Drawings and moving pictures, which no camera makes."""


class CleanImageForm(BaseImageForm):
    """Stores the picture alone: neither where and when it was taken, nor by which device."""

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if "file" not in self.changed_data or file.image.format_name in LEFT_ALONE:
            return file
        return clean_photo(file)
