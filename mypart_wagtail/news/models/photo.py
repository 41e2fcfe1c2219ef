"""Photos whose news are still being written."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.images import get_image_model_string


class WaitingPhoto(models.Model):
    """An image that came with a form that was not right yet; erased with it where nobody went on."""

    image = models.OneToOneField(
        get_image_model_string(), verbose_name=_("picture"), on_delete=models.CASCADE, related_name="+"
    )
    created_at = models.DateTimeField(_("uploaded"), default=timezone.now, db_index=True)

    # An image that only waits is not in use.
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("waiting photo")
        verbose_name_plural = _("waiting photos")

    def __str__(self) -> str:
        return str(self.image)
