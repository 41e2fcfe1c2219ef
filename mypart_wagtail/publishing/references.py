"""What a page names in its fields and blocks."""

from __future__ import annotations

from typing import Any

from django.contrib.contenttypes.models import ContentType
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page, ReferenceIndex

Reference = tuple[Any, int]
"""A model and the key of one of its objects."""


def named_in(page: Any) -> set[Reference]:
    """Pages, pictures and documents that ``page`` names, as it is in memory."""
    models = (Page, get_image_model(), get_document_model())
    kinds = {ContentType.objects.get_for_model(model).pk: model for model in models}
    found = ReferenceIndex._extract_references_from_object(page)
    return {(kinds[kind], int(pk)) for kind, pk, *_where in found if kind in kinds}
