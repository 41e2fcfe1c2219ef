"""A part of the portal: what it is about, and the pages in it."""

from typing import TYPE_CHECKING, Any

from django.core.paginator import Paginator
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from mypart_wagtail.blocks.pages import BodyMixin, link_to_page
from mypart_wagtail.portal.models.kept import KeptPageMixin


class SectionPageMixin(KeptPageMixin, BodyMixin):
    """An introduction of blocks, then the pages under this one as cards."""

    template = "mypart_portal/section_page.html"
    per_page = 24

    if TYPE_CHECKING:  # What a page brings.
        get_children: Any

    class Meta:
        abstract = True

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)  # type: ignore[misc]
        pages = self.get_children().live().public().specific()
        context["page_obj"] = Paginator(pages, self.per_page).get_page(request.GET.get("page"))
        return context


class SectionPage(SectionPageMixin, Page):  # type: ignore[django-manager-missing]
    """A part of the portal."""

    page_ptr = link_to_page()
    page_description = _("A part of the portal. Lists the pages under it by itself.")

    class Meta:
        verbose_name = _("section page")
