"""Calls in the Wagtail admin: the list, each with its versions and history, and the acts on one.

Terms are edited on pages alone. Staff see the calls of the sites whose pages they edit.
"""

from __future__ import annotations

from typing import Any

import django_filters
from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, NumberColumn, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.views.generic.base import BaseObjectMixin, WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.admin.widgets.button import HeaderButton

from mypart_wagtail.grants.facts_in_words import facts_in_words, question_in_words
from mypart_wagtail.grants.history import OF_OFFERS, Happening, history
from mypart_wagtail.grants.listing import addresses
from mypart_wagtail.grants.models import Call, CallStatus
from mypart_wagtail.grants.models.call import CALL_STATUS_NAMES, CallQuerySet
from mypart_wagtail.grants.services.calls import ActRefused, cancel_call, end_intake_early, name_source
from mypart_wagtail.grants.sources import possible_sources, source_page
from mypart_wagtail.grants.staff import may_manage
from mypart_wagtail.middleware import arrived_at
from mypart_wagtail.moments import format_deadline, format_opening
from mypart_wagtail.organisations.areas import area_choices
from mypart_wagtail.staff import sites_of
from mypart_wagtail.viewsets import ChosenViewsViewSet, PlainTextIndexView

NAME = "mypart_admin_calls"


def calls_of(request: HttpRequest) -> CallQuerySet:
    """The calls of the sites where the user works, with how many drafts and offers each has."""
    return Call.objects.with_parts().with_counts(arrived_at(request)).filter(site__in=sites_of(request.user))


class StatusColumn(Column):
    """The state of a call at the moment the request arrived."""

    def get_cell_context_data(self, instance: Any, parent_context: Any) -> dict[str, Any]:
        context = super().get_cell_context_data(instance, parent_context)
        context["value"] = CALL_STATUS_NAMES[instance.status_at(arrived_at(parent_context["request"]))]
        return context

    def get_value(self, instance: Any) -> str:
        return ""


class CountColumn(NumberColumn):
    """How many drafts or offers there are; a dash while the call is settled."""

    def get_value(self, instance: Any) -> Any:
        number = super().get_value(instance)
        return "–" if number is None else number


class DeadlineColumn(Column):
    def get_value(self, instance: Any) -> str:
        return format_deadline(instance.deadline)


class OpeningColumn(Column):
    def get_value(self, instance: Any) -> str:
        return format_opening(instance.intake_from)


class CallFilterSet(WagtailFilterSet):
    """Calls by the state of their intake and by area."""

    status = django_filters.ChoiceFilter(
        label=_("Status"), choices=list(CALL_STATUS_NAMES.items()), method="in_status"
    )
    area = django_filters.ChoiceFilter(label=_("Area"), choices=area_choices, method="in_area")

    class Meta:
        model = Call
        fields = ["authority"]

    def in_status(self, calls: CallQuerySet, name: str, status: str) -> CallQuerySet:
        return calls.in_status(CallStatus(status), arrived_at(self.request))

    def in_area(self, calls: CallQuerySet, name: str, area: str) -> CallQuerySet:
        return calls.in_area(area)


class CallIndexView(PlainTextIndexView):
    default_ordering = "-ends_at"

    def get_base_queryset(self) -> QuerySet[Call]:
        return calls_of(self.request).with_end()

    @cached_property
    def columns(self) -> list[Column]:
        return [
            TitleColumn(
                "title", label=_("Title"), url_name=self.inspect_url_name, sort_key="title", width="35%"
            ),
            Column("code", label=_("Code"), sort_key="code"),
            StatusColumn("status", label=_("Status")),
            OpeningColumn("intake_from", label=_("Intake from"), sort_key="intake_from"),
            DeadlineColumn("deadline", label=_("Intake until"), sort_key="ends_at"),
            CountColumn("offers", label=_("Offers"), sort_key="offers"),
            CountColumn("drafts", label=_("Drafts"), sort_key="drafts"),
        ]


class CallReadingView(generic.InspectView):
    """Everything about a call: terms, versions and why, history, and where the acts begin."""

    page_title = _("Call")
    fields = ["code"]

    def get_object(self, queryset: Any = None) -> Call:
        return get_object_or_404(calls_of(self.request), pk=self.pk)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        call = self.object
        context["call"] = call
        context["status"] = CALL_STATUS_NAMES[call.status_at(arrived_at(self.request))]
        context["now"] = arrived_at(self.request)
        context["facts"] = facts_in_words(call.version_in_force.facts)
        context["questions"] = [question_in_words(each) for each in call.version_in_force.facts["questions"]]
        context["page_url"] = addresses([call], self.request).get(call.translation_key)
        context["offers_url"] = self._offers_url()
        context["source"] = source_page(call)
        context["versions"] = call.versions.select_related("published_by").order_by("-number")
        context["history"] = self._history()
        return context

    def _history(self) -> list[Happening]:
        """What happened; of offers not who did it while they are sealed, and nothing while they settle."""
        call, at = self.object, arrived_at(self.request)
        return history(
            call.uuid,
            sealed=() if at >= call.unsealed_at else OF_OFFERS,
            left_out=OF_OFFERS if call.is_settling(at) else (),
        )

    def _offers_url(self) -> str:
        """The list of the call's offers, for those who may read it."""
        if not self.request.user.has_perm("mypart_grants.view_application"):
            return ""
        return f"{reverse('mypart_admin_applications:index')}?call={self.object.pk}"

    @cached_property
    def header_more_buttons(self) -> list[Any]:
        return []

    @cached_property
    def header_buttons(self) -> list[HeaderButton]:
        if not may_manage(self.request.user, self.object):
            return []
        return [
            HeaderButton(act.page_title, url=reverse(f"{NAME}:{act.name}", args=[self.object.pk]))
            for act in ACTS
            if act.is_possible(self.object, arrived_at(self.request))
        ]


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason"),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=2000,
        help_text=_("Shown on the page of the call and mailed to everyone who works on an offer in it."),
    )


class SourceForm(forms.Form):
    page = forms.ChoiceField(label=_("Page"))

    def __init__(self, *args: Any, pages: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.pages = {str(page.pk): page for page in pages}
        self.fields["page"].choices = [  # type: ignore[attr-defined]
            (key, f"{page.title} ({page.locale})") for key, page in self.pages.items()
        ]


class CallActView(
    PermissionCheckedMixin,
    BaseObjectMixin,
    WagtailAdminTemplateMixin,
    FormView,
):
    """A page on which staff do something to a call that cannot be undone."""

    model = Call
    name: str
    explanation: Any = ""
    done: Any = ""
    permission_required = "change"
    template_name = "mypart_grants/admin/call/act.html"
    header_icon = "doc-full-inverse"
    form_class: Any = ReasonForm

    @staticmethod
    def is_possible(call: Call, at: Any) -> bool:
        raise NotImplementedError

    def do(self, form: Any) -> None:
        raise NotImplementedError

    def get_base_object_queryset(self) -> QuerySet[Call]:
        return calls_of(self.request)

    def get_page_subtitle(self) -> str:
        return str(self.object)

    def get_breadcrumbs_items(self) -> list[Any]:
        return [
            *self.breadcrumbs_items,
            {"url": reverse(f"{NAME}:index"), "label": _("Calls")},
            {"url": self.get_success_url(), "label": str(self.object)},
            {"url": "", "label": self.page_title},
        ]

    def get_success_url(self) -> str:
        return reverse(f"{NAME}:inspect", args=[self.object.pk])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            explanation=self.explanation, submit_button_label=self.page_title, call=self.object, **kwargs
        )

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            self.do(form)
        except ActRefused as refused:
            form.add_error(None, refused.message)
            return self.form_invalid(form)
        messages.success(self.request, self.done)
        return redirect(self.get_success_url())


class EndIntakeView(CallActView):
    name = "end_intake"
    page_title = _("End the intake early")
    explanation = _(
        "No offer can be submitted any more from the moment you confirm. Those submitted before count. "
        "This cannot be undone."
    )
    done = _("The intake has ended. Everyone who works on an offer is told.")

    @staticmethod
    def is_possible(call: Call, at: Any) -> bool:
        return call.is_open(at)

    def do(self, form: Any) -> None:
        end_intake_early(self.request.user, call=self.object, reason=form.cleaned_data["reason"])


class CancelCallView(CallActView):
    name = "cancel"
    page_title = _("Cancel the call")
    explanation = _(
        "The call ends without grants. What was written and submitted stays. It cannot be undone."
    )
    done = _("The call is cancelled. Everyone who has an offer in it is told.")

    @staticmethod
    def is_possible(call: Call, at: Any) -> bool:
        return call.status_at(at) is not CallStatus.CANCELLED

    def do(self, form: Any) -> None:
        cancel_call(self.request.user, call=self.object, reason=form.cleaned_data["reason"])


class NameSourceView(CallActView):
    name = "source"
    page_title = _("Name another source page")
    explanation = _(
        "The page this call came from is gone. The facts of the call are put on the page you choose, and are "
        "edited there from now on. The call itself does not change."
    )
    done = _("The facts of the call are edited on this page from now on.")
    form_class = SourceForm

    @staticmethod
    def is_possible(call: Call, at: Any) -> bool:
        return source_page(call) is None

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "pages": possible_sources(self.object)}

    def do(self, form: Any) -> None:
        page = form.pages[form.cleaned_data["page"]]
        name_source(self.request.user, call=self.object, page=page)


ACTS: tuple[type[CallActView], ...] = (EndIntakeView, CancelCallView, NameSourceView)


class CallViewSet(ChosenViewsViewSet):
    """The records of calls. What they say is edited on their pages."""

    model = Call
    icon = "doc-full-inverse"
    menu_label = _("Calls")
    menu_order = 211
    add_to_admin_menu = True
    name = NAME
    url_prefix = "mypart/calls"
    views = frozenset({"index", "index_results", "inspect"})
    inspect_view_enabled = True
    index_view_class = CallIndexView
    inspect_view_class = CallReadingView
    filterset_class = CallFilterSet
    search_fields = ["code", "title"]
    list_export = ["code", "title", "authority.name", "pool", "intake_from", "deadline", "offers"]
    form_fields = ["code"]
    template_prefix = "mypart_grants/admin/call/"

    def get_urlpatterns(self) -> list[Any]:
        acts = [
            path(f"{act.name}/<{self.pk_path_converter}:pk>/", self.construct_view(act), name=act.name)
            for act in ACTS
        ]
        return [*super().get_urlpatterns(), *acts]
