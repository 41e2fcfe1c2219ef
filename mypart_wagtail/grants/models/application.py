import uuid
from datetime import datetime, time, timedelta
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Case, Exists, OuterRef, Q, Subquery, When
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mypart_wagtail.generator.models import FormDocument, Snapshot
from mypart_wagtail.grants.models.call import Call, arrival_bound, end_of_intake
from mypart_wagtail.grants.terms import MOST_CONFIRMATION_DAYS, CallTerms, Filing
from mypart_wagtail.moments import format_deadline
from mypart_wagtail.organisations.models import JoinRequest, JoinStatus, Membership
from mypart_wagtail.organisations.permissions import standing


class ApplicationQuerySet(models.QuerySet["Application"]):
    """Applications as each kind of reader may see them."""

    def with_parts(self) -> "ApplicationQuerySet":
        """Joined with everything lists and pages name, so that they ask no more."""
        return self.select_related(
            "call", "call__authority", "call__current_version", "call_version", "organisation", "document"
        )

    def without_answers(self) -> "ApplicationQuerySet":
        """With the documents but not what is written in them, so that many fit into memory."""
        return self.select_related("document").defer("document__data")

    def locked(self, pk: int) -> "Application":
        """The newest state of one and of its document, which owns the chain, until the transaction ends."""
        return self.with_parts().select_for_update(of=("self", "document")).get(pk=pk)

    def in_force(self) -> "ApplicationQuerySet":
        """Submitted and neither withdrawn nor replaced, also while a correction is being written."""
        return self.filter(
            document__status__in=(FormDocument.Status.SUBMITTED, FormDocument.Status.CORRECTING)
        )

    def for_person(self, user: Any) -> "ApplicationQuerySet":
        """Applications ``user`` may open: all of the organisations one belongs to, and one's own."""
        asked = JoinRequest.objects.filter(user=user, status=JoinStatus.PENDING)
        member = Membership.objects.filter(user=user)
        return self.filter(
            Q(organisation__in=member.values("organisation"))
            | Q(organisation__in=asked.values("organisation"), document__created_by=user)
        )

    def taking_a_place(self) -> "ApplicationQuerySet":
        """Those in force that count towards the call's limit of offers per organisation.

        What a stranger to the organisation has submitted counts once a signer has confirmed it.
        """
        members = Membership.objects.filter(
            organisation=OuterRef("organisation"), user=OuterRef("document__created_by")
        )
        unconfirmed = Q(authorisation=Application.Authorisation.TO_BE_CONFIRMED)
        return self.in_force().exclude(unconfirmed & ~Exists(members))

    def with_end(self) -> "ApplicationQuerySet":
        """Annotated with ``ends_at``, the deadline of the call."""
        return self.annotate(ends_at=end_of_intake("call__"))

    def by_urgency(self, at: datetime) -> "ApplicationQuerySet":
        """What can still be submitted first, the nearest deadline on top; then what was changed last."""
        can_be_submitted = Q(
            document__status__in=(FormDocument.Status.DRAFT, FormDocument.Status.CORRECTING),
            call__cancelled_at=None,
            ends_at__gt=at,
        )
        due = Case(When(can_be_submitted, then="ends_at"))
        return self.with_end().order_by(due.asc(nulls_last=True), "-document__changed_at", "-pk")

    def readable_at(self, at: datetime) -> "ApplicationQuerySet":
        """What staff may read at ``at``; see ``permissions.may_read_submitted``."""
        opened_early = Q(
            call__current_version__facts__staff_open_before_deadline=True,
            call_version__facts__staff_open_before_deadline=True,
        ) & ~Q(call__in=Call.objects.settling_at(at))
        return self.with_end().filter(Q(ends_at__lte=at - arrival_bound()) | opened_early)

    def sealed_at(self, at: datetime) -> "ApplicationQuerySet":
        """What nobody but the applicants may read yet."""
        return self.exclude(pk__in=self.readable_at(at).values("pk"))

    def with_checksum(self) -> "ApplicationQuerySet":
        """Annotated with ``newest_sha256``, the checksum of the version last submitted."""
        newest = Snapshot.objects.filter(document=OuterRef("document")).order_by("-number")
        return self.annotate(newest_sha256=Subquery(newest.values("sha256")[:1]))

    def untouched_by(self, user: Any) -> "ApplicationQuerySet":
        """Drafts that ``user`` began and in which nobody has written anything yet."""
        return self.filter(
            document__created_by=user,
            document__status=FormDocument.Status.DRAFT,
            document__data={},
            document__changes=None,
        )

    def of_site(self, site: Any) -> "ApplicationQuerySet":
        return self.filter(call__site=site)


class Application(models.Model):
    """An organisation's offer in a call: whose it is, its number, and the sums lists need.

    What is written in it lies in its ``document``. The number, the sums and ``call_version``, whose terms it
    was checked against, are those of the version in force; nothing here comes from a draft.
    """

    class Authorisation(models.TextChoices):
        """By what right it was submitted."""

        SIGNER = "signer", _("Submitted by a signer")
        TO_BE_CONFIRMED = "to_be_confirmed", _("Authorisation to be confirmed")
        CONFIRMED = "confirmed", _("Authorisation confirmed")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    call = models.ForeignKey(
        "mypart_grants.Call", on_delete=models.PROTECT, related_name="applications", verbose_name=_("call")
    )
    organisation = models.ForeignKey(
        "mypart_organisations.Organisation",
        on_delete=models.PROTECT,
        related_name="applications",
        verbose_name=_("organisation"),
    )
    document = models.OneToOneField(FormDocument, on_delete=models.PROTECT, related_name="application")
    sequence = models.PositiveIntegerField(null=True, editable=False)
    number = models.CharField(_("number"), max_length=60, blank=True)
    call_version = models.ForeignKey(
        "mypart_grants.CallVersion", null=True, editable=False, on_delete=models.PROTECT, related_name="+"
    )
    authorisation = models.CharField(
        _("authorisation"), max_length=20, choices=Authorisation.choices, blank=True
    )
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    confirmed_at = models.DateTimeField(null=True, blank=True)
    title = models.CharField(_("title"), max_length=250, blank=True)
    total_cost = models.DecimalField(_("total cost"), max_digits=14, decimal_places=2, null=True)
    grant_requested = models.DecimalField(_("grant requested"), max_digits=14, decimal_places=2, null=True)
    submitted_at = models.DateTimeField(_("submitted"), null=True)

    objects = ApplicationQuerySet.as_manager()

    class Meta:
        verbose_name = _("application")
        verbose_name_plural = _("applications")
        ordering = ["call", "sequence"]
        constraints = [
            models.UniqueConstraint(fields=["call", "sequence"], name="mypart_application_sequence"),
        ]

    def __str__(self) -> str:
        return self.number or str(self.document)

    @property
    def snapshot(self) -> Snapshot | None:
        """The version last submitted, or None."""
        return self.document.snapshots.order_by("-number").first()

    @property
    def can_be_submitted(self) -> bool:
        return self.document.is_open

    @property
    def is_by_outsider(self) -> bool:
        """Whether it was begun by somebody whose request to join the organisation is unanswered."""
        author = self.document.created_by
        return author is not None and standing(author, self.organisation_id).has_asked

    @property
    def terms(self) -> CallTerms:
        """The terms under which it was submitted; of what never was, those in force."""
        return self.call_version.terms if self.call_version else self.call.terms

    @property
    def has_room(self) -> bool:
        """Whether the call's limit lets the organisation have this offer beside its others.

        One that has its place keeps it, also where the limit was lowered since.
        """
        limit = self.call.terms.offers_per_organisation
        taken = Application.objects.taking_a_place().filter(call=self.call, organisation=self.organisation)
        return not limit or taken.filter(pk=self.pk).exists() or taken.count() < limit

    def is_late(self, at: datetime) -> bool:
        """Whether ``at`` is past the deadline, so that nothing can be submitted any more."""
        return at >= self.call.deadline

    @property
    def confirm_until(self) -> datetime:
        """Until when a signer may confirm it: the end of the last of the days its terms give for that.

        To be asked of what was submitted only.
        """
        days = min(self.terms.confirmation_days or 0, MOST_CONFIRMATION_DAYS)
        end = timezone.localdate(self.submitted_at) + timedelta(days=days + 1)
        return timezone.make_aware(datetime.combine(end, time.min))

    def is_confirming_over(self, at: datetime) -> bool:
        """Whether it waits for a confirmation that can be given no more."""
        is_waiting = self.authorisation == self.Authorisation.TO_BE_CONFIRMED
        return is_waiting and at >= self.confirm_until

    @property
    def remaining_steps(self) -> list[Any]:
        """What remains to be done after the submission, in words."""
        terms = self.terms
        steps = []
        if self.authorisation == self.Authorisation.TO_BE_CONFIRMED:
            until = format_deadline(self.confirm_until)
            steps.append(_("A signer must confirm this offer: %(until)s.") % {"until": until})
        if terms.filing is not Filing.ELECTRONIC:
            wording = {
                Filing.PRINTOUT: _("Print the PDF, sign it and file it: %(place)s, %(until)s."),
                Filing.SIGNED_PDF: _("Sign the PDF electronically and file it: %(place)s, %(until)s."),
            }[terms.filing]
            until = format_deadline(terms.filing_until) if terms.filing_until else ""
            steps.append(wording % {"place": terms.filing_place, "until": until})
        return steps
