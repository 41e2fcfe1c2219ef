import uuid
from datetime import datetime, timedelta
from enum import StrEnum
from functools import cached_property
from typing import Any

from django.conf import settings
from django.db import models, transaction
from django.db.models import Case, Count, F, OuterRef, Q, Subquery, When
from django.db.models.functions import Cast, Coalesce, Least
from django.utils.translation import gettext_lazy as _

from mypart_wagtail.conf import mypart_settings
from mypart_wagtail.generator.events import head
from mypart_wagtail.generator.models import Event, FormDocument, Snapshot
from mypart_wagtail.generator.models.snapshot import short_checksum
from mypart_wagtail.grants.terms import CallTerms
from mypart_wagtail.moments import format_moment


class CallStatus(StrEnum):
    """Follows from the dates and the server's clock; only a cancelled call is told so by a deed."""

    UPCOMING = "upcoming"
    OPEN = "open"
    CLOSED = "closed"
    CANCELLED = "cancelled"


CALL_STATUS_NAMES = {
    CallStatus.UPCOMING: _("upcoming"),
    CallStatus.OPEN: _("open"),
    CallStatus.CLOSED: _("closed"),
    CallStatus.CANCELLED: _("cancelled"),
}


def end_of_intake(call: str = "") -> Least:
    """``Call.deadline`` as a query reckons it; ``call`` leads to the call, such as ``"call__"``."""
    announced = f"{call}intake_until"
    return Least(Coalesce(f"{call}ended_early_at", announced), announced)


def closing_of_intake(call: str = "") -> Least:
    """``Call.closing`` as a query reckons it; ``call`` as above."""
    return Least(Coalesce(f"{call}cancelled_at", end_of_intake(call)), end_of_intake(call))


LONGEST_SUBMISSION = timedelta(minutes=10)
"""After this time no transaction of a submission can still be under way."""


def arrival_bound() -> timedelta:
    """How long after its arrival a request may still be on its way."""
    return timedelta(seconds=mypart_settings.ARRIVAL_BOUND)


class CallQuerySet(models.QuerySet["Call"]):
    """Calls by what the clock says of them."""

    def with_parts(self) -> "CallQuerySet":
        return self.select_related("authority", "current_version", "site")

    def announced(self) -> "CallQuerySet":
        return self.exclude(current_version=None)

    def with_end(self) -> "CallQuerySet":
        """Annotated with ``ends_at``, which is ``Call.deadline``."""
        return self.annotate(ends_at=end_of_intake())

    def with_counts(self, at: datetime) -> "CallQuerySet":
        """Annotated with how many ``drafts`` and ``offers`` in force each has; None while it is settled."""
        statuses = {
            "drafts": (FormDocument.Status.DRAFT,),
            "offers": (FormDocument.Status.SUBMITTED, FormDocument.Status.CORRECTING),
        }
        is_settling = Q(pk__in=Call.objects.settling_at(at).values("pk"))
        return self.annotate(
            **{
                name: Case(
                    When(is_settling, then=None),
                    default=Count("applications", filter=Q(applications__document__status__in=wanted)),
                    output_field=models.IntegerField(),
                )
                for name, wanted in statuses.items()
            }
        )

    def settling_at(self, at: datetime) -> "CallQuerySet":
        """Calls for which ``Call.is_settling``."""
        closed = self.alias(closes_at=closing_of_intake())
        return closed.filter(closes_at__lte=at, closes_at__gt=at - arrival_bound())  # type: ignore[misc]

    def open_at(self, at: datetime) -> "CallQuerySet":
        intake = self.announced().with_end().filter(cancelled_at=None, intake_from__lte=at)
        return intake.filter(ends_at__gt=at)  # type: ignore[misc]  # annotated

    def upcoming_at(self, at: datetime) -> "CallQuerySet":
        return self.announced().filter(cancelled_at=None, intake_from__gt=at)

    def closed_at(self, at: datetime) -> "CallQuerySet":
        return self.announced().with_end().filter(Q(ends_at__lte=at) | ~Q(cancelled_at=None))

    def cancelled(self) -> "CallQuerySet":
        return self.announced().exclude(cancelled_at=None)

    def in_status(self, status: CallStatus, at: datetime) -> "CallQuerySet":
        """Calls whose ``status_at`` is ``status``; cancelled ones are not among those that are closed."""
        match status:
            case CallStatus.OPEN:
                return self.open_at(at)
            case CallStatus.UPCOMING:
                return self.upcoming_at(at)
            case CallStatus.CANCELLED:
                return self.cancelled()
        return self.closed_at(at).filter(cancelled_at=None)

    def let_submissions_end(self, at: datetime) -> None:
        """Wait until what was let in before one of these calls was settled is there to be read.

        A submission asks the clock while it holds the row of its call. So whoever has had that row after
        the settling reads what stays: what was let in has ended, and what comes to the row later is refused.
        """
        settled = at - arrival_bound()
        since = settled - LONGEST_SUBMISSION
        ended = Q(ends_at__gt=since, ends_at__lte=settled)
        cancelled = Q(cancelled_at__gt=since, cancelled_at__lte=settled)
        recent = self.with_end().filter(ended | cancelled).order_by("pk")
        if recent.exists():
            with transaction.atomic():
                list(recent.select_for_update(of=("self",)))

    def in_area(self, area: str) -> "CallQuerySet":
        """Those with a point of art. 4, such as ``"17"``, asked of the text: SQLite cannot ask a list."""
        as_text = self.annotate(areas_text=Cast("areas", models.TextField()))
        return as_text.filter(areas_text__contains=f'"{area}"')  # type: ignore[misc]  # annotated

    def as_people_look_for_them(self, at: datetime) -> "CallQuerySet":
        """Open ones first, then upcoming ones, what is over last; in each what is nearest in time first."""
        over = Q(ends_at__lte=at) | ~Q(cancelled_at=None)
        upcoming = Q(intake_from__gt=at)
        turns: dict[str, Any] = {
            "turn": Case(When(over, then=2), When(upcoming, then=1), default=0),
            "ahead": Case(When(over, then=None), When(upcoming, then="intake_from"), default="ends_at"),
        }
        order: list[Any] = ["turn", "ahead", "-ends_at", "pk"]
        return self.with_end().alias(**turns).order_by(*order)


class Call(models.Model):
    """The record of a call for offers (otwarty konkurs ofert, art. 11-18a of the act).

    Offers point at it and never at a page: publishing the page that is its source writes the page's facts
    here, and every published version is kept. The dates and sums that lists need are columns.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    site = models.ForeignKey("wagtailcore.Site", on_delete=models.PROTECT, related_name="mypart_calls")
    authority = models.ForeignKey(
        "mypart_organisations.Authority",
        on_delete=models.PROTECT,
        related_name="calls",
        verbose_name=_("authority"),
    )
    translation_key = models.UUIDField(unique=True, editable=False)
    source_locale = models.CharField(max_length=20, editable=False)
    code = models.CharField(_("code"), max_length=40, unique=True)
    title = models.CharField(_("title"), max_length=255)
    areas = models.JSONField(_("areas"), default=list)
    intake_from = models.DateTimeField(_("intake from"))
    intake_until = models.DateTimeField(_("intake until"))
    pool = models.DecimalField(_("pool"), max_digits=14, decimal_places=2)
    current_version = models.ForeignKey(
        "mypart_grants.CallVersion", null=True, on_delete=models.PROTECT, related_name="+"
    )
    ended_early_at = models.DateTimeField(null=True, blank=True)
    ended_early_reason = models.TextField(blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    cancelled_reason = models.TextField(blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = CallQuerySet.as_manager()

    class Meta:
        verbose_name = _("call")
        verbose_name_plural = _("calls")
        ordering = [F("intake_until").asc(), "pk"]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"

    @cached_property
    def terms(self) -> CallTerms:
        """The terms of the version in force."""
        return self.version_in_force.terms

    @property
    def version_in_force(self) -> "CallVersion":
        """What was published last. Its column is null only while the record is being made."""
        assert self.current_version is not None
        return self.current_version

    @property
    def deadline(self) -> datetime:
        """When the intake ends: nothing that arrives at this moment or later is in."""
        return min(self.ended_early_at or self.intake_until, self.intake_until)

    @property
    def closing(self) -> datetime:
        """From when nothing is taken: the deadline, or the moment of cancelling where that was before."""
        return min(self.cancelled_at or self.deadline, self.deadline)

    @property
    def settled_at(self) -> datetime:
        """From when it stays as it is what was in at the closing: nothing that arrived in time can follow."""
        return self.closing + arrival_bound()

    def is_settled(self, at: datetime) -> bool:
        """Whether everyone may be told at ``at`` what was in at the closing."""
        return at >= self.settled_at

    def is_settling(self, at: datetime) -> bool:
        """Whether at ``at`` nothing may be told of its offers, not even their number: more may follow."""
        return self.closing <= at < self.settled_at

    @property
    def unsealed_at(self) -> datetime:
        """From when staff may read the offers: its settling.

        That of a cancelled call is reckoned from its deadline: nobody cancels a call in order to look.
        """
        return self.deadline + arrival_bound()

    @property
    def changed_at(self) -> datetime:
        """When it last became other than it was: by a new version, or by an act on it."""
        moments = (self.version_in_force.published_at, self.ended_early_at, self.cancelled_at)
        return max(moment for moment in moments if moment)

    @property
    def change_count(self) -> int:
        """How often that was; it only ever grows."""
        return self.version_in_force.number + sum(map(bool, (self.ended_early_at, self.cancelled_at)))

    def status_at(self, at: datetime) -> CallStatus:
        if self.cancelled_at is not None:
            return CallStatus.CANCELLED
        if at < self.intake_from:
            return CallStatus.UPCOMING
        return CallStatus.OPEN if at < self.deadline else CallStatus.CLOSED

    def is_open(self, at: datetime) -> bool:
        """Whether an offer that arrives at ``at`` is in: 15:29:59.999 is, 15:30:00.000 is not."""
        return self.status_at(at) is CallStatus.OPEN

    def why_not_open(self, at: datetime) -> str:
        """In words, why an offer that arrives at ``at`` is not in; ``""`` where it is."""
        match self.status_at(at):
            case CallStatus.CANCELLED:
                return str(_("This call has been cancelled, so nothing can be submitted in it."))
            case CallStatus.UPCOMING:
                opening = format_moment(self.intake_from)
                return _("This call takes offers from %(opening)s.") % {"opening": opening}
            case CallStatus.CLOSED:
                return str(_("The deadline has passed. Everything you wrote is kept."))
        return ""

    def changed_versions(self) -> list["CallVersion"]:
        """Versions that changed something for their readers, the newest first."""
        versions = self.versions.exclude(changes=[]).order_by("-number")
        return [version for version in versions if version.described]

    def closing_list(self) -> list[dict[str, Any]]:
        """Number, time and checksum of every offer in force at the closing, in their order; two queries.

        Shown once the call is settled, with ``closing_head``: no late offer can slip in unseen, and none
        that was in can vanish: one withdrawn later stays in the list and is marked.
        """
        newest = Snapshot.objects.filter(document=OuterRef("document")).order_by("-number")
        submitted = self.applications.without_answers().exclude(sequence=None)
        offers = list(submitted.annotate(sha256=Subquery(newest.values("sha256")[:1])).order_by("sequence"))
        # Asked after the offers, so that one withdrawn this very moment is found as the one or as the other.
        withdrawn_late = self._withdrawn_late()
        return [
            {
                "number": offer.number,
                "submitted_at": offer.submitted_at,
                "checksum": short_checksum(offer.sha256 or ""),
                "is_withdrawn": not offer.document.is_in_force,
            }
            for offer in offers
            if offer.document.is_in_force or str(offer.uuid) in withdrawn_late
        ]

    def _withdrawn_late(self) -> set[str]:
        """The UUIDs of the offers withdrawn since the closing."""
        events = Event.objects.filter(stream=self.uuid, name="offer_withdrawn", at__gte=self.closing)
        return {payload["application"] for payload in events.values_list("payload", flat=True)}

    def closing_head(self) -> str:
        """The hash of the last event from before the closing, which nothing changes once it is settled.

        Last in the chain, where an offer that arrived in time may stand behind what happened meanwhile.
        """
        return head(self.uuid, before=self.closing)


class CallVersion(models.Model):
    """The facts of a call as published once. Offers keep the version they were checked against."""

    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    facts = models.JSONField()
    changes = models.JSONField(default=list)
    short_notice_reason = models.TextField(_("reason for less than 21 days"), blank=True)
    published_at = models.DateTimeField(_("published"))
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        verbose_name = _("version of a call")
        verbose_name_plural = _("versions of a call")
        ordering = ["call", "number"]
        constraints = [
            models.UniqueConstraint(fields=["call", "number"], name="mypart_call_version_number"),
        ]

    def __str__(self) -> str:
        return f"{self.call.code} ({self.number})"

    @cached_property
    def terms(self) -> CallTerms:
        return CallTerms.from_facts(self.facts)

    @cached_property
    def described(self) -> list[Any]:
        """What it changed, in words of the reader's language."""
        from mypart_wagtail.grants.facts_in_words import described

        return described(self.changes)
