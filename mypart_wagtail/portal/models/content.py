"""A page of blocks."""

from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from mypart_wagtail.blocks.pages import BodyMixin, link_to_page
from mypart_wagtail.portal.models.kept import KeptPageMixin


class ContentPageMixin(KeptPageMixin, BodyMixin):
    """A page of whatever blocks its editor puts together."""

    template = "mypart_portal/content_page.html"

    class Meta:
        abstract = True


class ContentPage(ContentPageMixin, Page):  # type: ignore[django-manager-missing]
    """A page of blocks."""

    page_ptr = link_to_page()
    page_description = _("Texts, pictures, tables, films and other blocks in any order.")

    class Meta:
        verbose_name = _("content page")
