"""The pages of calls. What they say of dates, money and rules is written into a ``Call`` on publishing."""

from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.core.paginator import Paginator
from django.db import models
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.panels import FieldPanel
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.fields import RichTextField
from wagtail.models import Page
from wagtail.search import index

from mypart_wagtail.grants.models.call import Call
from mypart_wagtail.grants.models.call_facts import CallFacts
from mypart_wagtail.grants.page_forms import CallPageForm
from mypart_wagtail.grants.page_panels import CALL_PANELS
from mypart_wagtail.grants.question_blocks import QuestionsBlock
from mypart_wagtail.middleware import arrived_at
from mypart_wagtail.streamfields import ExtensibleStreamField


class CallAnnouncement(models.Model):
    """The items of art. 13 that are prose, in the language of the page."""

    grant_rules = RichTextField(_("rules of granting"), null=True, features=["bold", "ol", "ul", "link"])
    conditions = RichTextField(_("conditions of the task"), null=True, features=["bold", "ol", "ul", "link"])
    criteria = RichTextField(
        _("mode and criteria of choice"), null=True, features=["bold", "ol", "ul", "link"]
    )
    previous_tasks = RichTextField(
        _("tasks of this kind this year and last year"),
        null=True,
        features=["bold", "ol", "ul", "link"],
        help_text=_("With their costs and the grants given (art. 13 ust. 2 pkt 7)."),
    )
    legal_basis = models.TextField(_("legal basis"), null=True)
    contact = models.TextField(_("contact"), null=True)

    class Meta:
        abstract = True


class CallPageMixin(CallFacts, CallAnnouncement):
    """A call for offers as a page: fields, panels and what its template shows."""

    lead = models.TextField(_("lead"), max_length=400, null=True, blank=True)
    body = ExtensibleStreamField(
        [
            ("heading", blocks.CharBlock(label=_("Heading"), icon="title")),
            ("paragraph", blocks.RichTextBlock(label=_("Text"))),
            ("documents", blocks.ListBlock(DocumentChooserBlock(), label=_("Documents"), icon="doc-full")),
        ],
        blank=True,
        verbose_name=_("body"),
    )
    questions = ExtensibleStreamField(QuestionsBlock(), blank=True, verbose_name=_("questions of this call"))

    base_form_class = CallPageForm
    template = "mypart_grants/call_page.html"
    # A copy is another call: nobody has allowed it less than 21 days.
    exclude_fields_in_copy = ["short_notice_reason"]

    content_panels = CALL_PANELS
    search_kind = _("Calls for offers")
    search_fields = [
        *Page.search_fields,
        *(index.SearchField(name) for name in ("lead", "body", "grant_rules", "conditions", "criteria")),
    ]

    class Meta:
        abstract = True

    if TYPE_CHECKING:  # What a page brings.
        alias_of: Any
        alias_of_id: int | None
        translation_key: UUID
        locale: Any
        live: bool
        permissions_for_user: Any

    @cached_property
    def record(self) -> Call | None:
        """The call this page, its translation or its alias tells of; None until it is announced."""
        key = self.alias_of.translation_key if self.alias_of_id else self.translation_key
        return Call.objects.with_parts().filter(translation_key=key).first()

    @property
    def tells_facts_of_another(self) -> bool:
        """Whether the facts of its call come from a page in another language."""
        return self.record is not None and self.record.source_locale != self.locale.language_code

    @staticmethod
    def fact_names() -> list[str]:
        """The fields that are the same in every language."""
        return [field.name for field in CallFacts._meta.local_fields]

    def take_facts(self, call: Call) -> None:
        """Put the facts of ``call`` on this page, which does not speak for them but must be complete."""
        terms = call.terms
        others = {
            "authority": call.authority,
            "areas": list(terms.areas),
            "short_notice_reason": call.version_in_force.short_notice_reason,
        }
        for name in self.fact_names():
            setattr(self, name, others[name] if name in others else getattr(terms, name))

    def full_clean(self, exclude: Any = None, **kwargs: Any) -> None:  # type: ignore[override]
        """What a draft lacks is told by the form and by announcing, and never raised here.

        Wagtail cleans a page on publishing: raising would break bulk publishing, and stop the scheduler for
        every page after this one.
        """
        fields = (*CallFacts._meta.local_fields, *CallAnnouncement._meta.local_fields)
        lacking = {field.name for field in fields if getattr(self, field.attname) in field.empty_values}
        super().full_clean(exclude={*(exclude or ()), *lacking}, **kwargs)  # type: ignore[misc]

    @property
    def status_string(self) -> Any:
        """In the page tree, whose query says which pages have a record, also that one is not announced."""
        if self.live and not self.alias_of_id and getattr(self, "mypart_has_call", True) is False:
            return _("live, not announced")
        return super().status_string  # type: ignore[misc]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from mypart_wagtail.grants.presenting import shown_on

        return super().get_context(request, *args, **kwargs) | shown_on(self, request)  # type: ignore[misc]


class CallPage(CallPageMixin, Page):  # type: ignore[django-manager-missing]
    """A call for offers."""

    parent_page_types = ["mypart_grants.CallIndexPage"]
    subpage_types: list[str] = []

    class Meta:
        verbose_name = _("call page")


class CallIndexPageMixin(models.Model):
    """The list of calls, with filters."""

    intro = RichTextField(_("introduction"), blank=True)
    template = "mypart_grants/call_index_page.html"
    content_panels = [*Page.content_panels, FieldPanel("intro")]
    per_page = 20

    if TYPE_CHECKING:  # What a page brings.
        get_site: Any

    class Meta:
        abstract = True

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from mypart_wagtail.grants.listing import CallFilter, with_addresses

        context = super().get_context(request, *args, **kwargs)  # type: ignore[misc]
        now: datetime = arrived_at(request)
        chosen = CallFilter(request.GET, site=self.get_site(), now=now)
        context["filter"] = chosen
        context["now"] = now
        page_obj = Paginator(chosen.calls(), self.per_page).get_page(request.GET.get("page"))
        page_obj.object_list = with_addresses(list(page_obj.object_list), request)
        context["page_obj"] = page_obj
        return context


class CallIndexPage(CallIndexPageMixin, Page):  # type: ignore[django-manager-missing]
    """A list of calls."""

    subpage_types = ["mypart_grants.CallPage"]

    class Meta:
        verbose_name = _("list of calls")
