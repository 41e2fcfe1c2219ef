"""A procedure: how something is done at the office, under the same headings for every procedure."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Page
from wagtail.search import index

from mypart_wagtail.blocks.contact import ContactPersonBlock, HelpBoxBlock, OpeningHoursBlock
from mypart_wagtail.blocks.files import DocumentItemBlock, present_files
from mypart_wagtail.blocks.pages import PROSE, BodyMixin, link_to_page
from mypart_wagtail.blocks.text import StepBlock
from mypart_wagtail.drafts import CompleteWhenPublished
from mypart_wagtail.portal.models.kept import KeptPageMixin
from mypart_wagtail.portal.procedure_form import ProcedurePageForm
from mypart_wagtail.portal.prose import is_written
from mypart_wagtail.streamfields import ExtensibleStreamField


class Procedure(CompleteWhenPublished):
    """What people ask of every procedure, in the order in which they ask it."""

    for_whom = RichTextField(
        _("who"), null=True, features=PROSE, help_text=_("Who may use this procedure, and on what terms.")
    )
    steps = ExtensibleStreamField(
        [("step", StepBlock(label=_("Step"), icon="list-ol"))],
        verbose_name=_("steps"),
        null=True,
        help_text=_("One thing to do in each, in the order in which it is done."),
    )
    documents = ExtensibleStreamField(
        [("document", DocumentItemBlock(label=_("Document"), icon="doc-full"))],
        verbose_name=_("documents"),
        blank=True,
        help_text=_("Forms and rules to download."),
    )
    time_limits = RichTextField(_("time limits"), null=True, features=PROSE)
    legal_basis = RichTextField(_("legal basis"), null=True, features=PROSE)
    contact = ExtensibleStreamField(
        [
            ("contact_person", ContactPersonBlock()),
            ("help_box", HelpBoxBlock()),
            ("opening_hours", OpeningHoursBlock()),
        ],
        verbose_name=_("contact"),
        null=True,
    )

    class Meta:
        abstract = True


class ProcedurePageMixin(KeptPageMixin, Procedure, BodyMixin):
    """A procedure with its lead, and blocks for what is special about it."""

    base_form_class = ProcedurePageForm
    template = "mypart_portal/procedure_page.html"
    content_panels = [
        *Page.content_panels,
        FieldPanel("lead"),
        *(FieldPanel(name) for name in ("for_whom", "steps", "documents", "time_limits", "legal_basis")),
        FieldPanel("contact"),
        FieldPanel("body", heading=_("More about it")),
    ]

    search_fields = [
        *BodyMixin.search_fields,
        *(
            index.SearchField(name)
            for name in ("for_whom", "steps", "documents", "time_limits", "legal_basis")
        ),
    ]

    class Meta:
        abstract = True

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)  # type: ignore[misc]
        context["sections"] = list(self.written_sections())
        context["steps"] = [child.value for child in self.steps or []]
        context["documents"] = present_files(self.documents)
        return context

    def written_sections(self) -> Iterator[tuple[str, str | Promise]]:
        """Name and heading of each section that is filled in, in the order in which they are printed."""
        for name, heading in SECTIONS.items():
            value = getattr(self, name)
            if is_written(value) if isinstance(value, str) else value:
                yield name, heading


SECTIONS: dict[str, str | Promise] = {
    "for_whom": _("Who"),
    "steps": _("Steps"),
    "documents": _("Documents"),
    "time_limits": _("Time limits"),
    "legal_basis": _("Legal basis"),
    "contact": _("Contact"),
}


class ProcedurePage(ProcedurePageMixin, Page):  # type: ignore[django-manager-missing]
    """A procedure."""

    page_ptr = link_to_page()
    page_description = _("How something is done: who, steps, documents, time limits, legal basis, contact.")

    class Meta:
        verbose_name = _("procedure page")
