import uuid
from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mypart_wagtail.organisations.models.organisation import Organisation

VALID_FOR = timedelta(days=14)


def in_two_weeks() -> datetime:
    return timezone.now() + VALID_FOR


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def open_at(self, at: datetime) -> "InvitationQuerySet":
        """Those that nobody has accepted and that can still be accepted at ``at``."""
        return self.filter(accepted_at=None, expires_at__gt=at)


class Invitation(models.Model):
    """An administrator's invitation by e-mail. Whoever has the link and is signed in may accept it, once."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="invitations")
    email = models.EmailField(_("e-mail"))
    is_signer = models.BooleanField(_("signer: may submit offers"), default=False)
    is_administrator = models.BooleanField(_("administrator: manages the card and its people"), default=False)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    invited_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField(default=in_two_weeks)
    accepted_at = models.DateTimeField(null=True, blank=True)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ["-invited_at"]

    def __str__(self) -> str:
        return self.email

    def is_valid_at(self, at: datetime) -> bool:
        """Whether it can be accepted: nobody gives what they no longer have, so the inviter counts too."""
        return self.accepted_at is None and at < self.expires_at and self._inviter_may_give()

    def _inviter_may_give(self) -> bool:
        return self.organisation.administrators().filter(pk=self.invited_by_id).exists()
