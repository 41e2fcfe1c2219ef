from __future__ import annotations

from datetime import datetime, timedelta
from email.utils import make_msgid

from django.core.mail import DNS_NAME
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

FIRST_DELAY = timedelta(minutes=1)
LONGEST_DELAY = timedelta(hours=6)
LEASE = timedelta(minutes=10)
"""How long a mail is one worker's alone. A mail server answers sooner, or not at all."""


class OutgoingMailQuerySet(models.QuerySet["OutgoingMail"]):
    def due(self, at: datetime) -> OutgoingMailQuerySet:
        """Mails that are not sent yet, that nobody sends at ``at``, and whose next try has come."""
        return self._unclaimed(at).filter(next_try_at__lte=at)

    def claim(self, pk: int, at: datetime) -> OutgoingMail | None:
        """The mail, for the caller alone to send until the lease is over; None if it is sent or another's.

        Its ``Message-ID`` is written down before it goes, so that a mail sent once more after a crash is
        known to be the same.
        """
        taken = self._unclaimed(at).filter(pk=pk)
        if not taken.update(claimed_until=at + LEASE, attempts=F("attempts") + 1):
            return None
        self.filter(pk=pk, message_id="").update(message_id=make_msgid(domain=DNS_NAME.get_fqdn()))
        return self.filter(pk=pk).first()

    def _unclaimed(self, at: datetime) -> OutgoingMailQuerySet:
        return self.filter(Q(claimed_until=None) | Q(claimed_until__lte=at), sent_at=None)


class OutgoingMail(models.Model):
    """A mail in the outbox. Its text is erased once it is sent; that it was sent is kept."""

    to = models.EmailField(_("to"))
    subject = models.CharField(_("subject"), max_length=250, blank=True)
    body = models.TextField(blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    next_try_at = models.DateTimeField(default=timezone.now, db_index=True)
    claimed_until = models.DateTimeField(null=True, blank=True, editable=False)
    message_id = models.CharField(max_length=250, default="", editable=False)
    attempts = models.PositiveIntegerField(default=0)
    last_error = models.CharField(max_length=250, blank=True)
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)

    objects = OutgoingMailQuerySet.as_manager()

    class Meta:
        verbose_name = _("outgoing mail")
        verbose_name_plural = _("outgoing mail")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.to}: {self.subject}"

    def delay(self) -> timedelta:
        """How long to wait before the next try: twice as long each time, up to six hours."""
        return min(FIRST_DELAY * 2 ** min(self.attempts, 20), LONGEST_DELAY)
