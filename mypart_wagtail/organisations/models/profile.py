"""Pages of the public side: the directory of organisations, and the profile of each under it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import RichTextField
from wagtail.images import get_image_model_string
from wagtail.models import Page

from mypart_wagtail.blocks.pages import PROSE, LeadMixin, link_to_page
from mypart_wagtail.organisations.models.directory import DirectoryEntry
from mypart_wagtail.organisations.models.organisation import Organisation
from mypart_wagtail.own_things import OwnThingsForm
from mypart_wagtail.streamfields import ExtensibleStreamField


class DirectoryMixin(LeadMixin):
    """The organisations a city has accepted, found by name, place and what they do; also as JSON and CSV."""

    template = "mypart_organisations/directory_page.html"
    content_panels = [*Page.content_panels, FieldPanel("lead")]
    per_page = 20

    if TYPE_CHECKING:  # What a page brings.
        get_site: Any

    class Meta:
        abstract = True

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """As a page, or as the file that ``?format=`` names."""
        from mypart_wagtail.organisations.downloads import DOWNLOADS

        download = DOWNLOADS.get(request.GET.get("format", ""))
        if download is None:
            return super().serve(request, *args, **kwargs)  # type: ignore[misc]
        answer = download(request, site=self.get_site())
        if self.get_view_restrictions():  # type: ignore[attr-defined]
            answer["Cache-Control"] = "private, no-store"
        return answer

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from mypart_wagtail.organisations.directory import Directory

        context = super().get_context(request, *args, **kwargs)  # type: ignore[misc]
        context["directory"] = Directory(request, site=self.get_site(), per_page=self.per_page)
        return context


class DirectoryPage(DirectoryMixin, Page):  # type: ignore[django-manager-missing]
    """The directory of organisations."""

    page_ptr = link_to_page()
    subpage_types = ["mypart_organisations.OrganisationPage"]
    page_description = _("Lists the accepted organisations by itself; each gets a page of its own under it.")

    class Meta:
        verbose_name = _("directory of organisations")
        verbose_name_plural = _("directories of organisations")


class PersonBlock(blocks.StructBlock):
    """Somebody of the organisation, shown because they agreed."""

    name = blocks.CharBlock(label=_("First name and surname"), max_length=120)
    function = blocks.CharBlock(label=_("Function"), max_length=120, required=False)
    consent = blocks.BooleanBlock(
        label=_("This person agreed to be shown here"),
        help_text=_(
            "Without consent nobody is named. It may be taken back at any time: remove the person then."
        ),
    )

    class Meta:
        icon = "user"
        label = _("Person")


class WebLinkBlock(blocks.StructBlock):
    """A page of the organisation elsewhere."""

    text = blocks.CharBlock(label=_("Name"), max_length=80, help_text=_("For example “Facebook”."))
    url = blocks.URLBlock(label=_("Address"))

    class Meta:
        icon = "link"
        label = _("Link")


class ProfileMixin(LeadMixin):
    """What an organisation tells of itself. Its name, legal form, areas and register come from its card."""

    organisation = models.ForeignKey(
        Organisation, verbose_name=_("organisation"), on_delete=models.PROTECT, related_name="+"
    )
    logo = models.ForeignKey(
        get_image_model_string(),
        verbose_name=_("logo"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    about = RichTextField(_("about us"), features=PROSE, blank=True)
    people = ExtensibleStreamField(
        [("person", PersonBlock())], verbose_name=_("people"), blank=True, max_num=20
    )
    how_to_help = RichTextField(
        _("how to help"),
        features=PROSE,
        blank=True,
        help_text=_("Volunteering, things you need, an account for donations."),
    )
    email = models.EmailField(_("e-mail for everyone"), blank=True)
    phone = models.CharField(_("phone for everyone"), max_length=30, blank=True)
    shows_address = models.BooleanField(
        _("show the address of the seat"),
        default=False,
        help_text=_("Leave it out if the seat is somebody's home."),
    )
    links = ExtensibleStreamField([("link", WebLinkBlock())], verbose_name=_("links"), blank=True, max_num=10)

    base_form_class = OwnThingsForm
    template = "mypart_organisations/organisation_page.html"
    # The search finds the entry of the directory, once for all languages.
    is_searched = False
    content_panels = [
        FieldPanel("lead"),
        FieldPanel("logo"),
        FieldPanel("about"),
        FieldPanel("how_to_help"),
        FieldPanel("people"),
        MultiFieldPanel(
            [FieldPanel("email"), FieldPanel("phone"), FieldPanel("shows_address"), FieldPanel("links")],
            heading=_("Contact"),
        ),
    ]

    if TYPE_CHECKING:  # What a page brings.
        get_site: Any

    class Meta:
        abstract = True

    @classmethod
    def allowed_subpage_models(cls) -> list[type[Page]]:
        """Only page types that ask for profiles as their parents by name, such as news."""
        allowed = super().allowed_subpage_models()  # type: ignore[misc]
        return [model for model in allowed if getattr(model, "parent_page_types", None)]

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """404 where the directory no longer has the organisation, however the page came to be live."""
        entries = DirectoryEntry.objects.filter(site=self.get_site(), organisation=self.organisation_id)
        if not entries.exists():
            raise Http404
        return super().serve(request, *args, **kwargs)  # type: ignore[misc]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from mypart_wagtail.organisations.profiles import Profile

        context = super().get_context(request, *args, **kwargs)  # type: ignore[misc]
        context["profile"] = Profile(self, request)
        return context


class OrganisationPage(ProfileMixin, Page):  # type: ignore[django-manager-missing]
    """The public profile of an organisation. Made by itself when staff accept its card."""

    page_ptr = link_to_page()
    is_creatable = False
    parent_page_types = ["mypart_organisations.DirectoryPage"]
    page_description = _("The profile of an organisation. Made when its card is accepted.")

    class Meta:
        verbose_name = _("profile of an organisation")
        verbose_name_plural = _("profiles of organisations")
