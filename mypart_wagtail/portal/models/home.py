"""The first page of a portal."""

from typing import TYPE_CHECKING, Any

import swapper
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.images import get_image_model_string
from wagtail.models import Page
from wagtail.url_routing import RouteResult

from mypart_wagtail.blocks.pages import BodyMixin, link_to_page
from mypart_wagtail.portal.models.kept import KeptPageMixin
from mypart_wagtail.portal.untranslated import find_original, tell_untranslated


class HomePageMixin(KeptPageMixin, BodyMixin):
    """A greeting with a button and a picture, then blocks."""

    button = models.CharField(_("button text"), max_length=60, blank=True)
    button_page = models.ForeignKey(
        swapper.get_model_name("wagtailcore", "Page"),
        verbose_name=_("page the button leads to"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    picture = models.ForeignKey(
        get_image_model_string(),
        verbose_name=_("picture"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Stands beside the greeting as decoration. Left empty: a drawing of a town."),
    )

    template = "mypart_portal/home_page.html"
    content_panels = [
        *Page.content_panels,
        FieldPanel("lead"),
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("button"), FieldPanel("button_page")]), FieldPanel("picture")],
            heading=_("Greeting"),
        ),
        FieldPanel("body"),
    ]

    # The language switch then leads here also for pages without a translation.
    tells_untranslated = True

    if TYPE_CHECKING:  # What a page brings.
        live: bool

    class Meta:
        abstract = True

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        try:
            return super().route(request, path_components)  # type: ignore[misc]
        except Http404:
            original = find_original(self, request, path_components) if self.live else None  # type: ignore[arg-type]
            if original is None:
                raise
            return RouteResult(self, kwargs={"untranslated": original})

    def serve(
        self, request: HttpRequest, *args: Any, untranslated: Page | None = None, **kwargs: Any
    ) -> HttpResponse:
        if untranslated is not None:
            return tell_untranslated(request, self, untranslated)  # type: ignore[arg-type]
        return super().serve(request, *args, **kwargs)  # type: ignore[misc]


class HomePage(HomePageMixin, Page):  # type: ignore[django-manager-missing]
    """The first page of a portal."""

    page_ptr = link_to_page()
    page_description = _("The first page of the portal: a greeting, a button and blocks.")

    class Meta:
        verbose_name = _("home page")
