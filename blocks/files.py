"""Files to download: documents, and a text that is easy to read."""

from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents import get_document_model
from wagtail.documents.blocks import DocumentChooserBlock

from mypart_wagtail.blocks.base import LINKS, ContentBlock


def unsaved_document(title: str, filename: str, size: int = 0) -> Any:
    """A document of ``size`` bytes that lies in no database, for previews."""
    return get_document_model()(title=title, file=filename, file_size=size, collection_id=None)


class DocumentItemBlock(blocks.StructBlock):
    """One file."""

    document = DocumentChooserBlock(label=_("Document"))
    title = blocks.CharBlock(
        label=_("Title"),
        max_length=200,
        required=False,
        help_text=_("Left empty: the title of the document."),
    )
    description = blocks.CharBlock(label=_("Description"), max_length=250, required=False)


def present_files(stream: Any) -> list[Any]:
    """Values of ``DocumentItemBlock`` in a StreamField whose documents have not been deleted since."""
    return [child.value for child in stream or [] if child.value.get("document")]


class DocumentsBlock(ContentBlock):
    """Files, each told by type and size before one downloads it."""

    lists = {"documents": "document"}

    heading = blocks.CharBlock(label=_("Heading"), max_length=120, required=False)
    documents = blocks.ListBlock(DocumentItemBlock(label=_("Document")), label=_("Documents"))

    class Meta:
        icon = "doc-full"
        label = _("Documents")
        group = LINKS
        description = _("Files to download, with their type and size.")
        template = "mypart_blocks/documents.html"

    def example(self) -> dict[str, Any]:
        rules = unsaved_document(gettext("Rules of the call"), "rules.pdf", 248_000)
        card = unsaved_document(gettext("Assessment card"), "card.odt", 31_500)
        return {
            "heading": gettext("To download"),
            "documents": [
                {"document": rules, "title": "", "description": gettext("In force from 1 January.")},
                {"document": card, "title": "", "description": ""},
            ],
        }


class EasyToReadBlock(ContentBlock):
    """A file of easy-to-read text, as art. 6 of the act of 19 July 2019 asks of every public body."""

    title = blocks.CharBlock(label=_("Title"), max_length=160)
    summary = blocks.TextBlock(
        label=_("What it is about"),
        rows=3,
        required=False,
        help_text=_("Short sentences, one thing in each."),
    )
    document = DocumentChooserBlock(label=_("File of easy-to-read text"))

    class Meta:
        icon = "glasses"
        label = _("Easy-to-read text")
        group = LINKS
        description = _("A file with easy-to-read text (ETR), and what it is about.")
        template = "mypart_blocks/easy_to_read.html"

    def example(self) -> dict[str, Any]:
        return {
            "title": gettext("What the city office does"),
            "summary": gettext("The city office helps people.\nYou can come, call or write."),
            "document": unsaved_document(gettext("Easy-to-read text"), "etr.pdf", 96_000),
        }
