"""The set of blocks for pages that editors compose.

    body = ExtensibleStreamField(ContentStreamBlock, blank=True)

A host adds or removes blocks of all such fields through one hook, and no migration follows::

    @hooks.register("construct_mypart_blocks")
    def our_blocks(blocks):
        blocks["weather"] = WeatherBlock()
        del blocks["chart"]
"""

from collections import Counter
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks, hooks
from wagtail.blocks.stream_block import StreamBlockValidationError

from mypart_wagtail.blocks.chart import ChartBlock
from mypart_wagtail.blocks.contact import ContactPersonBlock, HelpBoxBlock, OpeningHoursBlock
from mypart_wagtail.blocks.data import StatisticsBlock, TableBlock
from mypart_wagtail.blocks.files import DocumentsBlock, EasyToReadBlock
from mypart_wagtail.blocks.films import EmbedBlock, FilmBlock, SignLanguageBlock
from mypart_wagtail.blocks.listings import (
    LatestNewsBlock,
    NoticesBlock,
    OpenCallsBlock,
    OpenConsultationsBlock,
    OrganisationInFocusBlock,
    OrganisationsBlock,
    UpcomingEventsBlock,
)
from mypart_wagtail.blocks.navigation import (
    ButtonBlock,
    CallToActionBlock,
    CardsBlock,
    LinkListBlock,
    MapLinkBlock,
)
from mypart_wagtail.blocks.newsletter import NewsletterBlock
from mypart_wagtail.blocks.offer_generator import OfferGeneratorBlock
from mypart_wagtail.blocks.pictures import GalleryBlock, PictureBlock
from mypart_wagtail.blocks.text import (
    AccordionBlock,
    CalloutBlock,
    HeadingBlock,
    ParagraphBlock,
    QuoteBlock,
    StepsBlock,
)

HOOK = "construct_mypart_blocks"

# In the order in which the picker shows them. The names are stored with the pages: never rename one.
BLOCKS: dict[str, type[blocks.Block]] = {
    "paragraph": ParagraphBlock,
    "heading": HeadingBlock,
    "callout": CalloutBlock,
    "steps": StepsBlock,
    "accordion": AccordionBlock,
    "quote": QuoteBlock,
    "picture": PictureBlock,
    "gallery": GalleryBlock,
    "film": FilmBlock,
    "sign_language": SignLanguageBlock,
    "embed": EmbedBlock,
    "button": ButtonBlock,
    "call_to_action": CallToActionBlock,
    "newsletter": NewsletterBlock,
    "link_list": LinkListBlock,
    "cards": CardsBlock,
    "documents": DocumentsBlock,
    "easy_to_read": EasyToReadBlock,
    "map_link": MapLinkBlock,
    "table": TableBlock,
    "chart": ChartBlock,
    "statistics": StatisticsBlock,
    "contact_person": ContactPersonBlock,
    "opening_hours": OpeningHoursBlock,
    "help_box": HelpBoxBlock,
    "latest_news": LatestNewsBlock,
    "upcoming_events": UpcomingEventsBlock,
    "open_calls": OpenCallsBlock,
    "open_consultations": OpenConsultationsBlock,
    "organisations": OrganisationsBlock,
    "organisation_in_focus": OrganisationInFocusBlock,
    "notices": NoticesBlock,
    "offer_generator": OfferGeneratorBlock,
}

PLAIN_BLOCKS = {
    *("paragraph", "heading", "callout", "steps", "accordion", "quote", "picture", "gallery", "film"),
    *("sign_language", "button", "link_list", "documents", "easy_to_read", "map_link", "table"),
    *("contact_person", "opening_hours"),
}
"""What people of organisations write with; the rest composes pages of the city."""


def content_blocks() -> dict[str, blocks.Block]:
    """New blocks by name: those of the package whose provider is installed, then as the hooks of hosts will.

    To be called once models are loaded, since hooks live in modules that import them.
    """
    chosen = {name: kind() for name, kind in BLOCKS.items() if _is_available(kind)}
    for construct in hooks.get_hooks(HOOK):
        construct(chosen)
    return chosen


def _is_available(kind: Any) -> bool:
    """Whether the app is installed that provides what the block shows; most blocks need none."""
    return not hasattr(kind, "is_available") or kind.is_available()


class ContentStreamBlock(blocks.StreamBlock):
    """Everything an editor may put on a page. Blocks that a subclass declares win over those of the package.

    Given to a field as a class, it is made when first needed, after all apps and their hooks are there.
    """

    def __init__(self, local_blocks: Any = None, **kwargs: Any) -> None:
        if local_blocks is None:
            local_blocks = ({**content_blocks(), **self.base_blocks}).items()
        super().__init__(local_blocks, **kwargs)

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        anchors = [
            child.value.get("anchor") if isinstance(child.block, HeadingBlock) else None for child in cleaned
        ]
        counted = Counter(filter(None, anchors))
        message = _("Another heading of this page has this anchor.")
        errors = {
            index: blocks.StructBlockValidationError(block_errors={"anchor": ValidationError(message)})
            for index, anchor in enumerate(anchors)
            if anchor and counted[anchor] > 1
        }
        if errors:
            raise StreamBlockValidationError(block_errors=errors)
        return cleaned


def of_plain_blocks(block: ContentStreamBlock, present: set[str]) -> ContentStreamBlock:
    """``block`` with ``PLAIN_BLOCKS`` alone, and those that are ``present`` on a page already."""
    kept = PLAIN_BLOCKS | present
    chosen = [(name, child) for name, child in block.child_blocks.items() if name in kept]
    return type(block)(chosen, required=block.required)
