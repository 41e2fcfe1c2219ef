"""What page types of several apps have in common: a lead, and a body of blocks."""

import swapper
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page
from wagtail.search import index

from mypart_wagtail.blocks.content import ContentStreamBlock
from mypart_wagtail.streamfields import ExtensibleStreamField


def link_to_page() -> models.OneToOneField:
    """The link of a page type to its ``Page``, under a name that no page type of a host has.

    Wagtail's own would be ``page.homepage``, which the host's ``home.HomePage`` takes already.
    """
    return models.OneToOneField(
        swapper.get_model_name("wagtailcore", "Page"),
        on_delete=models.CASCADE,
        parent_link=True,
        related_name="%(app_label)s_%(class)s",
    )


PROSE = ["bold", "italic", "link", "document-link", "ol", "ul"]


class LeadMixin(models.Model):
    """A sentence or two in large type. Lists of pages and search engines show it too."""

    lead = models.TextField(
        _("lead"),
        max_length=400,
        blank=True,
        help_text=_("What the page is about, in a sentence or two. Lists of pages show it too."),
    )

    search_fields = [*Page.search_fields, index.SearchField("lead")]

    class Meta:
        abstract = True


class BodyMixin(LeadMixin):
    """A lead, and whatever blocks the editor puts together."""

    body = ExtensibleStreamField(ContentStreamBlock, blank=True, verbose_name=_("body"))

    content_panels = [*Page.content_panels, FieldPanel("lead"), FieldPanel("body")]
    search_fields = [*LeadMixin.search_fields, index.SearchField("body")]

    class Meta:
        abstract = True
