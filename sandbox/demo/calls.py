"""Calls of the demo, published as an editor would, in Polish and English."""

import json
from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.db import transaction
from wagtail.models import Locale

from mypart_wagtail.grants.models import Call, CallIndexPage, CallPage
from mypart_wagtail.organisations.models import Authority
from sandbox.demo.content import code_uuid, day, moment, read
from sandbox.demo.translating import translate

NOTICE = 23
"""Days before its end on which a call must be published, or say why not."""

SHORT_NOTICE = "Ogłoszenie pokazowe: pokaz uruchomiono, gdy nabór już trwał."
DECIMALS = (
    "pool",
    "grant_min",
    "grant_max",
    "own_contribution_min",
    "financial_contribution_min",
    "admin_costs_max",
)
CENTS = Decimal("0.01")


def make_calls(index: CallIndexPage, authority: Authority, actor: Any, english: Locale) -> dict[str, Call]:
    """The calls by their codes."""
    content = read("calls")
    for about in content["calls"]:
        words = {language: content["common"][language] | about[language] for language in ("pl", "en")}
        page = _make_call(index, authority, actor, about, words["pl"])
        if page is not None:
            _translate(page, about, words, english, actor)
    codes = [about["code"] for about in content["calls"]]
    return {call.code: call for call in Call.objects.with_parts().filter(code__in=codes)}


@transaction.atomic
def _make_call(
    index: CallIndexPage, authority: Authority, actor: Any, about: dict[str, Any], words: dict[str, str]
) -> CallPage | None:
    """Publish a call; None where its code is known already."""
    if Call.objects.filter(code=about["code"]).exists():
        return None
    page = CallPage(
        **_typed(about["facts"]),
        **_dates(about),
        **words,
        authority=authority,
        code=about["code"],
        live=False,
        ordinance=f"{about['code'].removeprefix('MYS/')}/{day(about['opens']).year}",
        bip_address=f"https://bip.example.org/konkursy/{words['slug']}",
        questions=json.dumps([_question(about["code"], each) for each in about.get("questions", [])]),
    )
    index.add_child(instance=page)
    page.save_revision(user=actor).publish(user=actor)
    if "changed" in about:
        _change(page, about, actor)
    return CallPage.objects.get(pk=page.pk)


def _typed(facts: dict[str, Any]) -> dict[str, Any]:
    """``facts`` with money and percentages as the database keeps them; in TOML they are strings."""
    decimals = {name: Decimal(facts[name]).quantize(CENTS) for name in DECIMALS if name in facts}
    return facts | decimals


def _dates(about: dict[str, Any]) -> dict[str, Any]:
    opens, closes = about["opens"], about["closes"]
    published = min(opens - 1, 0)
    dates = {
        "intake_from": moment(opens),
        "intake_until": moment(closes, about.get("at", "24:00")),
        "decision_date": day(closes + 30),
        "published_in_bip_on": day(published),
        "published_on_board_on": day(published),
        "published_on_site_on": day(published),
        "first_published_at": moment(published) if published < 0 else None,
    }
    if closes < NOTICE:
        dates["short_notice_reason"] = SHORT_NOTICE
    if "filing_days" in about:
        dates["filing_until"] = moment(about["filing_days"], about["at"])
    return dates


def _change(page: CallPage, about: dict[str, Any], actor: Any) -> None:
    """Publish the page again with more money and more time, as its city did during the intake."""
    changed = about["changed"]
    page = CallPage.objects.get(pk=page.pk)
    page.pool = Decimal(changed["pool"])
    page.intake_until = moment(changed["closes"], about.get("at", "24:00"))
    page.decision_date += timedelta(days=changed["closes"] - about["closes"])
    page.save_revision(user=actor).publish(user=actor)


def _question(code: str, about: dict[str, Any]) -> dict[str, Any]:
    label, hint = about["pl"]
    value = {"label": label, "help": hint, "required": about.get("required", True)}
    if "limit" in about:
        value["limit"] = about["limit"]
    if "options" in about:
        value["options"] = [
            {"type": "item", "id": option_id(code, polish), "value": polish}
            for polish, _english in about["options"]
        ]
    return {"type": about["kind"], "id": question_id(code, about["key"]), "value": value}


def question_id(code: str, key: str) -> str:
    """The id of the block that asks the question ``key`` of a call."""
    return str(code_uuid(f"question/{code}/{key}"))


def option_id(code: str, polish: str) -> str:
    return str(code_uuid(f"option/{code}/{polish}"))


def _translate(
    page: CallPage, about: dict[str, Any], words: dict[str, dict[str, str]], english: Locale, actor: Any
) -> None:
    questions = about.get("questions", [])
    both = {
        language: [words[language], [each[language] for each in questions], options]
        for language, options in (
            ("pl", [pl for each in questions for pl, _en in each.get("options", [])]),
            ("en", [en for each in questions for _pl, en in each.get("options", [])]),
        )
    }
    translate(page, both["pl"], both["en"], locale=english, actor=actor)
