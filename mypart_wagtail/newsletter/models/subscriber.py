"""Who gets the newsletter."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta
from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Site

from mypart_wagtail.languages import language_choices
from mypart_wagtail.models import OutgoingMail

UNCONFIRMED_KEPT_FOR = timedelta(days=7)


class SubscriberQuerySet(models.QuerySet["Subscriber"]):
    def confirmed(self) -> SubscriberQuerySet:
        """Those who have shown that the address is theirs."""
        return self.exclude(confirmed_at=None)

    def unconfirmed_since(self, moment: datetime) -> SubscriberQuerySet:
        """Those who were last mailed a link before ``moment`` and have not used it."""
        return self.filter(confirmed_at=None, mailed_at__lt=moment)

    def with_good_link(self, at: datetime) -> SubscriberQuerySet:
        """Those whose links lead somewhere at ``at``: all but who has not used one in time."""
        return self.exclude(confirmed_at=None, mailed_at__lt=at - UNCONFIRMED_KEPT_FOR)

    def erase(self) -> int:
        """Erase these subscribers, with what is still to be sent to them and was mailed about subscribing.

        Gives how many they were.
        """
        from mypart_wagtail.newsletter.models.edition import Delivery

        mails = list(self.exclude(link_mail=None).values_list("link_mail", flat=True))
        Delivery.objects.waiting().filter(subscriber__in=self).delete()
        _all, counted = self.delete()
        OutgoingMail.objects.filter(pk__in=mails).delete()
        return counted.get("mypart_newsletter.Subscriber", 0)


class Subscriber(models.Model):
    """An address, what it wants to read, and in which language. Who leaves is erased.

    An address subscribes once on a site, whatever the language: the same news in two languages is the same
    news twice, and who presses "unsubscribe" wants no mail at all. Its token is all that links in mails
    hold, and stays the same, so that the oldest mail can still be unsubscribed from.
    """

    site = models.ForeignKey(Site, verbose_name=_("site"), on_delete=models.CASCADE, related_name="+")
    email = models.EmailField(_("e-mail"))
    language = models.CharField(_("language"), max_length=10, choices=language_choices)
    topics = models.JSONField(_("topics"), default=list)
    token = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    consent = models.TextField(_("what the person was told about personal data"), blank=True)
    created_at = models.DateTimeField(_("signed up"), default=timezone.now)
    mailed_at = models.DateTimeField(_("last mailed a link"), null=True, blank=True)
    # Kept to be erased along: the outbox remembers whom it wrote to.
    link_mail = models.ForeignKey(
        OutgoingMail, null=True, on_delete=models.SET_NULL, related_name="+", editable=False
    )
    confirmed_at = models.DateTimeField(_("confirmed"), null=True, blank=True)

    objects = SubscriberQuerySet.as_manager()

    class Meta:
        verbose_name = _("subscriber")
        verbose_name_plural = _("subscribers")
        ordering = ["email"]
        constraints = [
            models.UniqueConstraint(fields=["site", "email"], name="mypart_newsletter_address_once"),
        ]

    def __str__(self) -> str:
        return self.email

    @property
    def is_confirmed(self) -> bool:
        return self.confirmed_at is not None


def folded(email: Any) -> str:
    """``email`` as it is kept and compared: in small letters, since people take both for one."""
    return str(email).strip().lower()
