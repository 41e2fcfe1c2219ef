from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from mypart_wagtail.newsletter.services.editions import SENT
from mypart_wagtail.newsletter.viewsets import NewsletterViewSetGroup


@hooks.register("register_admin_viewset")
def register_newsletter() -> NewsletterViewSetGroup:
    return NewsletterViewSetGroup()


@hooks.register("register_log_actions")
def register_sending(actions: Any) -> None:
    actions.register_action(SENT, _("Send an edition"), _("Edition sent"))
