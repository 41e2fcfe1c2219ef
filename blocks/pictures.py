"""Pictures: one with a caption, and a gallery."""

from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images import get_image_model
from wagtail.images.blocks import ImageBlock
from wagtail.images.models import AbstractImage

from mypart_wagtail.blocks.base import PICTURES, ContentBlock


def drawn_picture(alt: str) -> AbstractImage:
    """A picture that lies in no database, a decoration if ``alt`` is empty.

    The tag ``picture`` shows a drawing of the package in its place.
    """
    # Without a collection, whose default is looked up in the database.
    image = get_image_model()(title=alt, width=560, height=360, collection_id=None)
    image.contextual_alt_text, image.decorative = alt, not alt
    return image


class PictureBlock(ContentBlock):
    """A picture, described in words or marked as decoration."""

    image = ImageBlock(label=_("Picture"))
    caption = blocks.CharBlock(label=_("Caption"), max_length=250, required=False)
    author = blocks.CharBlock(
        label=_("Author or source"),
        max_length=120,
        required=False,
        help_text=_("For example “photo: City Office”."),
    )

    class Meta:
        icon = "image"
        label = _("Picture")
        group = PICTURES
        description = _("A picture with a caption and its author.")
        template = "mypart_blocks/picture.html"

    def example(self) -> dict[str, Any]:
        alt = gettext("A town of coloured houses under the evening sky")
        return {"image": drawn_picture(alt), "caption": gettext("The market square"), "author": ""}


class GalleryItemBlock(blocks.StructBlock):
    """A picture of a gallery."""

    image = ImageBlock(label=_("Picture"))
    caption = blocks.CharBlock(label=_("Caption"), max_length=250, required=False)


class GalleryBlock(ContentBlock):
    """Several pictures side by side."""

    lists = {"pictures": "image"}

    heading = blocks.CharBlock(label=_("Heading"), max_length=120, required=False)
    pictures = blocks.ListBlock(GalleryItemBlock(label=_("Picture")), label=_("Pictures"))

    class Meta:
        icon = "grid"
        label = _("Gallery")
        group = PICTURES
        description = _("Several pictures side by side, each with a caption.")
        template = "mypart_blocks/gallery.html"

    def example(self) -> dict[str, Any]:
        captions = (gettext("The market square"), gettext("The park by the river"), gettext("The stadium"))
        return {
            "heading": gettext("Our town"),
            "pictures": [{"image": drawn_picture(caption), "caption": caption} for caption in captions],
        }
