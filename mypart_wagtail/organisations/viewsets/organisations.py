"""Cards of organisations: found by what they do and what they lack, read whole, changed by the same rules."""

from typing import Any

import django_filters
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpResponse
from django.utils.html import format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.views.generic import CreateView, EditView, InspectView

from mypart_wagtail.organisations import services
from mypart_wagtail.organisations.admin_forms import OrganisationAdminForm
from mypart_wagtail.organisations.areas import area_choices, area_name
from mypart_wagtail.organisations.models import JoinStatus, LegalForm, Membership, Organisation, RegisterKind
from mypart_wagtail.organisations.viewsets.columns import yes_or_no
from mypart_wagtail.providers import providers_of
from mypart_wagtail.viewsets import JoinedViewSet, ProtectedDeleteView

FACTS = "organisations.facts."
"""Providers under this prefix tell staff more of an organisation: ``(organisation) -> (label, value)``."""


Cards = QuerySet[Organisation]


class OrganisationFilterSet(WagtailFilterSet):
    legal_form = django_filters.ChoiceFilter(choices=LegalForm.choices, label=gettext_lazy("Legal form"))
    register_kind = django_filters.ChoiceFilter(choices=RegisterKind.choices, label=gettext_lazy("Register"))
    is_opp = django_filters.BooleanFilter(label=gettext_lazy("OPP"))
    area = django_filters.ChoiceFilter(
        choices=area_choices, method="in_area", label=gettext_lazy("Area of activity")
    )
    has_signer = django_filters.BooleanFilter(method="with_signer", label=gettext_lazy("Has a signer"))

    class Meta:
        model = Organisation
        fields: list[str] = []

    def in_area(self, queryset: Cards, name: str, area: str) -> Cards:
        # Read here since SQLite cannot ask what a JSON list contains.
        found = [pk for pk, areas in queryset.values_list("pk", "areas") if area in areas]
        return queryset.filter(pk__in=found)

    def with_signer(
        self, queryset: QuerySet[Organisation], name: str, has_one: bool
    ) -> QuerySet[Organisation]:
        signers = Membership.objects.filter(organisation=OuterRef("pk"), is_signer=True, user__is_active=True)
        return queryset.filter(Exists(signers) if has_one else ~Exists(signers))


class CardFormMixin:
    """The form of a card knows who fills it in, and says on which sites the public sees it."""

    request: Any
    form: Any

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "for_user": self.request.user}  # type: ignore[misc]

    def show(self, organisation: Organisation) -> Organisation:
        services.show_on_sites(
            self.request.user,
            organisation=organisation,
            shown_on=self.form.cleaned_data["shown_on"],
            among=self.form.own_sites,
        )
        return organisation


class OrganisationAddView(CardFormMixin, CreateView):
    @transaction.atomic
    def save_instance(self) -> Organisation:
        made = services.create_organisation(
            self.request.user,
            facts=self.form.facts(),
            representatives=self.form.cleaned_data["representatives"],
            by_staff=True,
        )
        return self.show(made)


class OrganisationEditView(CardFormMixin, EditView):
    def form_valid(self, form: Any) -> HttpResponse:
        try:
            return super().form_valid(form)
        except services.CardChangedMeanwhile as meanwhile:
            form.add_error(None, str(meanwhile))
            form.data = form.data.copy()
            form.data["version"] = meanwhile.version
            self.produced_error_message = self.get_error_message()
            return self.form_invalid(form)

    @transaction.atomic
    def save_instance(self) -> Organisation:
        services.change_card(
            self.request.user,
            organisation=self.form.instance,
            facts=self.form.facts(),
            representatives=self.form.cleaned_data["representatives"],
            by_staff=True,
            seen=self.form.cleaned_data["version"],
        )
        return self.show(self.form.instance)


class OrganisationInspectView(InspectView):
    """The whole card, its people and what waits for an answer."""

    def get_field_label(self, field_name: str, field: Any) -> str:
        label = super().get_field_label(field_name, field)
        return _("%(label)s (for letters)") % {"label": label} if field_name.startswith("mail_") else label

    def get_areas_display_value(self) -> Any:
        rows = ((f"{area}. {area_name(area)}",) for area in self.object.areas)
        return format_html_join("", "{}<br>", rows) or "-"

    def get_fields_context(self) -> list[dict[str, Any]]:
        return [*super().get_fields_context(), *map(_fact, self._more())]

    def _more(self) -> list[tuple[str, Any]]:
        card = self.object
        members = card.memberships.select_related("user").order_by("user__last_name", "pk")
        waiting = card.join_requests.filter(status=JoinStatus.PENDING).select_related("user")
        return [
            (_("People who represent it"), _lines(map(str, card.representatives.all()))),
            (_("Members"), _lines(map(_member, members))),
            (_("Requests to join"), _lines(request.user.email for request in waiting)),
            *(provide(card) for provide in providers_of(FACTS)),
        ]


def _fact(fact: tuple[str, Any]) -> dict[str, Any]:
    return {"label": fact[0], "value": fact[1], "component": None}


def _lines(texts: Any) -> Any:
    return format_html_join("", "{}<br>", ((text,) for text in texts)) or "-"


def _member(membership: Membership) -> str:
    roles = [_("administrator")] * membership.is_administrator + [_("signer")] * membership.is_signer
    name = membership.user.get_full_name() or membership.user.email
    return f"{name} ({', '.join(roles) or _('editor')})"


class OrganisationViewSet(JoinedViewSet):
    add_view_class = OrganisationAddView
    edit_view_class = OrganisationEditView
    inspect_view_class = OrganisationInspectView
    delete_view_class = ProtectedDeleteView
    model = Organisation
    icon = "group"
    menu_label = gettext_lazy("Organisations")
    name = "mypart_admin_organisations"
    url_prefix = "mypart/organisations"
    copy_view_enabled = False
    inspect_view_enabled = True
    inspect_view_fields_exclude = ["id", "uuid"]
    list_display = [
        "name",
        "legal_form",
        "nip",
        "city",
        yes_or_no("is_opp", gettext_lazy("OPP")),
        "changed_at",
    ]
    filterset_class = OrganisationFilterSet
    list_export = ["name", "legal_form", "register_number", "nip", "city", "email"]
    search_fields = ["name", "nip", "register_number", "city"]

    def get_form_class(self, for_update: bool = False) -> Any:
        return OrganisationAdminForm
