"""Editions of the newsletter, and how far each has come."""

from __future__ import annotations

import uuid
from datetime import datetime
from enum import StrEnum
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Count, F, Q
from django.utils.translation import gettext_lazy as _
from wagtail.models import Site

from mypart_wagtail.languages import language_choices
from mypart_wagtail.newsletter.models.subscriber import Subscriber


class EditionStatus(StrEnum):
    """Follows from the times."""

    DRAFT = "draft"
    SENDING = "sending"
    PUT_OFF = "put off"
    SENT = "sent"


EDITION_STATUS_NAMES = {
    EditionStatus.DRAFT: _("draft"),
    EditionStatus.SENDING: _("being sent"),
    EditionStatus.PUT_OFF: _("put off by the mail server"),
    EditionStatus.SENT: _("sent"),
}


class EditionQuerySet(models.QuerySet["Edition"]):
    def in_progress(self) -> EditionQuerySet:
        """Those whose sending has begun and is not over."""
        return self.exclude(started_at=None).filter(finished_at=None)

    def started(self) -> EditionQuerySet:
        return self.exclude(started_at=None)

    def telling(self, *, site: Any, language: str, since: datetime, until: datetime) -> EditionQuerySet:
        """Those that were sent, or are being sent, with something of this period, the latest first."""
        mine = self.started().filter(site=site, language=language)
        return mine.filter(since__lt=until, until__gt=since).order_by("-until")


class Edition(models.Model):
    """One number of the newsletter in one language.

    What is in it is found anew while it is a draft, and frozen in ``content`` when sending begins, so that
    every batch and every retry sends the same. ``period`` names the week or month of an edition that was
    made by itself, so that there are never two.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    site = models.ForeignKey(Site, verbose_name=_("site"), on_delete=models.CASCADE, related_name="+")
    language = models.CharField(_("language"), max_length=10, choices=language_choices)
    subject = models.CharField(_("subject"), max_length=150)
    intro = models.TextField(
        _("introduction"),
        max_length=2000,
        blank=True,
        help_text=_("Plain text above what is new. An empty line begins a new paragraph."),
    )
    since = models.DateTimeField(_("from"))
    until = models.DateTimeField(
        _("until"),
        help_text=_("Sent before this moment, the edition ends when it is sent, and the next begins there."),
    )
    period = models.CharField(max_length=10, blank=True, editable=False)
    content = models.JSONField(default=dict, editable=False)
    created_at = models.DateTimeField(_("made"), auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+", editable=False
    )
    started_at = models.DateTimeField(_("sending began"), null=True, editable=False)
    finished_at = models.DateTimeField(_("sent"), null=True, editable=False)
    put_off_until = models.DateTimeField(_("put off until"), null=True, editable=False)
    put_offs = models.PositiveSmallIntegerField(default=0, editable=False)
    sent_count = models.PositiveIntegerField(_("mails sent"), default=0, editable=False)
    failed_count = models.PositiveIntegerField(_("mails refused"), default=0, editable=False)

    objects = EditionQuerySet.as_manager()

    class Meta:
        verbose_name = _("edition")
        verbose_name_plural = _("editions")
        ordering = ["-until", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["site", "language", "period"],
                condition=~Q(period=""),
                name="mypart_newsletter_one_a_period",
            ),
        ]

    def __str__(self) -> str:
        return self.subject

    @property
    def status(self) -> EditionStatus:
        if self.started_at is None:
            return EditionStatus.DRAFT
        if self.finished_at is not None:
            return EditionStatus.SENT
        return EditionStatus.SENDING if self.put_off_until is None else EditionStatus.PUT_OFF

    @property
    def status_name(self) -> Any:
        return EDITION_STATUS_NAMES[self.status]

    @property
    def is_draft(self) -> bool:
        return self.started_at is None

    def progress(self) -> dict[str, int]:
        """How many mails are ``sent``, ``failed`` for good and ``waiting``."""
        if self.finished_at is not None:
            return {"sent": self.sent_count, "failed": self.failed_count, "waiting": 0}
        return self.deliveries.aggregate(
            sent=Count("pk", filter=~Q(sent_at=None)),
            failed=Count("pk", filter=~Q(failed_at=None)),
            waiting=Count("pk", filter=Q(sent_at=None, failed_at=None, subscriber__isnull=False)),
        )

    def last_error(self) -> str:
        """What the mail server said last, of a mail it refused or one that waits; it holds no address."""
        failing = self.deliveries.exclude(last_error="").filter(sent_at=None)
        newest = failing.order_by(F("failed_at").desc(nulls_last=True), "-due_at", "-pk")
        return newest.values_list("last_error", flat=True).first() or ""


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    def waiting(self) -> DeliveryQuerySet:
        """Neither sent nor given up, and to somebody who has not left."""
        return self.filter(sent_at=None, failed_at=None, subscriber__isnull=False)

    def due(self, at: datetime) -> DeliveryQuerySet:
        """Waiting, and claimed by no worker whose claim still holds."""
        return self.waiting().filter(due_at__lte=at)

    def unreached(self) -> DeliveryQuerySet:
        """Not sent, though there may be such a mailbox, to somebody who has not left."""
        return self.filter(sent_at=None, is_refused=False, subscriber__isnull=False)


class Delivery(models.Model):
    """One mail of an edition to one subscriber, made once.

    A worker claims it by putting its own mark into ``claim`` and ``due_at`` into the future: if the worker
    dies, the delivery is due again then. ``is_refused``: by the mailbox, for good. It holds no address: that
    goes with the subscriber.
    """

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="deliveries")
    subscriber = models.ForeignKey(
        Subscriber, null=True, on_delete=models.SET_NULL, related_name="deliveries"
    )
    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    claim = models.UUIDField(null=True)
    due_at = models.DateTimeField()
    attempts = models.PositiveIntegerField(default=0)
    last_error = models.CharField(max_length=250, blank=True)
    sent_at = models.DateTimeField(null=True)
    failed_at = models.DateTimeField(null=True)
    is_refused = models.BooleanField(default=False)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")
        constraints = [
            models.UniqueConstraint(fields=["edition", "subscriber"], name="mypart_newsletter_delivery_once"),
        ]
        indexes = [
            models.Index(
                fields=["edition", "due_at"],
                condition=Q(sent_at=None, failed_at=None),
                name="mypart_newsletter_due",
            ),
        ]

    def __str__(self) -> str:
        return str(self.uuid)
