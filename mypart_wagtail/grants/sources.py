"""Which page the facts of a call come from, and how another takes its place when that page is gone."""

from __future__ import annotations

from typing import Any

from mypart_wagtail.grants.models import Call, CallPage
from mypart_wagtail.grants.terms import CallQuestion


def source_page(call: Call) -> CallPage | None:
    """The page the facts of ``call`` come from, live or not; None if it is gone."""
    return CallPage.objects.filter(
        translation_key=call.translation_key,
        locale__language_code=call.source_locale,
        alias_of=None,
    ).first()


def possible_sources(call: Call) -> list[CallPage]:
    """Pages staff may name as the source of ``call``: none while its own page is there.

    Its translations, and pages of its site that belong to no call.
    """
    if source_page(call) is not None:
        return []
    taken = Call.objects.exclude(pk=call.pk).values("translation_key")
    pages = CallPage.objects.filter(alias_of=None).exclude(translation_key__in=taken)
    return [page for page in pages.select_related("locale") if page.get_site() == call.site]


def put_facts_on(page: CallPage, call: Call) -> None:
    """Write the facts of ``call`` onto ``page``: on what is published and on its draft, in no new words."""
    language = page.locale.language_code
    draft = page.get_latest_revision_as_object()
    for version in (page, draft):
        version.take_facts(call)
        version.questions = [_block(question, language) for question in call.terms.questions]
    page.save()
    draft.save_revision()


def _block(question: CallQuestion, language: str) -> dict[str, Any]:
    """A question as the raw value of its block, with the ids it has always had."""
    value: dict[str, Any] = {
        "label": question.label.in_language(language),
        "help": question.help.in_language(language),
        "required": question.required,
    }
    if question.limit is not None:
        value["limit"] = question.limit
    if question.options:
        value["options"] = [
            {"type": "item", "id": option.id, "value": option.label.in_language(language)}
            for option in question.options
        ]
    return {"type": question.kind.value, "id": question.id, "value": value}
