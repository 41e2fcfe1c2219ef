"""Images that come in through the Wagtail admin; named by ``WAGTAILIMAGES_IMAGE_FORM_BASE``."""

from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from PIL import Image
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

from mypart_wagtail.photos import LARGEST_SIDE, clean_photo

DRAWINGS = ("svg",)
MOVING = ("gif",)


class CleanImageField(WagtailImageField):
    """Cleans a photo before Wagtail unpacks it, so that none larger than ``LARGEST_SIDE`` is unpacked here.

    Drawings and moving pictures, which no camera makes, stay as they are.
    """

    def to_python(self, data: Any) -> Any:
        """Return the file that is to be stored. Raises ``ValidationError``."""
        if not data:
            return super().to_python(data)
        self.check_image_file_size(data)
        extension = Path(data.name).suffix[1:].lower()
        if extension in MOVING:
            self._require_small(data)
        elif extension in self.allowed_image_extensions and extension not in DRAWINGS:
            data = clean_photo(data)
        return super().to_python(data)

    @staticmethod
    def _require_small(file: Any) -> None:
        """Look at the size alone: pages unpack such a file each time they show it in another size."""
        file.seek(0)
        try:
            with Image.open(file, formats=["GIF"]) as image:
                is_small = max(image.size) <= LARGEST_SIDE
        except Image.DecompressionBombError:
            is_small = False
        except OSError:  # It is no GIF, which Wagtail says.
            is_small = True
        file.seek(0)
        if not is_small:
            raise ValidationError(
                _("This picture is too large: its sides may be at most %(most)s pixels long.")
                % {"most": LARGEST_SIDE}
            )


class CleanImageForm(BaseImageForm):
    """Stores the picture alone: neither where and when it was taken, nor by which device."""

    file = CleanImageField(widget=BaseImageForm.Meta.widgets["file"])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].label = capfirst(self.instance._meta.get_field("file").verbose_name)
