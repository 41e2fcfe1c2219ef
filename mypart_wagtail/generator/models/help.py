from django.db import models
from django.utils.translation import gettext_lazy as _

from mypart_wagtail.web_addresses import WebAddressField


class FieldHelp(models.Model):
    """What a city says itself about a field of a form, instead of the help shipped with it.

    An empty part leaves the shipped one. See ``help.py``.
    """

    site = models.ForeignKey(
        "wagtailcore.Site", on_delete=models.CASCADE, related_name="+", verbose_name=_("site")
    )
    template_id = models.CharField(_("form"), max_length=100)
    field_key = models.CharField(_("field"), max_length=100)
    language = models.CharField(_("language"), max_length=10)
    plain = models.TextField(_("help"), blank=True)
    easy = models.TextField(
        _("easy to read"),
        blank=True,
        help_text=_("Short sentences and common words, for people who find reading hard."),
    )
    film = WebAddressField(
        _("film in sign language"), blank=True, help_text=_("The address of a page with the film.")
    )

    class Meta:
        verbose_name = _("help with a field")
        verbose_name_plural = _("help with fields")
        ordering = ["template_id", "field_key", "language"]
        constraints = [
            models.UniqueConstraint(
                fields=["site", "template_id", "field_key", "language"], name="mypart_one_help_per_field"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.template_id} {self.field_key} ({self.language})"
