"""What people write in the forms of the portal."""

from __future__ import annotations

import uuid
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import models
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Site

ANSWER_WITHIN = timedelta(days=7)
"""Art. 18 of the act of 4 April 2019 on digital accessibility (Dz.U. 2019 poz. 848), as on 2026-11-25."""

UNCONFIRMED_KEPT_FOR = timedelta(days=7)


class MessageQuerySet(models.QuerySet["Message"]):
    def received(self) -> MessageQuerySet:
        """Messages of people, not of what still has to show that it is one."""
        return self.exclude(received_at=None)

    def waiting(self) -> MessageQuerySet:
        return self.received().filter(answered_at=None)

    def overdue(self, today: date) -> MessageQuerySet:
        return self.waiting().filter(due_on__lt=today)

    def unconfirmed_since(self, moment: datetime) -> MessageQuerySet:
        """Messages that nobody has confirmed and that came before ``moment``."""
        return self.filter(received_at=None, created_at__lt=moment)

    def settled_before(self, moment: datetime) -> MessageQuerySet:
        """Messages answered before ``moment``, and those that need no answer and came before it."""
        settled = Coalesce("answered_at", "received_at")
        is_settled = models.Q(answered_at__isnull=False) | models.Q(due_on=None)
        return self.received().filter(is_settled).annotate(settled_at=settled).filter(settled_at__lt=moment)


class Message(models.Model):
    """A message to the office. Only as much of a person as an answer needs."""

    class Kind(models.TextChoices):
        CONTACT = "contact", _("message")
        BARRIER = "barrier", _("barrier")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    site = models.ForeignKey(Site, verbose_name=_("site"), on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    language = models.CharField(_("language"), max_length=10)
    name = models.CharField(_("first name and surname"), max_length=150, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    other_channel = models.CharField(_("another way to reach you"), max_length=200, blank=True)
    page_address = models.CharField(_("address of the page"), max_length=500, blank=True)
    text = models.TextField(_("message"))
    consent = models.TextField(_("what the person was told about personal data"), blank=True)
    created_at = models.DateTimeField(_("written"), default=timezone.now)
    received_at = models.DateTimeField(_("received"), null=True, blank=True)
    due_on = models.DateField(_("to be answered by"), null=True, blank=True)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("answered by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    objects = MessageQuerySet.as_manager()

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        ordering = ["-created_at", "-pk"]
        indexes = [models.Index(fields=["site", "answered_at"], name="mypart_portal_waiting")]

    def __str__(self) -> str:
        return self.number

    @property
    def number(self) -> str:
        """What people and the office call it: unguessable, and short enough to be read out."""
        return f"{self.created_at:%Y}-{self.uuid.hex[:8].upper()}"

    @property
    def is_overdue(self) -> bool:
        return bool(self.due_on and not self.answered_at and self.due_on < timezone.localdate())
