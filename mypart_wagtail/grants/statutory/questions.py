"""A call's own questions as a section of the offer's wizard."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from mypart_wagtail.generator.fields import Choice, Date, Field, Money, Number, Option, Text, YesNo
from mypart_wagtail.generator.structure import FormTemplate, Section
from mypart_wagtail.grants.terms import CallQuestion, CallTerms, QuestionKind

SHORT = 250
LONG = 4000


def with_questions(template: FormTemplate, terms: CallTerms, language: str) -> FormTemplate:
    """``template`` with the questions of a call, worded in ``language``, before the declarations."""
    if not terms.questions:
        return template
    section = Section(
        key="questions",
        part="VI",
        name=_("Questions of this call"),
        items=tuple(question_field(question, language) for question in terms.questions),
    )
    return template.with_section(section, before="declarations")


def field_key(question: CallQuestion) -> str:
    """Where the answer is kept: by the block's id, so that rewording a question loses no answer."""
    return "question_" + question.id.replace("-", "")


def question_field(question: CallQuestion, language: str) -> Field:
    """The field of one question."""
    common: dict[str, Any] = {
        "key": field_key(question),
        "name": question.label.in_language(language),
        "hint": question.help.in_language(language),
        "required": question.required,
    }
    match question.kind:
        case QuestionKind.SHORT_TEXT:
            return Text(limit=question.limit or SHORT, **common)
        case QuestionKind.LONG_TEXT:
            return Text(limit=question.limit or LONG, multiline=True, **common)
        case QuestionKind.NUMBER:
            return Number(**common)
        case QuestionKind.MONEY:
            return Money(**common)
        case QuestionKind.DATE:
            return Date(**common)
        case QuestionKind.YES_NO:
            return YesNo(**common)
        case QuestionKind.CHOICE:
            options = tuple(
                Option(option.id, option.label.in_language(language)) for option in question.options
            )
            return Choice(options=options, **common)
