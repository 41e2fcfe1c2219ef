"""The facts of a call as fields of its page. Publishing writes them into the record."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from mypart_wagtail.grants.fields import AreasField, DeadlineField
from mypart_wagtail.grants.terms import Base, Filing, Submitters, TaskKind
from mypart_wagtail.web_addresses import WebAddressField

TASK_KINDS = [
    (TaskKind.WSPIERANIE.value, _("wspieranie: the grant covers part of the costs")),
    (TaskKind.POWIERZENIE.value, _("powierzenie: the grant covers all costs")),
]
BASES = [(Base.TOTAL.value, _("of all costs")), (Base.GRANT.value, _("of the grant"))]
FILINGS = [
    (Filing.ELECTRONIC.value, _("electronic alone")),
    (Filing.PRINTOUT.value, _("electronic, plus a signed printout")),
    (Filing.SIGNED_PDF.value, _("electronic, plus the PDF signed electronically")),
]
SUBMITTERS = [
    (Submitters.SIGNERS.value, _("signers only")),
    (Submitters.ANYONE.value, _("anyone of the organisation, authorisation confirmed later")),
]


def amount(label: Any, **kwargs: Any) -> models.DecimalField:
    """An amount in PLN that a draft may lack."""
    return models.DecimalField(label, max_digits=14, decimal_places=2, null=True, **kwargs)


def percentage(label: Any) -> models.DecimalField:
    return models.DecimalField(label, max_digits=5, decimal_places=2, null=True, blank=True)


class CallFacts(models.Model):
    """The same in every language: what an offer is checked against, and when and where it was announced."""

    authority = models.ForeignKey(
        "mypart_organisations.Authority",
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("authority"),
    )
    code = models.CharField(
        _("code"), max_length=40, null=True, help_text=_("Begins the number of every offer: MYS/2026/3.")
    )
    kind = models.CharField(_("kind of commission"), max_length=20, choices=TASK_KINDS, null=True)
    areas = AreasField(_("areas of public tasks"), default=list, help_text=_("Art. 4 ust. 1 of the act."))
    pool = amount(_("pool"), help_text=_("All the money of this call, in PLN."))
    grant_min = amount(_("least grant"), blank=True)
    grant_max = amount(_("greatest grant"), blank=True)
    own_contribution_min = percentage(_("least own contribution, %"))
    own_contribution_base = models.CharField(_("counted from"), max_length=10, choices=BASES, default="total")
    financial_contribution_min = percentage(_("least financial contribution, %"))
    financial_contribution_base = models.CharField(
        _("counted from"), max_length=10, choices=BASES, default="total"
    )
    admin_costs_max = percentage(_("greatest administrative costs, %"))
    admin_costs_base = models.CharField(_("counted from"), max_length=10, choices=BASES, default="total")
    fees_allowed = models.BooleanField(_("fees from recipients allowed"), default=True)
    intake_from = models.DateTimeField(_("intake from"), null=True)
    intake_until = DeadlineField(
        _("intake until"), null=True, help_text=_("23:59 or 24:00 means until the end of the day.")
    )
    task_from = models.DateField(_("tasks begin no earlier than"), null=True)
    task_until = models.DateField(_("tasks end no later than"), null=True)
    decision_date = models.DateField(_("expected decision"), null=True)
    offers_per_organisation = models.PositiveSmallIntegerField(
        _("offers per organisation"), null=True, blank=True, help_text=_("Empty: as many as it likes.")
    )
    results_table_waived = models.BooleanField(
        _("table of results (III.6) waived"),
        default=False,
        help_text=_("Footnote 3 of the form: only where the kind of task makes it impossible."),
    )
    filing = models.CharField(_("form of filing"), max_length=30, choices=FILINGS, default="electronic")
    filing_place = models.CharField(_("where to file the paper or the PDF"), max_length=250, blank=True)
    filing_until = DeadlineField(_("until when"), null=True, blank=True)
    submitters = models.CharField(_("who may submit"), max_length=10, choices=SUBMITTERS, default="signers")
    confirmation_days = models.PositiveSmallIntegerField(
        _("days to confirm the authorisation"), null=True, blank=True
    )
    staff_open_before_deadline = models.BooleanField(
        _("staff may open offers before the deadline"), default=False
    )
    ordinance = models.CharField(_("number of the ordinance"), max_length=120, null=True, blank=True)
    published_in_bip_on = models.DateField(_("published in BIP on"), null=True)
    bip_address = WebAddressField(_("address in BIP"), null=True)
    published_on_board_on = models.DateField(_("published on the notice board on"), null=True)
    published_on_site_on = models.DateField(_("published on the web site on"), null=True)
    short_notice_reason = models.TextField(
        _("reason for less than 21 days"),
        null=True,
        blank=True,
        help_text=_("Art. 13 ust. 1 wants 21 days. Only with a reason, which is kept in the log."),
    )

    class Meta:
        abstract = True
