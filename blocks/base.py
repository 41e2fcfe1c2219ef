"""What all blocks with an editor's own content share: a preview, and links that know their language."""

from collections.abc import Iterable, Iterator
from typing import Any, ClassVar

from django.db.models import prefetch_related_objects
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.list_block import ListValue
from wagtail.images.models import AbstractImage

from mypart_wagtail.blocks.links import LinkValue, show_in_active_language

TEXT = _("Text")
PICTURES = _("Pictures and films")
LINKS = _("Links and files")
DATA = _("Tables and charts")
CONTACT = _("Contact")

# Rich text inside a block: what may stand under a heading of its own.
SHORT_TEXT = ["bold", "italic", "link", "document-link", "ol", "ul"]


class PreviewMixin:
    """Shows ``example()`` in the block picker. It is made in memory, so a new site has previews too."""

    def example(self) -> Any:
        """A value as an editor might have written it, in the editor's language."""
        raise NotImplementedError

    def get_preview_value(self) -> Any:
        return self.normalize(self.example())  # type: ignore[attr-defined]

    def get_preview_template(self, value: Any, context: dict[str, Any] | None = None) -> str:
        return "mypart_blocks/preview.html"


class ContentBlock(PreviewMixin, blocks.StructBlock):
    """A block made of fields. Its template shows nothing while the block is empty.

    However many links and pictures it has, they take the same number of queries.
    """

    # Lists by name, each with the part without which an item of it is not shown. The template finds the
    # items left under the name of the list.
    lists: ClassVar[dict[str, str]] = {}

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        context = super().get_context(value, parent_context=parent_context)
        parts = list(_parts(value))
        show_in_active_language(part for part in parts if isinstance(part, LinkValue))
        _prefetch_renditions(part for part in parts if isinstance(part, AbstractImage))
        for name, part in self.lists.items():
            context[name] = [item for item in value.get(name) or [] if _says_something(item.get(part))]
        # Headings inside the block stand under its own, if it has one.
        context["item_level"] = 3 if value.get("heading") else 2
        return context


def _parts(value: Any) -> Iterator[Any]:
    """``value`` and all values inside it."""
    yield value
    inner: Iterable[Any] = ()
    if isinstance(value, blocks.StructValue):
        inner = value.values()
    elif isinstance(value, ListValue):
        inner = value
    for part in inner:
        yield from _parts(part)


def _prefetch_renditions(images: Iterable[AbstractImage]) -> None:
    """All renditions of ``images`` in one query. Pictures of previews are in no database."""
    stored = [image for image in images if image.pk]
    if stored:
        prefetch_related_objects(stored, "renditions")


def _says_something(part: Any) -> bool:
    return bool(part.words if isinstance(part, LinkValue) else part)
