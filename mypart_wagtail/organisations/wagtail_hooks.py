from typing import Any

from django.http import HttpRequest
from wagtail import hooks

from mypart_wagtail.organisations.history import Act, formatter
from mypart_wagtail.organisations.panels import WaitingRequestsPanel
from mypart_wagtail.organisations.viewsets import OrganisationsGroup


@hooks.register("register_admin_viewset")
def register_organisations() -> OrganisationsGroup:
    return OrganisationsGroup()


@hooks.register("register_log_actions")
def register_acts(actions: Any) -> None:
    for act in Act:
        actions.register_action(act)(formatter(act))


@hooks.register("construct_homepage_panels")
def add_waiting_requests(request: HttpRequest, panels: list[Any]) -> None:
    if request.user.has_perm("mypart_organisations.change_joinrequest"):
        panels.append(WaitingRequestsPanel())
