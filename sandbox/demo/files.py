"""Files of the demo, in Wagtail's library of documents."""

from typing import Any

from django.core.files.base import ContentFile
from wagtail.documents import get_document_model

from sandbox.demo.content import DATA


def stored_file(name: str) -> Any:
    """The file ``name`` of ``data/files``, put into the library the first time."""
    documents = get_document_model()
    title = f"My PART: {name}"
    found = documents.objects.filter(title=title).first()
    return found or documents.objects.create(
        title=title, file=ContentFile((DATA / "files" / name).read_bytes(), name)
    )
