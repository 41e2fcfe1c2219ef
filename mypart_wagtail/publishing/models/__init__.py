"""Who publishes for an organisation, where, and what moderation is bound to."""

from mypart_wagtail.publishing.models.moderation import ModerationTask, ModerationTaskState
from mypart_wagtail.publishing.models.publishers import OrganisationSpace, Publisher
from mypart_wagtail.publishing.models.settings import ModerationSettings

__all__ = [
    "ModerationSettings",
    "ModerationTask",
    "ModerationTaskState",
    "OrganisationSpace",
    "Publisher",
]
