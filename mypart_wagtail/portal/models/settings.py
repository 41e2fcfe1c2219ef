"""What editors say once for the whole site: who runs it, how to reach them, how it looks."""

from __future__ import annotations

from typing import Any

import swapper
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    ObjectList,
    PageChooserPanel,
    TabbedInterface,
)
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting
from wagtail.fields import RichTextField
from wagtail.images import get_image_model_string
from wagtail.models import Orderable

from mypart_wagtail.languages import language_choices
from mypart_wagtail.portal.colours import readable_on_light

LONGEST_KEPT_DAYS = 3650
LINKED_PROSE = ["bold", "link"]
is_colour = RegexValidator(r"^#[0-9a-fA-F]{6}$", _("Write the colour as “#0b5757”."))


@register_setting(icon="site")
class PortalSettings(ClusterableModel, BaseSiteSetting):
    """One for each site. What is left empty is not shown."""

    logo = models.ForeignKey(
        get_image_model_string(),
        verbose_name=_("logo"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Stands before the name at the head of every page, on a dark band."),
    )
    primary_colour = models.CharField(
        _("main colour"),
        max_length=7,
        blank=True,
        validators=[is_colour],
        help_text=_("Of links, buttons and the head of the page. Other shades follow from it."),
    )
    accent_colour = models.CharField(_("second colour"), max_length=7, blank=True, validators=[is_colour])
    office = models.CharField(_("office"), max_length=200, blank=True)
    address = models.TextField(_("address"), max_length=300, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    text_phone = models.CharField(_("phone for text messages"), max_length=40, blank=True)
    bip_url = models.URLField(_("page in the Public Information Bulletin (BIP)"), blank=True)
    interpreter_url = models.URLField(
        _("online sign-language interpreter"),
        blank=True,
        help_text=_("The address at which one is connected with an interpreter."),
    )
    messages_to = models.EmailField(
        _("messages go to"),
        blank=True,
        help_text=_(
            "Where what people write in the forms is mailed. It is also in the menu under “Messages”."
        ),
    )
    keep_days = models.PositiveIntegerField(
        _("messages are kept for (days)"),
        default=365,
        validators=[MinValueValidator(1), MaxValueValidator(LONGEST_KEPT_DAYS)],
        help_text=_("Counted from the answer, or from the message if it needs none. Then they are erased."),
    )

    edit_handler = TabbedInterface(
        [
            ObjectList(
                [
                    InlinePanel("words", heading=_("Words in each language"), label=_("Language")),
                    FieldPanel("logo"),
                    FieldRowPanel([FieldPanel("primary_colour"), FieldPanel("accent_colour")]),
                ],
                heading=_("Name and look"),
            ),
            ObjectList(
                [
                    FieldPanel("office"),
                    FieldPanel("address"),
                    FieldRowPanel([FieldPanel("email"), FieldPanel("phone"), FieldPanel("text_phone")]),
                    FieldPanel("interpreter_url"),
                    FieldPanel("bip_url"),
                    InlinePanel("social_links", heading=_("Social media"), label=_("Profile")),
                ],
                heading=_("Contact"),
            ),
            ObjectList(
                [
                    InlinePanel(
                        "pinned_pages",
                        heading=_("Pages pinned to the menu"),
                        label=_("Page"),
                        help_text=_(
                            "They come first, in this order. Then come the pages under the home page that are"
                            " shown in menus."
                        ),
                    ),
                ],
                heading=_("Menu"),
            ),
            ObjectList(
                [InlinePanel("partners", heading=_("Partners"), label=_("Partner"))], heading=_("Partners")
            ),
            ObjectList([FieldPanel("messages_to"), FieldPanel("keep_days")], heading=_("Messages")),
        ]
    )

    class Meta:
        verbose_name = _("portal")
        verbose_name_plural = _("portals")

    @classmethod
    def of(cls, site: Any) -> PortalSettings:
        """Those of ``site``; unsaved and empty where nobody has set any. Reading a page writes nothing."""
        return cls.objects.filter(site=site).first() or cls(site=site)

    def words_in(self, language: str) -> PortalWords | None:
        """The words in ``language``, or else in the first language that has some."""
        written = sorted(self.words.all(), key=lambda words: words.language != language) if self.pk else []
        return written[0] if written else None

    def clean(self) -> None:
        super().clean()
        errors: dict[str, Any] = {}
        for name in ("primary_colour", "accent_colour"):
            colour = getattr(self, name)
            if colour and not _fails(colour) and not readable_on_light(colour):
                errors[name] = _("This colour is too light to be read on a light page. Choose a darker one.")
        if (self.phone or self.text_phone) and not self.email:
            errors["email"] = _("Add an e-mail address: not everybody can use a telephone.")
        if errors:
            raise ValidationError(errors)


def _fails(colour: str) -> bool:
    try:
        is_colour(colour)
    except ValidationError:
        return True
    return False


class PortalWords(models.Model):
    """What the portal is called and says of itself, in one language."""

    settings = ParentalKey(PortalSettings, on_delete=models.CASCADE, related_name="words")
    language = models.CharField(_("language"), max_length=10, choices=language_choices)
    name = models.CharField(_("name of the portal"), max_length=80)
    about = RichTextField(
        _("about the portal"),
        blank=True,
        features=LINKED_PROSE,
        help_text=_("A sentence or two at the foot of every page: who runs it, from what money."),
    )
    privacy = RichTextField(
        _("what happens to what people write"),
        blank=True,
        features=["bold", "link", "ol", "ul"],
        help_text=_("Shown under the forms (art. 13 GDPR): who keeps it, what for, how long, whom to ask."),
    )

    panels = [FieldPanel("language"), FieldPanel("name"), FieldPanel("about"), FieldPanel("privacy")]

    class Meta:
        verbose_name = _("words of the portal")
        constraints = [
            models.UniqueConstraint(fields=["settings", "language"], name="mypart_portal_words_once"),
        ]


class PinnedPage(Orderable):
    """A page that stands in the menu wherever it is in the tree. Each language shows its translation."""

    settings = ParentalKey(PortalSettings, on_delete=models.CASCADE, related_name="pinned_pages")
    page = models.ForeignKey(
        swapper.get_model_name("wagtailcore", "Page"),
        verbose_name=_("page"),
        on_delete=models.CASCADE,
        related_name="+",
    )

    panels = [PageChooserPanel("page")]


class Partner(Orderable):
    """Somebody who runs the portal together with others."""

    class Role(models.TextChoices):
        CITY = "city", _("city")
        CENTRE = "centre", _("NGO centre")
        ASSOCIATION = "association", _("association")
        PROGRAMME = "programme", _("programme that gives money")

    settings = ParentalKey(PortalSettings, on_delete=models.CASCADE, related_name="partners")
    role = models.CharField(_("who it is"), max_length=20, choices=Role)
    name = models.CharField(_("name"), max_length=160)
    logo = models.ForeignKey(
        get_image_model_string(),
        verbose_name=_("logo"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    url = models.URLField(_("web site"), blank=True)

    panels = [FieldPanel("role"), FieldPanel("name"), FieldPanel("logo"), FieldPanel("url")]


class SocialLink(Orderable):
    """A profile in social media."""

    settings = ParentalKey(PortalSettings, on_delete=models.CASCADE, related_name="social_links")
    name = models.CharField(_("name"), max_length=60, help_text=_("For example “Facebook”."))
    url = models.URLField(_("address"))

    panels = [FieldPanel("name"), FieldPanel("url")]
