"""What the form engine asks about applications."""

from __future__ import annotations

import hashlib
from typing import Any

import rfc8785
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from mypart_wagtail.generator.fields import Words
from mypart_wagtail.generator.filled import FilledForm
from mypart_wagtail.generator.kinds import Access, DocumentKind, Known
from mypart_wagtail.generator.models import FormDocument
from mypart_wagtail.generator.registry import form_template, template_of
from mypart_wagtail.generator.structure import FormTemplate, Section
from mypart_wagtail.grants.content import as_told_to, offer_content
from mypart_wagtail.grants.models import Application, Call
from mypart_wagtail.grants.offer_template import offer_template_of
from mypart_wagtail.grants.permissions import may_edit
from mypart_wagtail.grants.statutory.questions import with_questions
from mypart_wagtail.grants.terms import CallTerms
from mypart_wagtail.languages import current_language
from mypart_wagtail.moments import format_deadline, format_exact_moment, format_time_left
from mypart_wagtail.organisations.permissions import standing
from mypart_wagtail.people import name_of


class ApplicationKind(DocumentKind):
    """Offers in calls: the statutory form with the call's own questions, under the call's terms."""

    name = "application"

    def documents(self) -> QuerySet[FormDocument]:
        return FormDocument.objects.select_related("application__call__current_version")

    def access(self, user: Any, document: FormDocument) -> Access:
        # Whoever may open an application may fill it in, so there is one question, not two.
        return Access.EDIT if may_edit(user, document.application) else Access.NONE

    def template(self, document: FormDocument) -> FormTemplate:
        return offer_template(template_of(document), self.terms(document))

    def terms(self, document: FormDocument) -> CallTerms:
        return document.application.call.terms

    def site_id(self, document: FormDocument) -> int:
        return document.application.call.site_id

    def form_from(self, content: dict[str, Any]) -> FilledForm:
        """The form in the language of its law, whoever reads it."""
        terms = CallTerms.from_facts(content["call"]["facts"])
        template = form_template(content["template"]["id"], content["template"]["revision"])
        return FilledForm(with_questions(template, terms, template.language), content["data"], terms)

    def erased(self, document: FormDocument) -> None:
        Application.objects.filter(document=document).update(title="")

    def known(self, user: Any, document: FormDocument, section: Section) -> Known | None:
        """Above the contact person: the call's facts and the card, as they are frozen at submission."""
        form = self.form(document)
        template = offer_template_of(form)
        if section.key != template.known_section:
            return None
        application = document.application
        with translation.override(template.language):
            content = as_told_to(user, application, offer_content(application, form))
            blocks = list(template.known(content))
        hint = _("These facts come from the call and from the organisation's card.")
        where = standing(user, application.organisation)
        if not where.is_member:  # Whoever waits for an answer is told no names.
            return Known(blocks, hint)
        if not where.is_administrator:
            return Known(blocks, f"{hint} {_ask_an_administrator(application.organisation)}")
        change = reverse("mypart_organisations:change", args=[application.organisation.uuid])
        return Known(blocks, hint, url=change, link=_("Change the card"))

    def heading(self, document: FormDocument) -> Words:
        return document.application.call.title

    def public_name(self, document: FormDocument) -> Words:
        number = document.application.number
        return _("Offer %(number)s") % {"number": number} if number else ""

    def notices(self, document: FormDocument) -> list[Words]:
        application = document.application
        left = _time_left(application.call)
        if document.status == FormDocument.Status.DRAFT:
            return [_("This offer is not submitted. %(left)s") % {"left": left}]
        if document.status == FormDocument.Status.CORRECTING and application.submitted_at:
            correction = _("This correction is not submitted. The version submitted on %(when)s counts.")
            return [f"{correction % {'when': format_exact_moment(application.submitted_at)}} {left}"]
        return []

    def submission_url(self, document: FormDocument) -> str:
        return reverse("mypart_grants:submit", args=[document.application.uuid])

    def home_url(self, document: FormDocument) -> str:
        return reverse("mypart_grants:applications")


def _ask_an_administrator(organisation: Any) -> str:
    names = ", ".join(map(name_of, organisation.administrators()))
    return _("If something is wrong, ask an administrator of the card: %(names)s.") % {"names": names or "–"}


def _time_left(call: Call) -> str:
    now = timezone.now()
    return call.why_not_open(now) or _("Offers are taken until: %(deadline)s (%(left)s).") % {
        "deadline": format_deadline(call.deadline),
        "left": format_time_left(call.deadline, now),
    }


def offer_template(template: FormTemplate, terms: CallTerms) -> FormTemplate:
    """The statutory form with the questions of a call, in the language of the moment."""
    return with_questions(template, terms, current_language())


SEEN_PARTS = ("data", "organisation", "call")
"""Parts of ``offer_content`` that whoever submits must have looked at: answers, card, terms of the call."""


def digest(application: Application, form: FilledForm) -> str:
    """A short name for what would be frozen now, to tell whether it changed since someone saw it."""
    return digest_of(offer_content(application, form))


def digest_of(content: dict[str, Any]) -> str:
    """The same for what ``offer_content`` gave, as hashes of its ``SEEN_PARTS``."""
    parts = (rfc8785.dumps(content[name]) for name in SEEN_PARTS)
    return ".".join(hashlib.sha256(part).hexdigest()[:16] for part in parts)


def changed_part(seen: str, now: str) -> str:
    """The first of ``SEEN_PARTS`` in which two digests differ; the answers where ``seen`` is none."""
    each = zip(SEEN_PARTS, seen.split("."), now.split("."), strict=False)
    return next((name for name, old, new in each if old != new), SEEN_PARTS[0])
