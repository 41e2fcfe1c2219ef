"""The facts of a call as people read them, and what changed in them, in the language of the moment."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from html import unescape
from typing import Any

from django.template.defaultfilters import floatformat
from django.utils.html import strip_tags
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import override

from mypart_wagtail.generator.fields import Words
from mypart_wagtail.grants.models.call_facts import BASES, FILINGS, SUBMITTERS, TASK_KINDS
from mypart_wagtail.grants.models.pages import CallPage
from mypart_wagtail.grants.question_blocks import QuestionsBlock
from mypart_wagtail.grants.terms import TaskKind, Wording, greatest_funding
from mypart_wagtail.languages import current_language
from mypart_wagtail.moments import format_date, format_deadline, format_opening
from mypart_wagtail.money import format_pln
from mypart_wagtail.organisations.areas import area_name

SHARES = {"own_contribution": "min", "financial_contribution": "min", "admin_costs": "max"}
"""Facts that are a percentage of something, and whether as the least or the greatest."""


@dataclass(frozen=True)
class Change:
    """A fact before and after; an empty text where there was none or is none any more."""

    name: Words
    before: str
    after: str


def described(changes: list[dict[str, Any]]) -> list[Change]:
    """Changes of a version in words. Empty where only another language got its wording."""
    return [change for each in changes for change in _described(each)]


def facts_in_words(facts: Mapping[str, Any]) -> list[tuple[Words, str]]:
    """Name and text of every fact that is set, questions left out.

    What a share is counted from is no fact where no share is set.
    """
    unset = {f"{name}_base" for name in SHARES if facts.get(f"{name}_{SHARES[name]}") is None}
    left_out = {"questions", "prose", *unset}
    texts = [(name, in_words(name, value)) for name, value in facts.items() if name not in left_out]
    texts += [(each["name"], _prose_in_words(each["text"])) for each in facts.get("prose", [])]
    return [(capfirst(str(fact_name(name))), text) for name, text in texts if text]


def in_words(name: str, value: Any) -> str:
    """A fact as a version holds it, for people."""
    if value in (None, "", []):
        return ""
    return str(WORDS.get(name, str)(value))


def fact_name(name: str) -> Words:
    """What people call a fact."""
    match name:
        case "title":
            return _("title")
        case "documents":
            return _("documents")
        case "own_contribution_base":
            return _("least own contribution is counted from")
        case "financial_contribution_base":
            return _("least financial contribution is counted from")
        case "admin_costs_base":
            return _("greatest administrative costs are counted from")
    return CallPage._meta.get_field(name).verbose_name  # type: ignore[union-attr]


def question_in_words(question: Mapping[str, Any] | None) -> str:
    """A question with everything that an answer depends on."""
    if question is None:
        return ""
    details = [
        str(QuestionsBlock().child_blocks[question["kind"]].label),
        _("must be answered") if question["required"] else _("may be left empty"),
    ]
    if question["limit"]:
        details.append(_("at most %(limit)s characters") % {"limit": question["limit"]})
    if question["options"]:
        details.append(" / ".join(_wording(option["label"]) for option in question["options"]))
    help_text = _wording(question["help"])
    return f"{_wording(question['label'])} ({'; '.join(details)}){' ' if help_text else ''}{help_text}"


def funding_in_words(terms: Any) -> str:
    """How much of the costs a grant may cover: ``up to 90% of the costs (wspieranie)``."""
    if not terms.kind:
        return ""
    share = greatest_funding(terms)
    if terms.kind == TaskKind.POWIERZENIE:
        return _("100% of the costs (powierzenie)")
    if share is None:
        return _("part of the costs (wspieranie)")
    return _("up to %(percent)s of the costs (wspieranie)") % {"percent": _percent(share)}


def share_in_words(terms: Any, name: str) -> str:
    """A required or allowed share with what it is counted from: ``at least 10% of all costs``."""
    value = getattr(terms, name)
    base = getattr(terms, name.rsplit("_", 1)[0] + "_base")
    if value is None:
        return ""
    said = {"percent": _percent(value), "base": in_words("admin_costs_base", base)}
    if name.endswith("_max"):
        return _("at most %(percent)s %(base)s") % said
    return _("at least %(percent)s %(base)s") % said


def _described(change: Mapping[str, Any]) -> Iterator[Change]:
    name, before, after = change["fact"], change["before"], change["after"]
    if name == "questions":
        yield from _questions(before or [], after or [])
    elif name == "prose":
        yield from _prose(before or [], after or [])
    else:
        yield Change(fact_name(name), in_words(name, before), in_words(name, after))


def _questions(before: list[dict[str, Any]], after: list[dict[str, Any]]) -> Iterator[Change]:
    old = {question["id"]: question for question in before}
    new = {question["id"]: question for question in after}
    for key in [*old, *(key for key in new if key not in old)]:
        with override(_language_of(old.get(key) or new[key])):
            texts = question_in_words(old.get(key)), question_in_words(new.get(key))
        if texts[0] != texts[1]:
            yield Change(_("question of this call"), *texts)


def _prose(before: list[dict[str, Any]], after: list[dict[str, Any]]) -> Iterator[Change]:
    old = {each["name"]: each["text"] for each in before}
    for each in after:
        name, said = each["name"], old.get(each["name"], {})
        language = current_language() if current_language() in said else next(iter(said), current_language())
        texts = _plain(said.get(language, "")), _plain(each["text"].get(language, ""))
        if texts[0] != texts[1]:
            yield Change(fact_name(name), *texts)


def _prose_in_words(by_language: Mapping[str, str]) -> str:
    return _plain(_wording(by_language))


def _plain(text: str) -> str:
    """Prose without its markup; paragraphs and points stay lines of their own."""
    lines = unescape(strip_tags(re.sub(r"</(p|li|h\d)>|<br/?>", "\n", text))).splitlines()
    return "\n".join(filter(None, map(str.strip, lines)))


def _language_of(question: Mapping[str, Any]) -> str:
    """The reader's language if the question had words in it; else one that it had.

    A translation that is added later is then no change.
    """
    language = current_language()
    return language if language in question["label"] else next(iter(question["label"]), language)


def _wording(by_language: Mapping[str, str]) -> str:
    return Wording(by_language).in_language(current_language())


def _pln(value: str) -> str:
    return format_pln(Decimal(value), current_language())


def _percent(value: str | Decimal) -> str:
    return f"{floatformat(Decimal(value))}%"


def _yes_no(value: bool) -> str:
    return _("yes") if value else _("no")


def _areas(points: list[str]) -> str:
    return "; ".join(f"{point}. {area_name(point)}" for point in points)


def _day(value: str) -> str:
    return format_date(date.fromisoformat(value))


def _opening(value: str) -> str:
    return format_opening(datetime.fromisoformat(value))


def _deadline(value: str) -> str:
    return format_deadline(datetime.fromisoformat(value))


def _one_of(choices: list[tuple[str, Any]]) -> Callable[[str], str]:
    return lambda value: str(dict(choices).get(value, value))


WORDS: dict[str, Callable[[Any], str]] = {
    "kind": _one_of(TASK_KINDS),
    "areas": _areas,
    "pool": _pln,
    "grant_min": _pln,
    "grant_max": _pln,
    "intake_from": _opening,
    "intake_until": _deadline,
    "task_from": _day,
    "task_until": _day,
    "decision_date": _day,
    "own_contribution_min": _percent,
    "own_contribution_base": _one_of(BASES),
    "financial_contribution_min": _percent,
    "financial_contribution_base": _one_of(BASES),
    "admin_costs_max": _percent,
    "admin_costs_base": _one_of(BASES),
    "fees_allowed": _yes_no,
    "results_table_waived": _yes_no,
    "filing": _one_of(FILINGS),
    "filing_until": _deadline,
    "submitters": _one_of(SUBMITTERS),
    "staff_open_before_deadline": _yes_no,
    "published_in_bip_on": _day,
    "published_on_board_on": _day,
    "published_on_site_on": _day,
}
"""How a fact is said; those left out are said as they stand."""
