"""Who belongs to organisations and who asks to: staff act through the same services as everyone."""

from typing import Any

from django.db.models import F, QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.timesince import timesince
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic import CreateView, DeleteView, EditView

from mypart_wagtail.organisations import services
from mypart_wagtail.organisations.admin_forms import JoinRequestAdminForm, MembershipForm, MembershipRolesForm
from mypart_wagtail.organisations.models import JoinRequest, JoinStatus, Membership
from mypart_wagtail.organisations.viewsets.columns import yes_or_no
from mypart_wagtail.viewsets import ChosenViewsViewSet, JoinedViewSet, PlainTextIndexView


class MembershipAddView(CreateView):
    def save_instance(self) -> Membership:
        chosen = {name: self.form.cleaned_data[name] for name in self.form.Meta.fields}
        return services.add_member(self.request.user, user=self.form.person, **chosen)


class MembershipEditView(EditView):
    def save_instance(self) -> Membership:
        services.change_roles(
            self.request.user, membership=self.form.instance, by_staff=True, **self.form.cleaned_data
        )
        return self.form.instance


class MembershipDeleteView(DeleteView):
    def delete_action(self) -> None:
        services.remove_member(self.request.user, membership=self.object, by_staff=True)


class MembershipViewSet(JoinedViewSet):
    add_view_class = MembershipAddView
    edit_view_class = MembershipEditView
    delete_view_class = MembershipDeleteView
    model = Membership
    icon = "user"
    menu_label = _("Members")
    name = "mypart_admin_memberships"
    url_prefix = "mypart/memberships"
    copy_view_enabled = False
    inspect_view_enabled = True
    joined = ("user", "organisation")
    list_display = [
        "user",
        "organisation",
        yes_or_no("is_signer", _("signer")),
        yes_or_no("is_administrator", _("administrator")),
        "since",
    ]
    list_filter = ["is_signer", "is_administrator"]
    search_fields = ["user__email", "user__last_name", "organisation__name"]

    def get_form_class(self, for_update: bool = False) -> Any:
        return MembershipRolesForm if for_update else MembershipForm


class JoinRequestIndexView(PlainTextIndexView):
    """Those that wait stand first, the oldest on top."""

    def get_base_queryset(self) -> QuerySet[JoinRequest]:
        waiting_first = F("decided_at").asc(nulls_first=True)
        return super().get_base_queryset().order_by(waiting_first, "asked_at")


class JoinRequestEditView(EditView):
    """Staff accept or refuse; the person is told and let in by the same service as elsewhere."""

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        answered = JoinRequest.objects.exclude(status=JoinStatus.PENDING).filter(pk=kwargs["pk"])
        if answered.exists() and self.inspect_url_name:
            return redirect(self.inspect_url_name, kwargs["pk"])
        return super().dispatch(request, *args, **kwargs)

    def save_instance(self) -> JoinRequest:
        request = JoinRequest.objects.get(pk=self.object.pk)
        chosen = self.form.cleaned_data["status"]
        if chosen != JoinStatus.PENDING:
            services.decide_join_request(
                self.request.user,
                request=request,
                accept=chosen == JoinStatus.ACCEPTED,
                is_signer=self.form.cleaned_data["is_signer"],
                by_staff=True,
            )
        return request


def _waits(request: JoinRequest) -> str:
    """How long an unanswered request has waited."""
    return timesince(request.asked_at, timezone.now()) if request.status == JoinStatus.PENDING else ""


class JoinRequestViewSet(ChosenViewsViewSet):
    views = frozenset({"index", "index_results", "edit", "inspect", "history", "history_results"})
    index_view_class = JoinRequestIndexView
    edit_view_class = JoinRequestEditView
    model = JoinRequest
    icon = "mail"
    menu_label = _("Requests to join")
    name = "mypart_admin_join_requests"
    url_prefix = "mypart/join-requests"
    inspect_view_enabled = True
    joined = ("user", "organisation")
    list_display = [
        "user",
        "organisation",
        "status",
        "asked_at",
        Column("waits", label=_("Waits for"), accessor=_waits),
        "reminded_at",
    ]
    list_filter = ["status", "is_for_office"]
    search_fields = ["user__email", "user__last_name", "organisation__name"]

    def get_form_class(self, for_update: bool = False) -> Any:
        return JoinRequestAdminForm
