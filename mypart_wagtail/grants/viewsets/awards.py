"""Awarded grants in the Wagtail admin: kept by staff of the site whose city gave them."""

from typing import Any

import django_filters
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic import InspectView

from mypart_wagtail.grants.admin_forms import AwardForm
from mypart_wagtail.grants.models import Award
from mypart_wagtail.grants.viewsets.applications import MoneyColumn, calls_to_choose
from mypart_wagtail.organisations.models import Organisation
from mypart_wagtail.staff import OfOwnSitesViewSet
from mypart_wagtail.templatetags.mypart import pln


def years_to_choose() -> list[tuple[str, str]]:
    years = Award.objects.order_by("-year").values_list("year", flat=True).distinct()
    return [(str(year), str(year)) for year in years]


class AwardFilterSet(WagtailFilterSet):
    year = django_filters.ChoiceFilter(choices=years_to_choose, label=_("Budget year"))
    organisation = django_filters.ModelChoiceFilter(
        queryset=Organisation.objects.exclude(awards=None), label=_("Organisation")
    )
    call = django_filters.ModelChoiceFilter(queryset=calls_to_choose, label=_("Call"))

    class Meta:
        model = Award
        fields = ["year", "organisation", "call"]


def _year(award: Award) -> str:
    """As text: a number of four digits gets a space in Polish."""
    return str(award.year)


class AwardInspectView(InspectView):
    def get_year_display_value(self) -> str:
        return _year(self.object)

    def get_amount_display_value(self) -> str:
        return pln(self.object.amount)


class AwardViewSet(OfOwnSitesViewSet):
    inspect_view_class = AwardInspectView
    model = Award
    icon = "success"
    menu_label = _("Awarded grants")
    menu_order = 213
    add_to_admin_menu = True
    name = "mypart_admin_awards"
    url_prefix = "mypart/awards"
    copy_view_enabled = False
    inspect_view_enabled = True
    inspect_view_fields_exclude = ["id"]
    joined = ("organisation", "call", "site")
    list_display = [
        "title",
        "organisation",
        Column("year", label=_("Budget year"), accessor=_year, sort_key="year"),
        MoneyColumn("amount", label=_("Amount in PLN"), sort_key="amount"),
        "call",
        "awarded_on",
    ]
    filterset_class = AwardFilterSet
    list_export = ["title", "organisation", "organisation.nip", "year", "amount", "source_url", "awarded_on"]
    search_fields = ["title", "organisation__name", "organisation__nip"]

    def get_form_class(self, for_update: bool = False) -> Any:
        return AwardForm
