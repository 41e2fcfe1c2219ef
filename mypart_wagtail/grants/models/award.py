from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from mypart_wagtail.money import GREATEST, GROSZ
from mypart_wagtail.web_addresses import WebAddressField

TWICE = _("This award is kept already: the same organisation, title, year and call.")


class AwardQuerySet(models.QuerySet["Award"]):
    def with_parts(self) -> "AwardQuerySet":
        return self.select_related("organisation", "call", "site")


class Award(models.Model):
    """A grant that a city gave an organisation for a task, as it published the results.

    No offer is needed: most awards are older than this system, or of calls held elsewhere.
    """

    site = models.ForeignKey(
        "wagtailcore.Site", on_delete=models.PROTECT, related_name="mypart_awards", verbose_name=_("site")
    )
    organisation = models.ForeignKey(
        "mypart_organisations.Organisation",
        on_delete=models.PROTECT,
        related_name="awards",
        verbose_name=_("organisation"),
    )
    call = models.ForeignKey(
        "mypart_grants.Call",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="awards",
        verbose_name=_("call"),
        help_text=_("Only where the call was held in this system."),
    )
    title = models.CharField(_("title of the task"), max_length=250)
    # Towns have budgets of their own since 1990.
    year = models.PositiveSmallIntegerField(
        _("budget year"), validators=[MinValueValidator(1990), MaxValueValidator(2100)]
    )
    amount = models.DecimalField(
        _("amount in PLN"),
        max_digits=14,
        decimal_places=2,
        validators=[MinValueValidator(GROSZ), MaxValueValidator(GREATEST)],
    )
    source_url = WebAddressField(
        _("published results"), max_length=500, help_text=_("The address of the results in the BIP.")
    )
    awarded_on = models.DateField(_("awarded on"), null=True, blank=True)

    objects = AwardQuerySet.as_manager()

    class Meta:
        verbose_name = _("awarded grant")
        verbose_name_plural = _("awarded grants")
        ordering = ["-year", F("awarded_on").desc(nulls_last=True), "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="mypart_award_amount"),
            models.UniqueConstraint(
                fields=["site", "organisation", "title", "year", "call"],
                name="mypart_award_once",
                violation_error_message=TWICE,
            ),
            # Databases take two awards without a call for different ones.
            models.UniqueConstraint(
                fields=["site", "organisation", "title", "year"],
                condition=Q(call=None),
                name="mypart_award_without_call_once",
                violation_error_message=TWICE,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.year})"

    def clean(self) -> None:
        if self.call and self.call.site_id != self.site_id:
            raise ValidationError({"call": _("This call was held on another site.")})
