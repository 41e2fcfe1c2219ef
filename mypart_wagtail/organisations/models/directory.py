"""Which organisations a city shows to the public."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Site

from mypart_wagtail.organisations.models.organisation import Organisation


class DirectoryEntry(models.Model):
    """An organisation that the staff of a site have accepted into its public directory."""

    organisation = models.ForeignKey(
        Organisation,
        verbose_name=_("organisation"),
        on_delete=models.CASCADE,
        related_name="directory_entries",
    )
    site = models.ForeignKey(Site, verbose_name=_("site"), on_delete=models.CASCADE, related_name="+")
    accepted_at = models.DateTimeField(_("accepted"), auto_now_add=True)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("accepted by"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    class Meta:
        verbose_name = _("directory entry")
        verbose_name_plural = _("directory entries")
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "site"], name="mypart_organisations_in_directory"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation} ({self.site})"
