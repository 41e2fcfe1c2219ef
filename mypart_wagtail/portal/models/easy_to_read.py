"""What the office does, in easy-to-read text and in sign language.

Both are asked of every public body by art. 6 of the act of 19 July 2019 on ensuring accessibility for
persons with special needs (Dz.U. 2019 poz. 1696, as amended), as known on 2026-11-25.
"""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page
from wagtail.search import index

from mypart_wagtail.blocks.files import EasyToReadBlock
from mypart_wagtail.blocks.films import SignLanguageBlock
from mypart_wagtail.blocks.pages import LeadMixin, link_to_page
from mypart_wagtail.blocks.text import EasySentencesBlock, HeadingBlock
from mypart_wagtail.drafts import CompleteWhenPublished
from mypart_wagtail.portal.models.kept import KeptPageMixin
from mypart_wagtail.streamfields import ExtensibleStreamField


class EasyToReadPageMixin(KeptPageMixin, CompleteWhenPublished):
    """Large type, short lines, a picture beside each thing said."""

    body = ExtensibleStreamField(
        [
            ("heading", HeadingBlock()),
            ("sentences", EasySentencesBlock()),
            ("easy_to_read", EasyToReadBlock()),
        ],
        verbose_name=_("body"),
        null=True,
    )

    template = "mypart_portal/easy_to_read_page.html"
    content_panels = [*Page.content_panels, FieldPanel("body")]
    search_fields = [*Page.search_fields, index.SearchField("body")]

    class Meta:
        abstract = True


class EasyToReadPage(EasyToReadPageMixin, Page):  # type: ignore[django-manager-missing]
    """An easy-to-read text. The foot of every page leads to the first one of the site."""

    page_ptr = link_to_page()
    page_description = _("Easy-to-read text (ETR). The foot of every page leads to it.")

    class Meta:
        verbose_name = _("easy-to-read page")


class SignLanguagePageMixin(KeptPageMixin, LeadMixin, CompleteWhenPublished):
    """Recordings in sign language, each with the same as text."""

    films = ExtensibleStreamField(
        [("sign_language", SignLanguageBlock())], verbose_name=_("recordings"), null=True
    )

    template = "mypart_portal/sign_language_page.html"
    content_panels = [*Page.content_panels, FieldPanel("lead"), FieldPanel("films")]
    search_fields = [*LeadMixin.search_fields, index.SearchField("films")]

    class Meta:
        abstract = True


class SignLanguagePage(SignLanguagePageMixin, Page):  # type: ignore[django-manager-missing]
    """Recordings in sign language. The foot of every page leads to the first such page of the site."""

    page_ptr = link_to_page()
    page_description = _("Recordings in sign language (PJM). The foot of every page leads to it.")

    class Meta:
        verbose_name = _("sign-language page")
