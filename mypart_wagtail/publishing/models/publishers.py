"""People who write in the portal for their organisation, and the part of the site where they do."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.models import Group
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Collection, Site

from mypart_wagtail.organisations.models import Membership, Organisation


class Publisher(models.Model):
    """A member who may write in the portal for the organisation. Ends with the membership."""

    membership = models.OneToOneField(
        Membership,
        verbose_name=_("member"),
        on_delete=models.CASCADE,
        related_name="mypart_publisher",
    )
    since = models.DateTimeField(_("since"), auto_now_add=True)
    named_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("named by"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    class Meta:
        verbose_name = _("publisher")
        verbose_name_plural = _("publishers")

    def __str__(self) -> str:
        return str(self.membership)


class OrganisationSpace(models.Model):
    """What an organisation has on a site: a group of its publishers, and a collection of its files.

    The group may add and change pages under the profile, but not publish them. It is made when the first
    member may publish: thousands of groups would make every form that lists groups heavy.
    """

    organisation = models.ForeignKey(
        Organisation, verbose_name=_("organisation"), on_delete=models.CASCADE, related_name="spaces"
    )
    site = models.ForeignKey(Site, verbose_name=_("site"), on_delete=models.CASCADE, related_name="+")
    group = models.OneToOneField(
        Group, verbose_name=_("group"), on_delete=models.CASCADE, related_name="mypart_space"
    )
    collection = models.OneToOneField(
        Collection, verbose_name=_("collection"), on_delete=models.CASCADE, related_name="mypart_space"
    )

    class Meta:
        verbose_name = _("space of an organisation")
        verbose_name_plural = _("spaces of organisations")
        constraints = [
            models.UniqueConstraint(fields=["organisation", "site"], name="mypart_publishing_one_space"),
        ]

    def __str__(self) -> str:
        return f"{self.organisation} ({self.site})"
