from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.log_actions import LogFormatter

from mypart_wagtail.generator.registry import HOOK
from mypart_wagtail.generator.structure import FormTemplate
from mypart_wagtail.grants import page_hooks  # noqa: F401
from mypart_wagtail.grants.announcing import SHORT_NOTICE
from mypart_wagtail.grants.statutory import offer_2018_2057
from mypart_wagtail.grants.viewsets.applications import ApplicationViewSet
from mypart_wagtail.grants.viewsets.awards import AwardViewSet
from mypart_wagtail.grants.viewsets.calls import CallViewSet


@hooks.register(HOOK)
def register_offer() -> FormTemplate:
    return offer_2018_2057.TEMPLATE


@hooks.register("register_admin_viewset")
def register_viewsets() -> list[Any]:
    return [CallViewSet(), ApplicationViewSet(), AwardViewSet()]


@hooks.register("register_log_actions")
def register_short_notice(actions: Any) -> None:
    @actions.register_action(SHORT_NOTICE)
    class ShortNoticeFormatter(LogFormatter):
        label = gettext_lazy("Allow less than 21 days")

        def format_message(self, log_entry: Any) -> str:
            return _("Less than 21 days for offers allowed: %(reason)s") % log_entry.data
