"""Page types of a city's own project, the host that installs the apps."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page

from mypart_wagtail.blocks import ContentStreamBlock
from mypart_wagtail.streamfields import ExtensibleStreamField


class NoticeBoardBlock(blocks.StructBlock):
    """What hangs on the board in the hall of the city office, in the city's own look."""

    title = blocks.CharBlock(label=_("Title"), max_length=120)
    text = blocks.TextBlock(label=_("Text"), max_length=600)

    class Meta:
        icon = "pin"
        label = _("Notice board")
        template = "sandbox/blocks/notice_board.html"


class MunicipalStreamBlock(ContentStreamBlock):
    """What editors put on the city's pages: all blocks of the package, and the city's own."""

    notice_board = NoticeBoardBlock()


class MunicipalPage(Page):
    """A page of the city, made by others in a look of its own, on which editors place our blocks."""

    body = ExtensibleStreamField(MunicipalStreamBlock, blank=True, verbose_name=_("body"))

    content_panels = [*Page.content_panels, FieldPanel("body")]

    class Meta:
        verbose_name = _("municipal page")


class DemoMade(models.Model):
    """Something that the demo has made once. Whatever became of it since is not undone."""

    key = models.CharField(max_length=200, unique=True)
    made = models.CharField(max_length=40, blank=True)

    def __str__(self) -> str:
        return self.key
