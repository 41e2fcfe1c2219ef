from datetime import datetime, timedelta

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

FIRST_DELAY = timedelta(minutes=1)
LONGEST_DELAY = timedelta(hours=6)


class OutgoingMailQuerySet(models.QuerySet["OutgoingMail"]):
    def due(self, at: datetime) -> "OutgoingMailQuerySet":
        """Mails that are not sent yet and whose next try is not in the future."""
        return self.filter(sent_at=None, next_try_at__lte=at)


class OutgoingMail(models.Model):
    """A mail in the outbox. Its text is erased once it is sent; that it was sent is kept."""

    to = models.EmailField(_("to"))
    subject = models.CharField(_("subject"), max_length=250, blank=True)
    body = models.TextField(blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    next_try_at = models.DateTimeField(default=timezone.now, db_index=True)
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
