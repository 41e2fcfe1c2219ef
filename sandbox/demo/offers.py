"""Offers in every state, each brought there by the services that people use."""

from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils import timezone

from mypart_wagtail.generator.deeds import SetField
from mypart_wagtail.generator.models import FormDocument
from mypart_wagtail.grants.kind import ApplicationKind, digest
from mypart_wagtail.grants.models import Application, Call
from mypart_wagtail.grants.services.applications import (
    start_application,
    start_correction,
    submit_application,
    withdraw_application,
)
from mypart_wagtail.grants.statutory.questions import field_key
from mypart_wagtail.grants.terms import QuestionKind
from mypart_wagtail.organisations.models import Organisation
from sandbox.demo import filling
from sandbox.demo.calls import option_id, question_id
from sandbox.demo.content import read
from sandbox.demo.large_offer import YEARS, large_actions, large_admin_costs
from sandbox.demo.made import is_first_time
from sandbox.demo.organisations import descriptions, president_email

DECLARATIONS = {"paid": "no", "taxes": "none", "insurance": "none"}
SUBMITTED = ("submitted", "correcting", "withdrawn")


def make_offers(
    people: dict[str, Any], organisations: dict[str, Organisation], calls: dict[str, Call]
) -> None:
    """An offer for each that ``data/offers.toml`` tells of, unless its author has one in that call."""
    known_of = descriptions()
    for about in read("offers")["offers"]:
        organisation, author = organisations.get(about["organisation"]), _author(about, people)
        if organisation is not None and author is not None:
            _make_once(author, calls[about["call"]], organisation, about, known_of[about["organisation"]])


def _author(about: dict[str, Any], people: dict[str, Any]) -> Any:
    """Who begins the offer; None if the account was deleted."""
    if about["by"] == "president":
        email = president_email(about["organisation"])
        return get_user_model().objects.filter(username=email).first()
    return people[about["by"]]


@transaction.atomic
def _make_once(
    author: Any, call: Call, organisation: Organisation, about: dict[str, Any], known: dict[str, Any]
) -> None:
    """Make the offer, unless the demo has made it before, whatever people did with it since."""
    begun = Application.objects.filter(call=call, organisation=organisation, document__created_by=author)
    is_new = is_first_time("offer", f"{about['call']}/{about['organisation']}/{about['by']}")
    if is_new and not begun.exists():
        _make_offer(author, call, organisation, about, known)


def _make_offer(
    author: Any, call: Call, organisation: Organisation, about: dict[str, Any], known: dict[str, Any]
) -> None:
    """Start an offer and bring it into its state. ``known`` is what its author knows of the organisation."""
    at = _moment(call, about)
    application = start_application(author, call=call, organisation=organisation, at=at - timedelta(hours=20))
    _fill_in(author, application, about, known)
    if about["state"] in SUBMITTED:
        _submit(author, application, at)
    if about["state"] == "correcting":
        start_correction(author, application=application, at=timezone.now())
        correction = SetField("title", about["corrected_title"], about["answers"]["title"])
        filling.fill_in(author, application.document, iter([correction]))
    if about["state"] == "withdrawn":
        withdraw_application(author, application=application, at=at + timedelta(hours=5))


def _moment(call: Call, about: dict[str, Any]) -> datetime:
    """When the offer was submitted or left: so many days before now, or before a deadline that has passed."""
    last = min(timezone.now(), call.deadline)
    return last + timedelta(days=about.get("days", 0)) - timedelta(minutes=37)


def _submit(author: Any, application: Application, at: datetime) -> None:
    fresh = Application.objects.with_parts().get(pk=application.pk)
    seen = digest(fresh, ApplicationKind().form(fresh.document))
    submit_application(author, application=application, at=at, seen=seen, now=at)


def _fill_in(
    author: Any, application: Application, about: dict[str, Any], organisation: dict[str, Any]
) -> None:
    """Fill in what ``about`` gives; an offer that is not a mere draft is filled in to the end."""
    document = application.document
    years = YEARS if about.get("large") else 1
    first_year = application.call.terms.task_from.year
    if about.get("large"):
        about = about | {
            "actions": large_actions(first_year),
            "admin_costs": large_admin_costs(first_year),
        }
    filling.fill_in(author, document, filling.typed(about["answers"]))
    filling.fill_in(author, document, filling.actions(about.get("actions", []), years))
    if about["state"] != "draft":
        _complete(author, application, about, organisation, years)


def _complete(
    author: Any, application: Application, about: dict[str, Any], organisation: dict[str, Any], years: int
) -> None:
    document: FormDocument = application.document
    answers = {
        "contact_person": f"{author.get_full_name()}, tel. 32 555 01 00, {author.email}",
        "experience": organisation["experience"],
        "resources": organisation["resources"],
        "register": "krs" if organisation["register_kind"] == "krs" else "other",
        **DECLARATIONS,
        **_questions(application, about.get("questions", {})),
    }
    filling.fill_in(author, document, filling.results(about["results"]))
    filling.fill_in(author, document, filling.typed(answers))
    form = filling.fill_in(author, document, filling.admin_costs(about.get("admin_costs", []), years))
    filling.fill_in(author, document, filling.sources(form, about["grant_percent"]))


def _questions(application: Application, answers: dict[str, str]) -> dict[str, str]:
    """Answers to the call's own questions, by the keys of their fields."""
    code = application.call.code
    by_id = {question_id(code, key): text for key, text in answers.items()}
    return {
        field_key(question): _answer(code, question.kind, by_id[question.id])
        for question in application.call.terms.questions
    }


def _answer(code: str, kind: QuestionKind, text: str) -> str:
    return option_id(code, text) if kind is QuestionKind.CHOICE else text
