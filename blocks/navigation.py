"""Ways onward: a button, a call to action, a list of links, cards, the way to a place."""

from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images.blocks import ImageBlock

from mypart_wagtail.blocks.base import LINKS, SHORT_TEXT, ContentBlock
from mypart_wagtail.blocks.links import LinkBlock
from mypart_wagtail.blocks.pictures import drawn_picture

EXAMPLE_URL = "https://www.example.org/"
MAP = "https://www.openstreetmap.org/"


def _example_link(text: str) -> dict[str, Any]:
    return {"text": text, "page": None, "document": None, "url": EXAMPLE_URL}


class ButtonBlock(ContentBlock):
    """A link that looks like a button."""

    link = LinkBlock()
    style = blocks.ChoiceBlock(
        label=_("Style"),
        choices=[("primary", _("Main: one on a page")), ("secondary", _("Secondary"))],
        default="primary",
    )

    class Meta:
        icon = "redirect"
        label = _("Button")
        group = LINKS
        description = _("The one thing to do next.")
        template = "mypart_blocks/button.html"

    def example(self) -> dict[str, Any]:
        return {"link": _example_link(gettext("See the calls")), "style": "primary"}


class CallToActionBlock(ContentBlock):
    """A band with a sentence and a button."""

    heading = blocks.CharBlock(label=_("Heading"), max_length=120)
    text = blocks.TextBlock(label=_("Text"), rows=2, required=False)
    link = LinkBlock()

    class Meta:
        icon = "pick"
        label = _("Call to action")
        group = LINKS
        description = _("A coloured band with a heading, a sentence and a button.")
        template = "mypart_blocks/call_to_action.html"

    def example(self) -> dict[str, Any]:
        return {
            "heading": gettext("Do you have an idea for your street?"),
            "text": gettext("Write three sentences, and we will help you with the rest."),
            "link": _example_link(gettext("Tell us about it")),
        }


class LinkListItemBlock(blocks.StructBlock):
    """A link with a sentence about it."""

    link = LinkBlock()
    description = blocks.CharBlock(label=_("Description"), max_length=250, required=False)


class LinkListBlock(ContentBlock):
    """Links, one under another."""

    lists = {"links": "link"}

    heading = blocks.CharBlock(label=_("Heading"), max_length=120, required=False)
    links = blocks.ListBlock(LinkListItemBlock(label=_("Link")), label=_("Links"))

    class Meta:
        icon = "list-ul"
        label = _("List of links")
        group = LINKS
        description = _("Links to pages, documents and other sites, each with a sentence about it.")
        template = "mypart_blocks/link_list.html"

    def example(self) -> dict[str, Any]:
        return {
            "heading": gettext("Read also"),
            "links": [
                {
                    "link": _example_link(gettext("Programme of cooperation")),
                    "description": gettext("What the city plans."),
                },
                {"link": _example_link(gettext("Results of earlier calls")), "description": ""},
            ],
        }


class CardBlock(blocks.StructBlock):
    """A title, a sentence and where to go."""

    title = blocks.CharBlock(label=_("Title"), max_length=120)
    text = blocks.TextBlock(label=_("Text"), max_length=400, rows=2, required=False)
    image = ImageBlock(label=_("Picture"), required=False)
    link = LinkBlock(required=False)


class CardsBlock(ContentBlock):
    """Cards side by side; a card with a link is a link as a whole, named by its title."""

    lists = {"cards": "title"}

    heading = blocks.CharBlock(label=_("Heading"), max_length=120, required=False)
    cards = blocks.ListBlock(CardBlock(label=_("Card")), label=_("Cards"))

    class Meta:
        icon = "grid"
        label = _("Cards")
        group = LINKS
        description = _("Several topics side by side, each with a title, a sentence and a link.")
        template = "mypart_blocks/cards.html"

    def example(self) -> dict[str, Any]:
        cards = [
            (gettext("Grants"), gettext("Calls, offers and reports.")),
            (gettext("Advice"), gettext("Meet an adviser, free of charge.")),
        ]
        return {
            "heading": gettext("What we help with"),
            "cards": [
                {"title": title, "text": text, "image": drawn_picture(""), "link": _example_link("")}
                for title, text in cards
            ],
        }


class MapLinkValue(blocks.StructValue):
    """A place, and where a map of it is."""

    @property
    def map_url(self) -> str:
        """OpenStreetMap at the coordinates if there are any, else searching for the address, else ""."""
        latitude, longitude = self.get("latitude"), self.get("longitude")
        if latitude is not None and longitude is not None:
            marker = urlencode({"mlat": _plain(latitude), "mlon": _plain(longitude)})
            return f"{MAP}?{marker}#map=17/{_plain(latitude)}/{_plain(longitude)}"
        address = " ".join((self.get("address") or "").split())
        return f"{MAP}search?{urlencode({'query': address})}" if address else ""


def _plain(number: Any) -> str:
    return f"{Decimal(str(number)):f}"


class MapLinkBlock(ContentBlock):
    """Where a place is. A link, and no map in the page, which would tell a third party who reads it."""

    name = blocks.CharBlock(label=_("Name of the place"), max_length=160)
    address = blocks.TextBlock(label=_("Address"), rows=2)
    latitude = blocks.DecimalBlock(
        label=_("Latitude"), required=False, min_value=-90, max_value=90, help_text=_("For example 50.2081.")
    )
    longitude = blocks.DecimalBlock(
        label=_("Longitude"),
        required=False,
        min_value=-180,
        max_value=180,
        help_text=_("For example 19.1661."),
    )
    directions = blocks.RichTextBlock(
        label=_("How to get there"),
        features=SHORT_TEXT,
        required=False,
        help_text=_(
            "Stops, parking, and the way in for a wheelchair: people who cannot see a map need it most."
        ),
    )

    class Meta:
        icon = "crosshairs"
        label = _("Place and map")
        group = LINKS
        description = _("An address, how to get there, and a link to the map.")
        template = "mypart_blocks/map_link.html"
        value_class = MapLinkValue

    def example(self) -> dict[str, Any]:
        directions = gettext("Bus stop “Rynek”, lines 44 and 76. The entrance from the yard has no steps.")
        return {
            "name": gettext("Centre for NGOs"),
            "address": "ul. Przykładowa 1\n41-400 Mysłowice",
            "latitude": Decimal("50.2081"),
            "longitude": Decimal("19.1661"),
            "directions": f"<p>{directions}</p>",
        }
