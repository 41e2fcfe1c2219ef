"""Announcing a call: from the facts of a published page to its record.

Publishing, the command ``mypart_sync_records`` and staff all come through ``announce``, which may be run
again without harm: where nothing has changed there is no new version, no event and no mail.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from hashlib import sha256
from typing import Any

import rfc8785
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import log

from mypart_wagtail.generator.events import append_event
from mypart_wagtail.grants.legal_checks import Gap, gaps, is_short_notice, missing
from mypart_wagtail.grants.models import Call, CallVersion
from mypart_wagtail.grants.notices import tell_of_changes
from mypart_wagtail.grants.terms import (
    Base,
    CallQuestion,
    CallTerms,
    Filing,
    Prose,
    QuestionKind,
    QuestionOption,
    Submitters,
    TaskKind,
    Wording,
)

SHORT_NOTICE = "mypart_grants.short_notice"
"""The action in the history of a page: less than 21 days were allowed, with a reason."""

FAILED = _("Announcing failed. Publish the page again, or have mypart_sync_records run.")

COPIED = (
    "pool",
    "intake_from",
    "intake_until",
    "task_from",
    "task_until",
    "decision_date",
    "grant_min",
    "grant_max",
    "own_contribution_min",
    "financial_contribution_min",
    "admin_costs_max",
    "fees_allowed",
    "offers_per_organisation",
    "results_table_waived",
    "filing_place",
    "filing_until",
    "confirmation_days",
    "staff_open_before_deadline",
    "code",
    "ordinance",
    "bip_address",
    "published_in_bip_on",
    "published_on_board_on",
    "published_on_site_on",
)


COLUMNS = ("code", "title", "areas", "intake_from", "intake_until", "pool")
"""Facts that the record of a call has as columns too, for lists and deadlines."""

PROSE = ("grant_rules", "conditions", "criteria", "previous_tasks", "legal_basis", "contact")
"""The words of the announcement: people write their offers to them, so their changes are told too."""


def should_announce(page: Any) -> bool:
    """Whether ``page`` tells of a call of its own: it is live and no alias of another."""
    return page.live and page.alias_of_id is None


@transaction.atomic
def announce(page: Any, *, actor: Any = None) -> Call | None:
    """Write the facts of ``page`` into its record, as a new version if they differ from the last one.

    The first page of a ``translation_key`` to be published is the source of the facts; pages in other
    languages add their wording only. Gives None where the law keeps the page from being announced: then
    the record, if there is one, stays as it was.
    """
    call = Call.objects.select_for_update(of=("self",)).filter(translation_key=page.translation_key).first()
    if _gaps_when_published(page, call):
        return None
    if call is None:
        call = _new_record(page)
    name = "changed" if call.current_version else "announced"
    facts = _facts_to_write(page, call)
    if is_source(page, call):
        _write_columns(call, page)
    return _write_version(call, facts, page, actor, name)


def is_source(page: Any, call: Call) -> bool:
    """Whether ``page`` is where the facts of ``call`` come from."""
    return page.alias_of_id is None and page.locale.language_code == call.source_locale


def is_announced(page: Any) -> bool:
    """Whether the record says what the live ``page`` says."""
    call = Call.objects.with_parts().filter(translation_key=page.translation_key).first()
    if call is None or (is_source(page, call) and any(missing(page))):
        return False
    return _facts_to_write(page, call) == call.version_in_force.facts


def why_not_announced(page: Any) -> list[Gap]:
    """What keeps the live ``page``, or its latest changes, from being announced; staff are shown it."""
    if not should_announce(page) or is_announced(page):
        return []
    call = Call.objects.filter(translation_key=page.translation_key).first()
    return _gaps_when_published(page, call) or [("", FAILED)]


def _gaps_when_published(page: Any, call: Call | None) -> list[Gap]:
    """What kept ``page`` from being announced when it was last published."""
    if call is not None and not is_source(page, call):
        return []
    return gaps(page, at=_published_at(page), call=call)


def _published_at(page: Any) -> datetime:
    return page.last_published_at or timezone.now()


def _facts_to_write(page: Any, call: Call) -> dict[str, Any]:
    """What the record says once ``page`` is announced."""
    if call.current_version is None:
        return facts_of(page)
    known = call.current_version.facts
    return _keeping_wordings(facts_of(page), known) if is_source(page, call) else _with_wording(known, page)


def facts_of(page: Any) -> dict[str, Any]:
    """The facts of ``page`` as plain JSON, with its wording in its own language."""
    language = page.locale.language_code
    copied = {name: getattr(page, name) for name in COPIED}
    return CallTerms(
        title=page.title,
        authority=page.authority.name,
        kind=TaskKind(page.kind),
        areas=tuple(page.areas),
        own_contribution_base=Base(page.own_contribution_base),
        financial_contribution_base=Base(page.financial_contribution_base),
        admin_costs_base=Base(page.admin_costs_base),
        filing=Filing(page.filing),
        submitters=Submitters(page.submitters),
        questions=tuple(_question(block, language) for block in page.questions),
        prose=tuple(Prose(name, Wording({language: text})) for name, text in _prose(page)),
        **copied,
    ).to_facts()


def differences(old: dict[str, Any], new: dict[str, Any]) -> list[dict[str, Any]]:
    """What changed between two versions, as ``{"fact", "before", "after"}``."""
    return [
        {"fact": name, "before": old.get(name), "after": new.get(name)}
        for name in sorted(old.keys() | new.keys())
        if old.get(name) != new.get(name)
    ]


def _question(block: Any, language: str) -> CallQuestion:
    options = block.value.bound_blocks["options"].value.bound_blocks if "options" in block.value else []
    return CallQuestion(
        id=block.id,
        kind=QuestionKind(block.block_type),
        label=Wording({language: block.value["label"]}),
        help=Wording({language: block.value["help"]}),
        required=block.value["required"],
        limit=block.value.get("limit"),
        options=tuple(QuestionOption(id=item.id, label=Wording({language: item.value})) for item in options),
    )


def _prose(page: Any) -> Iterator[tuple[str, str]]:
    """What the announcement says in words, and its documents by title and checksum."""
    for name in PROSE:
        yield name, getattr(page, name) or ""
    files = [file for block in page.body if block.block_type == "documents" for file in block.value if file]
    yield "documents", "\n".join(f"{file.title} (SHA-1: {file.get_file_hash()})" for file in files)


def _new_record(page: Any) -> Call:
    return Call(
        site=page.get_site(),
        translation_key=page.translation_key,
        source_locale=page.locale.language_code,
    )


def _write_columns(call: Call, page: Any) -> None:
    call.authority = page.authority
    for name in COLUMNS:
        setattr(call, name, getattr(page, name))
    call.save()


def _write_version(call: Call, facts: dict[str, Any], page: Any, actor: Any, name: str) -> Call:
    last = call.current_version
    if last is not None and last.facts == facts:
        return call
    version = CallVersion.objects.create(
        call=call,
        number=last.number + 1 if last else 1,
        facts=facts,
        changes=differences(last.facts, facts) if last else [],
        short_notice_reason=_short_notice_reason(page, call, last),
        published_at=timezone.now(),
        published_by=actor,
    )
    call.current_version = version
    call.save(update_fields=["current_version"])
    payload = {"version": version.number, "facts_sha256": facts_digest(facts)}
    append_event(stream=call.uuid, name=name, actor=actor, payload=payload, at=version.published_at)
    if version.short_notice_reason and (
        last is None or version.short_notice_reason != last.short_notice_reason
    ):
        _log_short_notice(version, page, actor)
    if last is not None:
        tell_of_changes(call, version)
    return call


def facts_digest(facts: dict[str, Any]) -> str:
    """The SHA-256 by which the chain vouches for what a version says."""
    return sha256(rfc8785.dumps(facts)).hexdigest()


def _short_notice_reason(page: Any, call: Call, last: CallVersion | None) -> str:
    """The reason given for less than 21 days, where there are less."""
    if last is not None and not is_source(page, call):
        return last.short_notice_reason
    is_short = is_short_notice(page, _published_at(page), call if last else None)
    return (page.short_notice_reason or "").strip() if is_short else ""


def _log_short_notice(version: CallVersion, page: Any, actor: Any) -> None:
    """Who allowed less than 21 days and why: in the chain as a hash, in words in the page's history."""
    reason = version.short_notice_reason
    payload = {"version": version.number, "reason_sha256": sha256(reason.encode()).hexdigest()}
    append_event(stream=version.call.uuid, name="short_notice_allowed", actor=actor, payload=payload)
    log(page, SHORT_NOTICE, user=actor, data={"reason": reason})


def _with_wording(facts: dict[str, Any], page: Any) -> dict[str, Any]:
    """``facts`` with the wording of a page in another language added to its questions."""
    words = {question.id: question for question in map(_question_of(page), page.questions)}
    questions = [_add_words(question, words.get(question["id"])) for question in facts["questions"]]
    language = page.locale.language_code
    said = [{"name": name, "text": {language: text}} for name, text in _prose(page)]
    return {**facts, "questions": questions, "prose": _both_wordings(facts.get("prose", []), said)}


def _question_of(page: Any) -> Any:
    return lambda block: _question(block, page.locale.language_code)


def _add_words(question: dict[str, Any], words: CallQuestion | None) -> dict[str, Any]:
    if words is None:
        return question
    labels = {option.id: dict(option.label.by_language) for option in words.options}
    return {
        **question,
        "label": {**question["label"], **words.label.by_language},
        "help": {**question["help"], **words.help.by_language},
        "options": [
            {**option, "label": {**option["label"], **labels.get(option["id"], {})}}
            for option in question["options"]
        ],
    }


def _keeping_wordings(facts: dict[str, Any], last: dict[str, Any]) -> dict[str, Any]:
    """New ``facts`` of the source, with what other languages had called its questions before."""
    known = {question["id"]: question for question in last["questions"]}
    questions = [_older_words(question, known.get(question["id"])) for question in facts["questions"]]
    prose = _both_wordings(last.get("prose", []), facts["prose"])
    return {**facts, "questions": questions, "prose": prose}


def _both_wordings(old: list[dict[str, Any]], new: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """``new`` prose beside what ``old`` said in other languages."""
    known = {each["name"]: each["text"] for each in old}
    return [{**each, "text": {**known.get(each["name"], {}), **each["text"]}} for each in new]


def _older_words(question: dict[str, Any], known: dict[str, Any] | None) -> dict[str, Any]:
    if known is None:
        return question
    labels = {option["id"]: option["label"] for option in known["options"]}
    return {
        **question,
        "label": {**known["label"], **question["label"]},
        "help": {**known["help"], **question["help"]},
        "options": [
            {**option, "label": {**labels.get(option["id"], {}), **option["label"]}}
            for option in question["options"]
        ],
    }
