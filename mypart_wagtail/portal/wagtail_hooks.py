from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from mypart_wagtail.portal.panels import LackingPanel, WaitingMessagesPanel
from mypart_wagtail.portal.services import ANSWERED
from mypart_wagtail.portal.viewsets import MessageViewSet


@hooks.register("register_admin_viewset")
def register_messages() -> MessageViewSet:
    return MessageViewSet()


@hooks.register("register_log_actions")
def register_answer(actions: Any) -> None:
    actions.register_action(ANSWERED, _("Answer a message"), _("Message answered"))


@hooks.register("construct_homepage_panels")
def add_waiting_messages(request: HttpRequest, panels: list[Any]) -> None:
    if request.user.has_perm("mypart_portal.change_message"):
        panels.append(WaitingMessagesPanel())


@hooks.register("construct_homepage_panels")
def add_what_is_lacking(request: HttpRequest, panels: list[Any]) -> None:
    if request.user.has_perm("mypart_portal.change_portalsettings"):
        panels.append(LackingPanel())
