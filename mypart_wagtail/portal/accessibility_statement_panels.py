"""What an editor of an accessibility statement fills in, in the order in which it is printed."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.models import Page

STATEMENT_PANELS = [
    *Page.content_panels,
    MultiFieldPanel(
        [
            FieldPanel("entity"),
            FieldPanel("site_address"),
            FieldRowPanel([FieldPanel("site_published_on"), FieldPanel("site_updated_on")]),
        ],
        heading=_("The web site"),
    ),
    MultiFieldPanel(
        [FieldPanel("status"), FieldPanel("failures"), FieldPanel("exempt"), FieldPanel("burden")],
        heading=_("Digital accessibility"),
    ),
    MultiFieldPanel(
        [
            FieldRowPanel([FieldPanel("prepared_on"), FieldPanel("reviewed_on")]),
            FieldPanel("assessment"),
            FieldPanel("assessor"),
            FieldPanel("assessment_address"),
            FieldPanel("shortcuts"),
        ],
        heading=_("Preparation"),
    ),
    MultiFieldPanel(
        [FieldPanel("contact"), FieldRowPanel([FieldPanel("email"), FieldPanel("phone")])],
        heading=_("Contact"),
    ),
    MultiFieldPanel(
        [
            FieldPanel("applications"),
            FieldPanel("building"),
            FieldPanel("building_address"),
            FieldPanel("communication"),
            FieldPanel("other"),
        ],
        heading=_("Other information"),
    ),
]
