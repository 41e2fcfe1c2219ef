"""Which organisations a city shows to the public."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Site

from mypart_wagtail.organisations.models.organisation import Organisation


class DirectoryEntry(models.Model):
    """An organisation that the staff of a site have accepted into its public directory.

    Holds what the directory is searched by, as ``services.directory.refresh`` reads it from the card.
    """

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
    checked_on = models.DateField(
        _("checked"), null=True, help_text=_("When the organisation last said that its profile is right.")
    )
    reminded_at = models.DateTimeField(_("reminded"), null=True)
    # In small letters without diacritics: people look for "myslowice", and Ł stands beside L.
    name_key = models.CharField(max_length=430, default="", editable=False, db_index=True)
    place_key = models.CharField(max_length=100, default="", editable=False, db_index=True)

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


class EntryArea(models.Model):
    """An area of activity of an organisation in a directory. Not every database can ask a list in JSON."""

    entry = models.ForeignKey(DirectoryEntry, on_delete=models.CASCADE, related_name="areas")
    point = models.CharField(max_length=4)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["point", "entry"], name="mypart_organisations_area_once")
        ]

    def __str__(self) -> str:
        return self.point
