import uuid
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import models
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from mypart_wagtail.web_addresses import WebAddressField


class LegalForm(models.TextChoices):
    """Forms of organisations that may take part in calls (art. 3 ust. 2 and 3 of the act)."""

    ASSOCIATION = "association", _("association (KRS)")
    ORDINARY_ASSOCIATION = "ordinary_association", _("ordinary association")
    UNION = "union", _("union of associations")
    FOUNDATION = "foundation", _("foundation")
    SPORTS_CLUB = "sports_club", _("sports club or pupils' sports club")
    FIRE_BRIGADE = "fire_brigade", _("volunteer fire brigade")
    HOUSEWIVES = "housewives", _("rural housewives' circle")
    SOCIAL_COOPERATIVE = "social_cooperative", _("social cooperative")
    NON_PROFIT_COMPANY = "non_profit_company", _("non-profit company")
    CHURCH = "church", _("church legal person")
    MUNICIPALITIES = "municipalities", _("association of local governments")
    BRANCH = "branch", _("local branch")
    OTHER = "other", _("other")


class RegisterKind(models.TextChoices):
    """Where the organisation is registered."""

    KRS = "krs", _("National Court Register (KRS)")
    MAYOR = "mayor", _("register kept by the mayor or starost")
    HOUSEWIVES = "housewives", _("register of rural housewives' circles")
    CHURCH = "church", _("church register")
    OTHER = "other", _("other register")


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    """Organisations as each kind of reader may see them."""

    def for_user(self, user: Any) -> "OrganisationQuerySet":
        """Organisations ``user`` belongs to or has asked to join, so may fill in offers for."""
        return self.filter(
            Q(memberships__user=user) | Q(join_requests__user=user, join_requests__status=JoinStatus.PENDING)
        ).distinct()


class JoinStatus(models.TextChoices):
    PENDING = "pending", _("waiting")
    ACCEPTED = "accepted", _("accepted")
    REFUSED = "refused", _("refused")


class Organisation(models.Model):
    """The card of an NGO: who it is, where it is registered, who represents it.

    Its facts are frozen into every offer at submission, see ``card.py``.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(_("full name"), max_length=300)
    legal_form = models.CharField(_("legal form"), max_length=30, choices=LegalForm.choices)
    register_kind = models.CharField(_("register"), max_length=20, choices=RegisterKind.choices)
    register_number = models.CharField(_("number in the register"), max_length=60)
    nip = models.CharField("NIP", max_length=10, blank=True)
    branch = models.CharField(
        _("branch"),
        max_length=120,
        blank=True,
        help_text=_("Only for a branch that uses the NIP of its parent organisation."),
    )
    regon = models.CharField("REGON", max_length=14, blank=True)
    street = models.CharField(_("street and number"), max_length=200)
    postal_code = models.CharField(_("postal code"), max_length=6)
    city = models.CharField(_("town"), max_length=100)
    mail_street = models.CharField(_("street and number"), max_length=200, blank=True)
    mail_postal_code = models.CharField(_("postal code"), max_length=6, blank=True)
    mail_city = models.CharField(_("town"), max_length=100, blank=True)
    website = WebAddressField(_("website"), blank=True)
    email = models.EmailField(_("e-mail"))
    phone = models.CharField(_("phone"), max_length=30, blank=True)
    bank_account = models.CharField(_("bank account"), max_length=28, blank=True)
    is_opp = models.BooleanField(_("public benefit organisation (OPP)"), default=False)
    areas = models.JSONField(_("areas of activity"), default=list, blank=True)
    signatures_required = models.PositiveSmallIntegerField(_("how many people must sign together"), default=1)
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(_("last changed"), auto_now=True)

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        ordering = ["name", "branch"]
        constraints = [
            models.UniqueConstraint(
                fields=["nip", "branch"],
                condition=~Q(nip=""),
                name="mypart_organisation_nip_branch",
                violation_error_message=_("An organisation with this NIP and branch already has a card."),
            ),
            models.CheckConstraint(
                condition=Q(signatures_required__gte=1), name="mypart_organisation_signatures"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.branch})" if self.branch else self.name

    def signers(self) -> QuerySet[Any]:
        """People who may submit offers."""
        return self._people(mypart_memberships__is_signer=True)

    def administrators(self) -> QuerySet[Any]:
        """People who manage the card and its members."""
        return self._people(mypart_memberships__is_administrator=True)

    def _people(self, **flag: bool) -> QuerySet[Any]:
        return get_user_model().objects.filter(mypart_memberships__organisation=self, is_active=True, **flag)


class Representative(models.Model):
    """A person who represents the organisation by its register, such as the president of its board."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="representatives")
    name = models.CharField(_("first name and surname"), max_length=150)
    function = models.CharField(_("function"), max_length=100)
    position = models.PositiveSmallIntegerField(default=0, editable=False)

    class Meta:
        verbose_name = _("representative")
        verbose_name_plural = _("representatives")
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return f"{self.name}, {self.function}"


class Membership(models.Model):
    """A person in an organisation. Every member may fill in its offers; the flags give more.

    The two are apart, since whoever keeps the office need not be one who signs.
    """

    organisation = models.ForeignKey(
        Organisation,
        on_delete=models.CASCADE,
        related_name="memberships",
        verbose_name=_("organisation"),
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="mypart_memberships",
        verbose_name=_("person"),
    )
    is_signer = models.BooleanField(_("signer: may submit offers"), default=False)
    is_administrator = models.BooleanField(_("administrator: manages the card and its people"), default=False)
    since = models.DateTimeField(_("member since"), auto_now_add=True)

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        ordering = ["organisation", "user"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "user"], name="mypart_membership_once"),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.organisation}"


class JoinRequestQuerySet(models.QuerySet["JoinRequest"]):
    def refused_only(self, user: Any) -> "JoinRequestQuerySet":
        """The last refusal of each organisation where ``user`` neither belongs nor waits for an answer."""
        of_user = self.filter(user=user)
        elsewhere = Organisation.objects.for_user(user).values("pk")
        last = of_user.values("organisation").annotate(last=models.Max("pk")).values("last")
        refused = of_user.filter(pk__in=last, status=JoinStatus.REFUSED)
        return refused.exclude(organisation__in=elsewhere).select_related("organisation")


class JoinRequest(models.Model):
    """Someone's wish to join an organisation that has a card. Its administrators or staff decide."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    organisation = models.ForeignKey(
        Organisation,
        on_delete=models.CASCADE,
        related_name="join_requests",
        verbose_name=_("organisation"),
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="mypart_join_requests",
        verbose_name=_("person"),
    )
    status = models.CharField(
        _("status"), max_length=10, choices=JoinStatus.choices, default=JoinStatus.PENDING
    )
    message = models.TextField(_("message"), blank=True, max_length=1000)
    is_for_office = models.BooleanField(
        _("for the office to decide"),
        default=False,
        help_text=_("The administrators of the card refused, and the person asked the office."),
    )
    asked_at = models.DateTimeField(_("asked"), auto_now_add=True)
    reminded_at = models.DateTimeField(_("reminded"), null=True, blank=True)
    decided_at = models.DateTimeField(_("answered"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("answered by"),
    )

    objects = JoinRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("request to join")
        verbose_name_plural = _("requests to join")
        ordering = ["asked_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "user"],
                condition=Q(status=JoinStatus.PENDING),
                name="mypart_join_request_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.organisation}"
