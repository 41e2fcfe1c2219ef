"""Page types of a city's own project, the host that installs the apps."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.models import Page

from mypart_wagtail.blocks import ContentStreamBlock
from mypart_wagtail.streamfields import ExtensibleStreamField


class CardBlock(blocks.StructBlock):
    """One thing a visitor can do."""

    title = blocks.CharBlock(label=_("Title"), max_length=80)
    text = blocks.TextBlock(label=_("Text"), max_length=300)


class CardsBlock(blocks.StructBlock):
    """What a visitor can do, in the order in which it is done."""

    heading = blocks.CharBlock(label=_("Heading"), max_length=120)
    cards = blocks.ListBlock(CardBlock(label=_("Card")), label=_("Cards"))

    class Meta:
        icon = "list-ol"
        label = _("What one can do here")
        template = "sandbox/blocks/cards.html"


class HomeStreamBlock(ContentStreamBlock):
    """What editors put on the home page: all blocks of the package, with the city's own cards."""

    cards = CardsBlock()


class HomePage(Page):
    """The first page of the site, in the look of the package."""

    lead = models.TextField(_("lead"), max_length=400, blank=True)
    button = models.CharField(_("button text"), max_length=60, blank=True)
    button_page = models.ForeignKey(
        "wagtailcore.Page",
        verbose_name=_("page the button leads to"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    body = ExtensibleStreamField(HomeStreamBlock, blank=True, verbose_name=_("body"))

    content_panels = [
        *Page.content_panels,
        FieldPanel("lead"),
        FieldRowPanel([FieldPanel("button"), FieldPanel("button_page")]),
        FieldPanel("body"),
    ]

    class Meta:
        verbose_name = _("home page")


class ContentPage(Page):
    """A page of whatever blocks its editor puts together, in the look of the package."""

    body = ExtensibleStreamField(ContentStreamBlock, blank=True, verbose_name=_("body"))

    content_panels = [*Page.content_panels, FieldPanel("body")]

    class Meta:
        verbose_name = _("content page")


class MunicipalPage(Page):
    """A page of the city, made by others in a look of its own, on which editors place our blocks."""

    body = ExtensibleStreamField(ContentStreamBlock, blank=True, verbose_name=_("body"))

    content_panels = [*Page.content_panels, FieldPanel("body")]

    class Meta:
        verbose_name = _("municipal page")
