"""Every write about organisations and their people. Whoever acts comes first; each is one transaction."""

from mypart_wagtail.organisations.services.cards import CardChangedMeanwhile, change_card, create_organisation
from mypart_wagtail.organisations.services.directory import confirm_profile, follow_card, show_on_sites
from mypart_wagtail.organisations.services.forgetting import forget_person
from mypart_wagtail.organisations.services.legal import publish_text, record_shown
from mypart_wagtail.organisations.services.members import (
    accept_invitation,
    add_member,
    change_roles,
    invite,
    remove_member,
    revoke_invitation,
)
from mypart_wagtail.organisations.services.profiles import make_profiles, open_profile
from mypart_wagtail.organisations.services.reminders import remind_of_profiles
from mypart_wagtail.organisations.services.requests import (
    ask_office,
    ask_to_join,
    decide_join_request,
    remind_of_requests,
)

__all__ = [
    "CardChangedMeanwhile",
    "accept_invitation",
    "add_member",
    "ask_office",
    "ask_to_join",
    "change_card",
    "change_roles",
    "confirm_profile",
    "create_organisation",
    "decide_join_request",
    "follow_card",
    "forget_person",
    "invite",
    "make_profiles",
    "open_profile",
    "publish_text",
    "record_shown",
    "remind_of_profiles",
    "remind_of_requests",
    "remove_member",
    "revoke_invitation",
    "show_on_sites",
]
