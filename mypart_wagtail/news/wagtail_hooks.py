from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from mypart_wagtail.news.services import PEOPLE_AGREED
from mypart_wagtail.news.viewsets import NewsCategoryViewSet


@hooks.register("register_admin_viewset")
def register_categories() -> NewsCategoryViewSet:
    return NewsCategoryViewSet()


@hooks.register("register_log_actions")
def register_acts(actions: Any) -> None:
    actions.register_action(
        PEOPLE_AGREED, _("Confirm agreement to a photo"), _("Said that the people in the photo agree")
    )
