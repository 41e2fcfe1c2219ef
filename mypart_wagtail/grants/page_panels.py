"""What an editor of a call fills in, in the order of an announcement."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel, MultiFieldPanel
from wagtail.models import Page

from mypart_wagtail.grants.panels import FactsPanel, NotAnnouncedPanel
from mypart_wagtail.grants.widgets import DeadlineInput, TypedDateInput, TypedDateTimeInput


def day(name: str) -> FieldPanel:
    return FieldPanel(name, widget=TypedDateInput)


def moment(name: str) -> FieldPanel:
    return FieldPanel(name, widget=TypedDateTimeInput)


def deadline(name: str) -> FieldPanel:
    return FieldPanel(name, widget=DeadlineInput)


CALL_PANELS = [
    NotAnnouncedPanel(heading=_("Not announced")),
    *Page.content_panels,
    FieldPanel("lead"),
    FactsPanel(heading=_("Facts of the call")),
    MultiFieldPanel(
        [
            FieldRowPanel([FieldPanel("authority"), FieldPanel("code")]),
            FieldPanel("areas"),
            FieldPanel("kind"),
        ],
        heading=_("Task"),
    ),
    MultiFieldPanel(
        [
            FieldPanel("pool"),
            FieldRowPanel([FieldPanel("grant_min"), FieldPanel("grant_max")]),
            FieldRowPanel([FieldPanel("own_contribution_min"), FieldPanel("own_contribution_base")]),
            FieldRowPanel(
                [FieldPanel("financial_contribution_min"), FieldPanel("financial_contribution_base")]
            ),
            FieldRowPanel([FieldPanel("admin_costs_max"), FieldPanel("admin_costs_base")]),
            FieldPanel("fees_allowed"),
            FieldPanel("grant_rules"),
        ],
        heading=_("Money"),
    ),
    MultiFieldPanel(
        [
            FieldRowPanel([moment("intake_from"), deadline("intake_until")]),
            FieldRowPanel([day("task_from"), day("task_until")]),
            day("decision_date"),
            FieldPanel("conditions"),
            FieldPanel("criteria"),
            FieldPanel("previous_tasks"),
        ],
        heading=_("Dates and conditions"),
    ),
    MultiFieldPanel(
        [
            FieldPanel("submitters"),
            FieldPanel("confirmation_days"),
            FieldPanel("offers_per_organisation"),
            FieldPanel("filing"),
            FieldRowPanel([FieldPanel("filing_place"), deadline("filing_until")]),
            FieldPanel("results_table_waived"),
            FieldPanel("staff_open_before_deadline"),
        ],
        heading=_("Filing"),
    ),
    MultiFieldPanel(
        [
            HelpPanel(content=_("The 21 days are counted from the last of the three publications.")),
            FieldPanel("legal_basis"),
            FieldPanel("ordinance"),
            FieldRowPanel([day("published_in_bip_on"), FieldPanel("bip_address")]),
            FieldRowPanel([day("published_on_board_on"), day("published_on_site_on")]),
            FieldPanel("short_notice_reason", permission="mypart_grants.change_call"),
            FieldPanel("contact"),
        ],
        heading=_("Announcement"),
    ),
    FieldPanel("body"),
    FieldPanel("questions"),
]
