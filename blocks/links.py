"""A link to a page, a document or another site, and whatever consists of links."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.models import Locale, Page

TARGETS = ("page", "document", "url")


def web_address(url: str | None) -> str:
    """``url`` if it is one of the web, else "": translators may change addresses past the editor's checks."""
    return url if url and url.startswith(("https://", "http://")) else ""


class LinkValue(blocks.StructValue):
    """Where a link leads and what it says."""

    shown_page: Page | None = None

    @property
    def href(self) -> str:
        """The address, or "" where the link leads nowhere: its page is no longer public, or never was set."""
        page, document = self.shown_page or self.get("page"), self.get("document")
        if page:
            return page.url or "" if page.live else ""
        if document:
            return document.url if document.pk else "#"
        return web_address(self.get("url"))

    @property
    def words(self) -> str:
        """The text, or else the title of what the link leads to."""
        page = self.shown_page or self.get("page")
        if self.get("text") or (page and not page.live):
            return self.get("text") or ""  # A draft keeps its title to itself.
        target = page or self.get("document")
        return target.title if target else self.get("url") or ""


class LinkBlock(blocks.StructBlock):
    """Part of other blocks. Exactly one target."""

    text = blocks.CharBlock(
        label=_("Text of the link"),
        max_length=120,
        required=False,
        help_text=_(
            "Say where it leads: people hear links one by one. Left empty: the title of the page or document."
        ),
    )
    page = blocks.PageChooserBlock(label=_("Page"), required=False)
    document = DocumentChooserBlock(label=_("Document"), required=False)
    url = blocks.URLBlock(label=_("Address on another site"), required=False)

    class Meta:
        icon = "link"
        label = _("Link")
        required = True
        value_class = LinkValue

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        if self.is_deferred_validation:
            return cleaned
        chosen = [name for name in TARGETS if cleaned.get(name)]
        if len(chosen) > 1:
            raise _error(chosen[-1], _("Choose one: a page, a document or an address."))
        if not chosen and (self.meta.required or cleaned.get("text")):
            raise _error("page", _("Choose a page or a document, or give an address."))
        if chosen == ["url"] and not cleaned.get("text"):
            raise _error("text", _("Say in words where the link leads."))
        return cleaned


def _error(field: str, message: Any) -> blocks.StructBlockValidationError:
    return blocks.StructBlockValidationError(block_errors={field: ValidationError(message)})


def show_in_active_language(links: Iterable[LinkValue]) -> None:
    """Let links to pages lead to their live translations. Two queries, however many links there are."""
    with_page = [link for link in links if link.get("page")]
    if not with_page or not getattr(settings, "WAGTAIL_I18N_ENABLED", False):
        return
    locale = Locale.get_active()
    keys = {link["page"].translation_key for link in with_page if link["page"].locale_id != locale.pk}
    translations = Page.objects.live().filter(locale=locale, translation_key__in=keys) if keys else ()
    by_key = {page.translation_key: page for page in translations}
    for link in with_page:
        link.shown_page = by_key.get(link["page"].translation_key)
