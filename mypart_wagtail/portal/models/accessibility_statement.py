"""The accessibility statement of a public body, read by people and by machines.

Sections, sentences and ``a11y-*`` ids are those of the official conditions for statements under art. 10 of
the act of 4 April 2019 on the digital accessibility of web sites and mobile applications of public bodies
(Dz.U. 2019 poz. 848, as amended), as known on 2026-11-25.
"""

from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.fields import RichTextField
from wagtail.models import Page

from mypart_wagtail.drafts import CompleteWhenPublished
from mypart_wagtail.portal.accessibility_statement_form import AccessibilityStatementForm
from mypart_wagtail.portal.accessibility_statement_panels import STATEMENT_PANELS

PROSE = ["bold", "ol", "ul", "link"]


class Status(models.TextChoices):
    COMPLIANT = "compliant", _("compliant")
    PARTIALLY = "partially", _("partially compliant")
    NOT_COMPLIANT = "not_compliant", _("not compliant")


class Assessment(models.TextChoices):
    OWN = "own", _("a self-assessment by the public body")
    EXTERNAL = "external", _("an assessment by another body")


class AccessibilityStatementMixin(CompleteWhenPublished):
    """What a statement says. A draft may lack anything; publishing wants all that is not ``blank``."""

    entity = models.CharField(_("public body"), max_length=250, null=True)
    site_address = models.URLField(_("address of the web site"), null=True)
    site_published_on = models.DateField(_("web site published on"), null=True)
    site_updated_on = models.DateField(
        _("last significant update on"),
        null=True,
        help_text=_("A new look, new functions or a new way of publishing; not each new page."),
    )
    status = models.CharField(_("status"), max_length=20, choices=Status, null=True)
    failures = RichTextField(
        _("what does not meet the requirements"),
        blank=True,
        features=PROSE,
        help_text=_("What it is, why it is so, and how else people can have it."),
    )
    exempt = RichTextField(_("content outside the act"), blank=True, features=PROSE)
    burden = RichTextField(
        _("excessive cost"),
        blank=True,
        features=PROSE,
        help_text=_("What would cost too much to make accessible, with a link to the assessment of that."),
    )
    prepared_on = models.DateField(_("statement prepared on"), null=True)
    reviewed_on = models.DateField(
        _("last reviewed on"), null=True, blank=True, help_text=_("Every year by 31 March.")
    )
    assessment = models.CharField(_("prepared from"), max_length=20, choices=Assessment, null=True)
    assessor = models.CharField(_("name of the other body"), max_length=250, blank=True)
    assessment_address = models.URLField(_("address of the report"), blank=True)
    shortcuts = RichTextField(
        _("keyboard shortcuts"),
        blank=True,
        features=PROSE,
        help_text=_("Empty if the site has none of its own."),
    )
    contact = models.CharField(_("contact person or unit"), max_length=250, null=True)
    email = models.EmailField(_("e-mail"), null=True)
    phone = models.CharField(_("phone"), max_length=40, null=True)
    applications = RichTextField(_("mobile applications"), blank=True, features=PROSE)
    building = RichTextField(
        _("accessibility of the building"),
        null=True,
        features=PROSE,
        help_text=_("Way in, stairs and lifts, toilets, parking, assistance dogs."),
    )
    building_address = models.URLField(_("address of a fuller description"), blank=True)
    communication = RichTextField(
        _("accessibility of communication"),
        null=True,
        features=PROSE,
        help_text=_("Sign-language interpreter, induction loop, easy-to-read texts."),
    )
    other = RichTextField(_("other information"), blank=True, features=PROSE)

    base_form_class = AccessibilityStatementForm
    template = "mypart_portal/accessibility_statement_page.html"
    content_panels = STATEMENT_PANELS

    class Meta:
        abstract = True

    @property
    def is_compliant(self) -> bool:
        return self.status == Status.COMPLIANT

    @property
    def is_assessed_by_another(self) -> bool:
        return self.assessment == Assessment.EXTERNAL

    @property
    def last_looked_at(self) -> date | None:
        """When somebody last saw to it that the statement is true."""
        return self.reviewed_on or self.prepared_on

    @property
    def dialled(self) -> str:
        """``phone`` as a telephone dials it."""
        return "".join(sign for sign in self.phone or "" if sign.isdigit() or sign == "+")


class AccessibilityStatementPage(AccessibilityStatementMixin, Page):  # type: ignore[django-manager-missing]
    """An accessibility statement with the official sections, which checks itself when published."""

    subpage_types: list[str] = []

    page_description = _("The official sections, checked when the statement is published.")

    class Meta:
        verbose_name = _("accessibility statement")
