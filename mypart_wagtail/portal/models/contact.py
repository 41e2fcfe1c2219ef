"""A page with a form by which people write to the office."""

from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from mypart_wagtail.blocks.pages import BodyMixin, link_to_page


class ContactPageMixin(BodyMixin):
    """People, hours and places as blocks, then the form."""

    template = "mypart_portal/contact_page.html"

    if TYPE_CHECKING:  # What a page brings.
        get_site: Any

    class Meta:
        abstract = True

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        from mypart_wagtail.portal.receiving import receive_contact

        return receive_contact(request, self, serve=super().serve)  # type: ignore[misc]

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        from mypart_wagtail.portal.receiving import receive_contact

        preview = super().serve_preview  # type: ignore[misc]
        return receive_contact(request, self, serve=lambda request: preview(request, mode_name))


class ContactPage(ContactPageMixin, Page):  # type: ignore[django-manager-missing]
    """A page with a form by which people write to the office."""

    page_ptr = link_to_page()
    page_description = _("Whom to ask and where, and a form. Messages are kept, mailed and exported.")

    class Meta:
        verbose_name = _("contact page")
