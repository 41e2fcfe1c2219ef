"""What editors say once of the newsletter of a site."""

from __future__ import annotations

from email.utils import formataddr, parseaddr
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting
from wagtail.fields import RichTextField

from mypart_wagtail.languages import language_choices


class Rhythm(models.TextChoices):
    """When an edition is made and sent by itself."""

    BY_HAND = "by_hand", _("never: staff send each edition")
    WEEKLY = "weekly", _("every Monday, about the week before")
    MONTHLY = "monthly", _("on the first day of a month, about the month before")


@register_setting(icon="mail")
class NewsletterSettings(ClusterableModel, BaseSiteSetting):
    """One for each site."""

    rhythm = models.CharField(
        _("sent by itself"),
        max_length=10,
        choices=Rhythm,
        default=Rhythm.BY_HAND,
        help_text=_(
            "From 8 o'clock on, in each language that has subscribers; never an edition with nothing in it. "
            "Once this is chosen, the edition about the last week or month goes out at once if it is due."
        ),
    )
    sender_name = models.CharField(
        _("name of the sender"),
        max_length=100,
        blank=True,
        help_text=_("What people see in their list of mail. Left empty: the name of the site."),
    )
    sender = models.EmailField(
        _("e-mail of the sender"),
        blank=True,
        help_text=_("The mail server must allow it. Left empty: the address that all mail comes from."),
    )

    panels = [
        FieldPanel("rhythm"),
        FieldRowPanel([FieldPanel("sender_name"), FieldPanel("sender")]),
        InlinePanel("words", heading=_("Words in each language"), label=_("Language")),
    ]

    class Meta:
        verbose_name = _("newsletter")
        verbose_name_plural = _("newsletters")

    @classmethod
    def of(cls, site: Any) -> NewsletterSettings:
        """Those of ``site``; unsaved and empty where nobody has set any. Reading a page writes nothing."""
        return cls.objects.filter(site=site).first() or cls(site=site)

    def words_in(self, language: str) -> NewsletterWords | None:
        """The words in ``language``, or else in the first language that has some."""
        written = sorted(self.words.all(), key=lambda words: words.language != language) if self.pk else []
        return written[0] if written else None

    def from_address(self) -> str:
        """Who the mail comes from, as a header says it."""
        usual = parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
        return formataddr((self.sender_name or name_of_site(self.site), self.sender or usual))


class NewsletterWords(models.Model):
    """What the newsletter of a site says of itself in one language."""

    settings = ParentalKey(NewsletterSettings, on_delete=models.CASCADE, related_name="words")
    language = models.CharField(_("language"), max_length=10, choices=language_choices)
    about = models.TextField(
        _("what one gets"),
        max_length=600,
        blank=True,
        help_text=_("Stands above the form: what comes, how often, from whom."),
    )
    privacy = RichTextField(
        _("what happens to personal data"),
        features=["bold", "link", "ol", "ul"],
        blank=True,
        help_text=_("Stands under the form. What it said is kept with each subscription."),
    )

    panels = [FieldPanel("language"), FieldPanel("about"), FieldPanel("privacy")]

    class Meta:
        verbose_name = _("words of the newsletter")
        verbose_name_plural = _("words of the newsletter")
        constraints = [
            models.UniqueConstraint(fields=["settings", "language"], name="mypart_newsletter_words_once"),
        ]

    def __str__(self) -> str:
        return self.language


def name_of_site(site: Any) -> str:
    """What people call ``site``."""
    return site.site_name or site.hostname
