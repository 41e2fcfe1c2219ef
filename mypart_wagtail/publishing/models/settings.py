"""What a city promises to organisations that publish, and asks of them."""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting
from wagtail.fields import RichTextField

from mypart_wagtail.blocks.pages import PROSE


@register_setting(icon="clipboard-list")
class ModerationSettings(BaseSiteSetting):
    """One for each site."""

    term_days = models.PositiveSmallIntegerField(
        _("answer within (days)"),
        default=3,
        validators=[MinValueValidator(1), MaxValueValidator(30)],
        help_text=_(
            "Authors are promised an answer within so many days. What waits longer goes to deputies."
        ),
    )
    house_rules = RichTextField(
        _("house rules"),
        features=PROSE,
        blank=True,
        help_text=_("Shown to authors and moderators. Left empty: the rules that come with the portal."),
    )

    panels = [FieldPanel("term_days"), FieldPanel("house_rules")]

    class Meta:
        verbose_name = _("moderation")
