"""Messages in the Wagtail admin: what waits, until when, and an export."""

from __future__ import annotations

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views import generic

from mypart_wagtail.middleware import arrived_at
from mypart_wagtail.moments import format_date, format_moment
from mypart_wagtail.portal.models import Message
from mypart_wagtail.portal.services import mark_answered
from mypart_wagtail.staff import OfOwnSitesIndexView, OfOwnSitesViewSet
from mypart_wagtail.viewsets import ChosenViewsViewSet

NAME = "mypart_admin_messages"


class MessageFilterSet(WagtailFilterSet):
    kind = django_filters.ChoiceFilter(choices=Message.Kind.choices, label=gettext_lazy("Kind"))
    waits = django_filters.BooleanFilter(
        field_name="answered_at", lookup_expr="isnull", label=gettext_lazy("Waits for an answer")
    )

    class Meta:
        model = Message
        fields: list[str] = []


class MessageIndexView(OfOwnSitesIndexView):
    """What people have written, the newest first."""

    def get_base_queryset(self) -> QuerySet[Message]:
        return super().get_base_queryset().exclude(received_at=None)

    @cached_property
    def columns(self) -> list[Column]:
        return [
            TitleColumn("number", label=_("Number"), url_name=self.inspect_url_name, width="16%"),
            Column("get_kind_display", label=_("Kind")),
            Column("received_at", label=_("Received"), accessor=_received, sort_key="received_at"),
            Column("due_on", label=_("To be answered by"), accessor=_due, sort_key="due_on"),
            Column("answered_at", label=_("Answered"), accessor=_answered, sort_key="answered_at"),
        ]


class MessageInspectView(generic.InspectView):
    """One message, and the button that says it has been answered."""

    fields: list[str] = []

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        may_answer = self.request.user.has_perm("mypart_portal.change_message")
        return context | {"message_": self.object, "may_answer": may_answer}


class MessageAnswerView(generic.InspectView):
    """Says that the message has been answered."""

    http_method_names = ["post"]
    fields: list[str] = []

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        mark_answered(request.user, message=self.object, at=arrived_at(request))
        messages.success(request, _("The message is marked as answered."))
        return redirect(f"{NAME}:index")


class MessageViewSet(OfOwnSitesViewSet, ChosenViewsViewSet):
    """Messages of the sites where one works. Nothing in them is edited."""

    model = Message
    icon = "mail"
    menu_label = gettext_lazy("Messages")
    menu_order = 220
    add_to_admin_menu = True
    name = NAME
    url_prefix = "mypart/messages"
    views = frozenset({"index", "index_results", "inspect", "delete", "answer"})
    inspect_view_enabled = True
    index_view_class = MessageIndexView
    inspect_view_class = MessageInspectView
    filterset_class = MessageFilterSet
    search_fields = ["text", "name", "email"]
    list_export = [
        "number",
        "get_kind_display",
        "received_at",
        "due_on",
        "answered_at",
        "name",
        "email",
        "other_channel",
        "page_address",
        "text",
    ]
    form_fields = ["text"]
    template_prefix = "mypart_portal/admin/message/"

    @property
    def answer_view(self) -> Any:
        return self.construct_view(MessageAnswerView, **self.get_inspect_view_kwargs())

    def get_urlpatterns(self) -> list[Any]:
        answer = path(f"answer/<{self.pk_path_converter}:pk>/", self.answer_view, name="answer")
        return [*super().get_urlpatterns(), answer]


def _received(message: Message) -> str:
    return format_moment(message.received_at) if message.received_at else ""


def _answered(message: Message) -> str:
    return format_moment(message.answered_at) if message.answered_at else ""


def _due(message: Message) -> str:
    if not message.due_on or message.answered_at:
        return ""
    day = format_date(message.due_on)
    return _("%(day)s: overdue") % {"day": day} if message.is_overdue else day
