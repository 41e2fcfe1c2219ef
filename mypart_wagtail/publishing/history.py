"""What the history of a card tells of publishing."""

from __future__ import annotations

from enum import StrEnum
from typing import Any
from uuid import uuid4

from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import LogFormatter, log


class Act(StrEnum):
    """What was done, as the log keeps it. ``MESSAGES`` says it in words."""

    MAY_PUBLISH = "mypart_publishing.may_publish"
    MAY_NOT_PUBLISH = "mypart_publishing.may_not_publish"


MESSAGES = {
    Act.MAY_PUBLISH: (_("Let somebody publish"), _("May write in the portal: %(person)s")),
    Act.MAY_NOT_PUBLISH: (_("End somebody's publishing"), _("May no longer write in the portal: %(person)s")),
}


def log_publisher(actor: Any, membership: Any, act: Act) -> None:
    """Write down of the card whom ``membership`` lets publish, or no longer."""
    log(membership.organisation, act, user=actor, data={"person": membership.user.email}, uuid=uuid4())


def formatter(act: Act) -> type[LogFormatter]:
    """How ``act`` reads, in the language of the reader."""

    class ActFormatter(LogFormatter):
        label = MESSAGES[act][0]

        def format_message(self, log_entry: Any) -> str:
            return str(MESSAGES[act][1]) % {"person": log_entry.data.get("person", "")}

    return ActFormatter
