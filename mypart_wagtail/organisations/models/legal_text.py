from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core import signing
from django.db import models
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from mypart_wagtail.organisations.models.authority import Authority
from mypart_wagtail.people import name_of

SHOWN = "mypart_wagtail.organisations.legal_text"
LONGEST_SHOWN = timedelta(days=2)
"""How long a page with a legal text may stay open, as long as a form is kept."""


def person_key(email: str) -> str:
    """By what the record of someone whose account is gone can be found again, if they tell their e-mail."""
    return salted_hmac(SHOWN, email.casefold()).hexdigest()


class LegalTextQuerySet(models.QuerySet["LegalText"]):
    def current(self, authority: Authority, language: str) -> list["LegalText"]:
        """The newest version of each kind of text, in ``language`` or else in Polish; one query.

        A version not translated yet is shown in Polish: an older one no longer says what is done.
        """
        return self.filter(authority=authority)._newest(language)

    def of_site(self, site: Any, language: str) -> list["LegalText"]:
        """The same for every authority of ``site``; one query."""
        return self.filter(authority__site=site)._newest(language)

    def next_version(self, authority: Authority, kind: str, language: str) -> int:
        """The number of a new text: the newest version, if this language still lacks it, or the one after."""
        versions = self.filter(authority=authority, kind=kind).order_by("-version")
        newest = versions.first()
        if newest is None:
            return 1
        is_translation = not versions.filter(version=newest.version, language=language).exists()
        return newest.version if is_translation else newest.version + 1

    def _newest(self, language: str) -> list["LegalText"]:
        texts = self.filter(language__in=(language, "pl")).select_related("authority")
        newest: dict[tuple[int, str], LegalText] = {}
        for text in sorted(texts, key=lambda text: (text.version, text.language == language)):  # type: ignore[misc]
            newest[text.authority_id, text.kind] = text
        return list(newest.values())

    def shown_by(self, tokens: list[str], site: Any) -> list["LegalText"]:
        """The texts of ``site`` whose tokens a form brought back; forged and old tokens name none."""
        keys = [key for token in tokens if (key := _pk_in(token)) is not None]
        return list(self.filter(pk__in=keys, authority__site=site))


def _pk_in(token: str) -> int | None:
    try:
        return signing.loads(token, salt=SHOWN, max_age=LONGEST_SHOWN)
    except signing.BadSignature:
        return None


class LegalText(models.Model):
    """One version of what an authority tells people whose data it keeps. Published versions never change.

    Legal source: art. 13 of Regulation (EU) 2016/679 (GDPR) for the data-protection clause.
    """

    class Kind(models.TextChoices):
        CLAUSE = "clause", _("data-protection clause")
        TERMS = "terms", _("terms of use")

    authority = models.ForeignKey(
        Authority, on_delete=models.PROTECT, related_name="legal_texts", verbose_name=_("authority")
    )
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    version = models.PositiveIntegerField(_("version"))
    language = models.CharField(_("language"), max_length=10, default="pl")
    title = models.CharField(_("title"), max_length=200)
    body = models.TextField(_("text"), help_text=_("Plain text; an empty line begins a paragraph."))
    published_at = models.DateTimeField(_("published"), auto_now_add=True)

    objects = LegalTextQuerySet.as_manager()

    class Meta:
        verbose_name = _("legal text")
        verbose_name_plural = _("legal texts")
        ordering = ["authority", "kind", "language", "-version"]
        constraints = [
            models.UniqueConstraint(
                fields=["authority", "kind", "language", "version"], name="mypart_legal_text_version"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.version})"

    @property
    def shown_token(self) -> str:
        """For the form it is shown beside: only what the server showed is recorded as shown."""
        return signing.dumps(self.pk, salt=SHOWN)


class LegalTextShown(models.Model):
    """Which version of a legal text was shown to whom, where and when."""

    class Place(models.TextChoices):
        SIGN_UP = "sign_up", _("sign-up")
        CARD = "card", _("organisation's card")
        SUBMISSION = "submission", _("submission")

    text = models.ForeignKey(LegalText, on_delete=models.PROTECT, related_name="shown")
    # Whoever deletes an account was shown the text all the same.
    user = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    person_key = models.CharField(max_length=64, default="", editable=False)
    place = models.CharField(_("place"), max_length=20, choices=Place.choices)
    at = models.DateTimeField(_("time"), auto_now_add=True)

    class Meta:
        verbose_name = _("legal text shown")
        verbose_name_plural = _("legal texts shown")
        ordering = ["-at"]

    def __str__(self) -> str:
        return f"{name_of(self.user)}: {self.text}"
