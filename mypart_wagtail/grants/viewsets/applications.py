"""Applications in the Wagtail admin: a list with filters and sums, a reading view, the PDF, the history.

Staff never see a draft. What was submitted is sealed until the call is settled unless it says otherwise: the
list, its sums, its search and its export hold only what may be read, and tell how many wait sealed.
"""

from typing import Any

import django_filters
from django.db.models import Case, Count, IntegerField, Q, QuerySet, Sum, When
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, NumberColumn, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.widgets.button import HeaderButton

from mypart_wagtail.generator.models import FormDocument, Snapshot, SnapshotUnreadable
from mypart_wagtail.generator.pdf import PdfError
from mypart_wagtail.grants.history import EVENT_NAMES, history
from mypart_wagtail.grants.kind import ApplicationKind
from mypart_wagtail.grants.models import Application, Call
from mypart_wagtail.grants.models.application import ApplicationQuerySet
from mypart_wagtail.grants.permissions import may_read_submitted
from mypart_wagtail.grants.services.applications import record_opening
from mypart_wagtail.grants.views.papers import pdf_response
from mypart_wagtail.middleware import arrived_at
from mypart_wagtail.moments import format_deadline, format_exact_moment
from mypart_wagtail.money import format_amount
from mypart_wagtail.staff import sites_of
from mypart_wagtail.viewsets import ChosenViewsViewSet, PlainTextIndexView


def submitted(user: Any) -> ApplicationQuerySet:
    """What ``user`` may know of as staff: what was ever submitted on the sites where one works."""
    known = Application.objects.exclude(sequence=None).filter(call__site__in=sites_of(user))
    return known.with_parts().without_answers()


def calls_to_choose(request: HttpRequest | None) -> QuerySet[Call]:
    return Call.objects.filter(site__in=sites_of(request.user)) if request else Call.objects.none()


class ApplicationFilterSet(WagtailFilterSet):
    call = django_filters.ModelChoiceFilter(queryset=calls_to_choose, label=_("Call"))
    authorisation = django_filters.ChoiceFilter(
        choices=Application.Authorisation.choices, label=_("Authorisation")
    )
    status = django_filters.ChoiceFilter(
        field_name="document__status",
        choices=[choice for choice in FormDocument.Status.choices if choice[0] != FormDocument.Status.DRAFT],
        label=_("Status"),
    )
    submitted_at = django_filters.DateFromToRangeFilter(label=_("Submitted"))

    class Meta:
        model = Application
        fields = ["call", "status", "authorisation", "submitted_at"]


class MomentColumn(Column):
    """A date and time of day, to the second."""

    def get_value(self, instance: Any) -> str:
        return format_exact_moment(super().get_value(instance))


class MoneyColumn(NumberColumn):
    """An amount in PLN as people read it."""

    def get_value(self, instance: Any) -> str:
        amount = super().get_value(instance)
        return "" if amount is None else format_amount(amount)


def _until_when(application: Application) -> str:
    """Until when a signer has to confirm it; "" where nobody has to."""
    is_waiting = application.authorisation == Application.Authorisation.TO_BE_CONFIRMED
    return format_deadline(application.confirm_until) if is_waiting else ""


class ApplicationIndexView(PlainTextIndexView):
    """What may be read by now, with the sums of what the filters leave, and how much waits sealed."""

    export_headings = {
        "call.title": _("Call"),
        "organisation.name": _("Organisation"),
        "organisation.nip": "NIP",
        "get_authorisation_display": _("Authorisation"),
        "document.get_status_display": _("Status"),
        "newest_sha256": "SHA-256",
    }

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        Call.objects.let_submissions_end(arrived_at(request))
        return super().get(request, *args, **kwargs)

    def get_base_queryset(self) -> QuerySet[Application]:
        return submitted(self.request.user).readable_at(arrived_at(self.request)).with_checksum()

    @cached_property
    def columns(self) -> list[Column]:
        return [
            TitleColumn(
                "number",
                label=_("Number"),
                url_name=self.inspect_url_name,
                sort_key="sequence",
                width="16%",
            ),
            Column("title", label=_("Title"), sort_key="title"),
            Column("organisation", label=_("Organisation"), sort_key="organisation__name"),
            MoneyColumn("total_cost", label=_("Total cost"), sort_key="total_cost"),
            MoneyColumn("grant_requested", label=_("Grant requested"), sort_key="grant_requested"),
            Column("get_authorisation_display", label=_("Authorisation")),
            Column("confirm_until", label=_("To be confirmed"), accessor=_until_when),
            Column("document.get_status_display", label=_("Status")),
            MomentColumn("submitted_at", label=_("Submitted"), sort_key="submitted_at"),
        ]

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(*args, **kwargs)
        in_force = self.get_queryset().in_force().order_by()
        context["sums"] = in_force.aggregate(
            total=Sum("total_cost"), grant=Sum("grant_requested"), number=Count("pk")
        )
        context["sealed"] = self.sealed_calls()
        context["now"] = arrived_at(self.request)
        return context

    def sealed_calls(self) -> QuerySet[Call]:
        """Calls with offers that nobody here may read yet, each with ``sealed``, their number.

        Among them is every call that is settled now, whether or not it has offers: ``sealed`` is None then.
        """
        at = arrived_at(self.request)
        sealed = submitted(self.request.user).sealed_at(at).in_force()
        settling = Call.objects.settling_at(at).filter(site__in=sites_of(self.request.user))
        is_settling = Q(pk__in=settling.values("pk"))
        number = Count("applications", filter=Q(applications__in=sealed.values("pk")))
        told = Case(When(is_settling, then=None), default=number, output_field=IntegerField())
        return Call.objects.annotate(sealed=told).filter(is_settling | Q(sealed__gt=0))


class ApplicationReadingMixin:
    """Finds the application and asks whether it may be read by now."""

    def get_object(self, queryset: Any = None) -> Application:
        request: HttpRequest = self.request  # type: ignore[attr-defined]
        Call.objects.filter(applications=self.pk).let_submissions_end(arrived_at(request))  # type: ignore[attr-defined]
        application = submitted(request.user).filter(pk=self.pk).first()  # type: ignore[attr-defined]
        # While its call is settled nobody is told whether an offer has come.
        if application is None or application.call.is_settling(arrived_at(request)):
            raise Http404
        return application


class ApplicationReadingView(ApplicationReadingMixin, generic.InspectView):
    """What was submitted, on a page with the same content as the PDF. Opening it is an event.

    Once a person and day: see ``record_opening``.
    """

    page_title = _("Offer")
    fields: list[str] = []

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        application = self.object
        context["application"] = application
        context["now"] = arrived_at(self.request)
        context["is_readable"] = may_read_submitted(self.request.user, application, context["now"])
        if context["is_readable"]:
            versions = list(application.document.snapshots.order_by("-number"))
            context["snapshot"], context["replaced"] = versions[0], versions[1:]
            context |= self.read(application, versions[0])
        sealed = () if context["is_readable"] else EVENT_NAMES.keys()
        context["history"] = history(application.document.uuid, sealed=sealed)
        return context

    def read(self, application: Application, snapshot: Snapshot) -> dict[str, Any]:
        """The content of ``snapshot`` as blocks; reading it is an event of the offer."""
        if snapshot.is_erased:
            return {}
        try:
            content = snapshot.read()
        except SnapshotUnreadable:
            messages.error(self.request, _("The content of this offer cannot be read: run mypart_verify."))
            return {}
        at = arrived_at(self.request)
        record_opening(self.request.user, application=application, snapshot=snapshot, at=at)
        return {"blocks": ApplicationKind().form_from(content).blocks(content)}

    @cached_property
    def header_more_buttons(self) -> list[Any]:
        return []

    @cached_property
    def header_buttons(self) -> list[Any]:
        if not may_read_submitted(self.request.user, self.object, arrived_at(self.request)):
            return []
        url = reverse("mypart_admin_applications:pdf", args=[self.object.pk])
        return [HeaderButton(_("PDF"), url=url, icon_name="doc-full")]


class ApplicationPdfView(ApplicationReadingMixin, generic.InspectView):
    """The PDF of the version in force."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        application = self.object
        snapshot = application.snapshot
        if snapshot.is_erased or not may_read_submitted(request.user, application, arrived_at(request)):
            raise Http404
        try:
            response = pdf_response(application, snapshot)
        except PdfError:
            messages.error(request, _("The PDF could not be made; the page below has the same content."))
            return redirect("mypart_admin_applications:inspect", application.pk)
        record_opening(request.user, application=application, snapshot=snapshot, at=arrived_at(request))
        return response


class ApplicationViewSet(ChosenViewsViewSet):
    """Staff read applications here; nothing about them is edited."""

    model = Application
    icon = "form"
    menu_label = _("Applications")
    menu_order = 212
    add_to_admin_menu = True
    name = "mypart_admin_applications"
    url_prefix = "mypart/applications"
    views = frozenset({"index", "index_results", "inspect"})
    inspect_view_enabled = True
    index_view_class = ApplicationIndexView
    inspect_view_class = ApplicationReadingView
    filterset_class = ApplicationFilterSet
    search_fields = ["number", "title", "organisation__name"]
    list_export = [
        "number",
        "call.title",
        "title",
        "organisation.name",
        "organisation.nip",
        "total_cost",
        "grant_requested",
        "get_authorisation_display",
        "document.get_status_display",
        "submitted_at",
        "newest_sha256",
    ]
    form_fields = ["number"]
    template_prefix = "mypart_grants/admin/application/"

    @property
    def pdf_view(self) -> Any:
        return self.construct_view(ApplicationPdfView, **self.get_inspect_view_kwargs())

    def get_urlpatterns(self) -> list[Any]:
        pdf = path(f"pdf/<{self.pk_path_converter}:pk>/", self.pdf_view, name="pdf")
        return [*super().get_urlpatterns(), pdf]
