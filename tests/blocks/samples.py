"""Pages with blocks: each block's own example, with a real picture and real files in it."""

import json
import uuid
from io import BytesIO
from typing import Any

from django.core.files.base import ContentFile
from django.core.serializers.json import DjangoJSONEncoder
from PIL import Image as Drawing
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Collection, Page

from mypart_wagtail.blocks.content import BLOCKS, content_blocks
from mypart_wagtail.blocks.listings import ListingBlock
from mypart_wagtail.portal.models import ContentPage
from tests.sites import default_site

OFFERED = list(content_blocks())
"""Blocks whose apps are installed."""

LISTS = [name for name in OFFERED if issubclass(BLOCKS[name], ListingBlock)]
OWN_CONTENT = [name for name in OFFERED if name != "offer_generator" and name not in LISTS]


def root_collection() -> Collection:
    """Made by a migration, and flushed away by tests that commit."""
    return Collection.get_first_root_node() or Collection.add_root(name="Root")


def stored_picture(title: str = "Town") -> Any:
    file = BytesIO()
    Drawing.new("RGB", (900, 600), "#0b5757").save(file, "PNG")
    content = ContentFile(file.getvalue(), f"{title}.png")
    return get_image_model().objects.create(title=title, file=content, collection=root_collection())


def stored_file(name: str, content: bytes = b"content") -> Any:
    return get_document_model().objects.create(
        title=name, file=ContentFile(content, name), collection=root_collection()
    )


def examples(names: list[str] = OWN_CONTENT) -> list[dict[str, Any]]:
    """Data of blocks as they are stored, each the example that the picker shows."""
    blocks = content_blocks()
    prepared = {name: blocks[name].get_prep_value(blocks[name].get_preview_value()) for name in names}
    files = {
        "film": stored_file("film.mp4"),
        "captions": stored_file("film.vtt"),
        "document": stored_file("a.pdf"),
    }
    pks = {"image": stored_picture().pk, **{kind: file.pk for kind, file in files.items()}}
    return [stream_item(name, _with_files(value, pks)) for name, value in prepared.items()]


def stream_item(name: str, value: Any) -> dict[str, Any]:
    return {"type": name, "value": value, "id": str(uuid.uuid4())}


def _with_files(value: Any, pks: dict[str, int]) -> Any:
    if isinstance(value, list):
        return [_with_files(item, pks) for item in value]
    if not isinstance(value, dict):
        return value
    filled = {key: _with_files(part, pks) for key, part in value.items()}
    if "url" in filled:  # a link, which leads elsewhere
        return filled
    return filled | {
        key: pk for key, pk in pks.items() if key in filled and not isinstance(filled[key], dict)
    }


def page_with(body: list[dict[str, Any]], *, kind: type[Page] = ContentPage, slug: str = "blocks") -> Any:
    """A live page with ``body``."""
    page = kind(title="Blocks", slug=slug, body=json.dumps(body, cls=DjangoJSONEncoder))
    default_site().root_page.add_child(instance=page)
    page.save_revision().publish()
    return page
