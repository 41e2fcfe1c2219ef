"""Every write of the app."""

from mypart_wagtail.publishing.services.moderation import decide, receive, take_back, withdraw
from mypart_wagtail.publishing.services.overdue import pass_on_overdue
from mypart_wagtail.publishing.services.publishers import name_publishers
from mypart_wagtail.publishing.services.set_up import set_up_moderation
from mypart_wagtail.publishing.services.spaces import follow_organisation

__all__ = [
    "decide",
    "follow_organisation",
    "name_publishers",
    "pass_on_overdue",
    "receive",
    "set_up_moderation",
    "take_back",
    "withdraw",
]
