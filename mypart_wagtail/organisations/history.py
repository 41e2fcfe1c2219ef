"""What is written into the history of an organisation, and how it reads in the admin."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import Any
from uuid import uuid4

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.log_actions import LogFormatter, log

from mypart_wagtail.organisations.models import Organisation
from mypart_wagtail.people import name_of


class Act(StrEnum):
    """What was done, as the log keeps it. ``MESSAGES`` says it in words."""

    CARD_CHANGED = "mypart_organisations.card_changed"
    ASKED = "mypart_organisations.asked"
    LET_IN = "mypart_organisations.let_in"
    REFUSED = "mypart_organisations.refused"
    INVITED = "mypart_organisations.invited"
    INVITATION_REVOKED = "mypart_organisations.invitation_revoked"
    INVITATION_ACCEPTED = "mypart_organisations.invitation_accepted"
    ROLES_CHANGED = "mypart_organisations.roles_changed"
    LEFT = "mypart_organisations.left"
    LISTED = "mypart_organisations.listed"
    UNLISTED = "mypart_organisations.unlisted"
    CHECKED = "mypart_organisations.checked"


MESSAGES = {
    Act.CARD_CHANGED: (gettext_lazy("Change of the card"), gettext_lazy("Card changed: %(fields)s")),
    Act.ASKED: (gettext_lazy("Request to join"), gettext_lazy("Asked to join: %(person)s")),
    Act.LET_IN: (gettext_lazy("Acceptance"), gettext_lazy("Let in: %(person)s (%(roles)s)")),
    Act.REFUSED: (gettext_lazy("Refusal"), gettext_lazy("Refused: %(person)s")),
    Act.INVITED: (gettext_lazy("Invitation"), gettext_lazy("Invited: %(person)s (%(roles)s)")),
    Act.INVITATION_REVOKED: (
        gettext_lazy("Invitation taken back"),
        gettext_lazy("Invitation taken back: %(person)s"),
    ),
    Act.INVITATION_ACCEPTED: (
        gettext_lazy("Invitation accepted"),
        gettext_lazy("Invitation accepted: %(person)s (%(roles)s)"),
    ),
    Act.ROLES_CHANGED: (gettext_lazy("Change of roles"), gettext_lazy("Roles of %(person)s: %(roles)s")),
    Act.LEFT: (gettext_lazy("Removal of a member"), gettext_lazy("No longer a member: %(person)s")),
    Act.LISTED: (gettext_lazy("Acceptance into the directory"), gettext_lazy("In the directory of %(site)s")),
    Act.UNLISTED: (
        gettext_lazy("Removal from the directory"),
        gettext_lazy("No longer in the directory of %(site)s"),
    ),
    Act.CHECKED: (gettext_lazy("Confirmation of the profile"), gettext_lazy("Profile confirmed: %(site)s")),
}


def log_card(actor: Any, organisation: Organisation, fields: Iterable[str]) -> None:
    """Write down which ``fields`` of the card changed, by name; never what they held."""
    log(organisation, Act.CARD_CHANGED, user=actor, data={"fields": list(fields)})


def log_person(actor: Any, organisation: Organisation, act: Act, person: str, **flags: bool) -> None:
    """Write down what happened to ``person`` (an e-mail), with the flags of the membership."""
    log(organisation, act, user=actor, data={"person": person, "flags": [k for k, on in flags.items() if on]})


def log_membership(actor: Any, membership: Any, act: Act, **flags: bool) -> None:
    """The same of a member, whose own history tells it too."""
    log_person(actor, membership.organisation, act, membership.user.email, **flags)
    data = {"person": membership.user.email, "flags": [name for name, on in flags.items() if on]}
    # Wagtail shows one entry of each action in a request, whatever it is about, unless they differ in this.
    log(membership, act, user=actor, data=data, uuid=uuid4())


def log_directory(actor: Any, organisation: Organisation, act: Act, site: Any) -> None:
    """Write down which site's directory shows the organisation, or no longer does."""
    log(organisation, act, user=actor, data={"site": str(site)}, uuid=uuid4())


def formatter(act: Act) -> type[LogFormatter]:
    """How ``act`` reads, in the language of the reader."""

    class ActFormatter(LogFormatter):
        label = MESSAGES[act][0]

        def format_message(self, log_entry: Any) -> str:
            return str(MESSAGES[act][1]) % _in_words(log_entry.data)

    return ActFormatter


def _in_words(data: dict[str, Any]) -> dict[str, str]:
    names = {"is_signer": _("signer"), "is_administrator": _("administrator")}
    return {
        "person": data.get("person") or name_of(None),
        "site": data.get("site", ""),
        "roles": ", ".join(names[flag] for flag in data.get("flags", [])) or _("editor"),
        "fields": ", ".join(field_name(name) for name in data.get("fields", [])),
    }


def field_name(name: str) -> str:
    if name == "representatives":
        return _("people who represent it")
    return capfirst(str(Organisation._meta.get_field(name).verbose_name))  # type: ignore[union-attr]
