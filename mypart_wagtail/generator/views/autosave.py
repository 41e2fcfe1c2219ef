"""Autosave: what a browser sends while people type, and what it is told."""

import json
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from mypart_wagtail.generator.deeds import AddRow, DeedRefused, SetField, deed_from, look_at
from mypart_wagtail.generator.fields import Field
from mypart_wagtail.generator.filled import FilledForm, Stored, stored_from_cleaned, text_of
from mypart_wagtail.generator.models import FormDocument
from mypart_wagtail.generator.notes import notes_on
from mypart_wagtail.generator.rules import anchor, failures
from mypart_wagtail.generator.screens import place_url, section_url
from mypart_wagtail.generator.services.changes import (
    MOST_CHANGES,
    ChangeRequest,
    Outcome,
    Result,
    apply_changes,
    portions,
)
from mypart_wagtail.generator.sums import sums
from mypart_wagtail.generator.views.access import named_document


class NotUnderstood(ValueError):
    """The body of the request is no list of changes."""


class TooMuch(ValueError):
    """The body holds more than is applied at once."""


@require_POST
@never_cache
def changes(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Apply the changes of the body, ``{"changes": [{"id", "deed", …}], "section": "costs"}``.

    Answers with what became of each, the texts as they are now kept, and the sums and failed checks of
    the section. More than one portion is answered with 413 and not touched: the browser sends it in parts.
    Whoever may not edit the document gets 404; the service that reads it asks, once.
    """
    if not request.user.is_authenticated:
        return JsonResponse({"message": _("You are signed out.")}, status=401)
    try:
        body, requested, refused = _read(request.body)
    except NotUnderstood:
        return JsonResponse({"message": _("These changes cannot be read.")}, status=400)
    except TooMuch:
        return JsonResponse({"message": _("These are too many changes at once.")}, status=413)
    try:
        document = named_document(uuid)
        form, outcomes = apply_changes(request.user, document=document, changes=requested)
    except PermissionDenied as error:
        raise Http404 from error
    return JsonResponse(
        {
            "outcomes": [_outcome(outcome) for outcome in refused]
            + [
                _outcome(outcome) | _place(document, form, change)
                for change, outcome in zip(requested, outcomes, strict=True)
                if outcome.result is not Result.APPLIED
            ]
            + [
                _outcome(outcome) | _saved(form, change)
                for change, outcome in zip(requested, outcomes, strict=True)
                if outcome.result is Result.APPLIED
            ],
            "fields": _fields(form, requested),
            "computed": _computed(form, body.get("section", "")),
            "failures": _failures(form, body.get("section", "")),
            "saved_at": timezone.localtime().strftime("%H:%M"),
        }
    )


def _read(raw: bytes) -> tuple[dict[str, Any], list[ChangeRequest], list[Outcome]]:
    """The body, the changes in it that are deeds, and the outcome of those that are not.

    Raises ``NotUnderstood``, and ``TooMuch`` for more than is applied at once.
    """
    try:
        body = json.loads(raw)
        items = body["changes"]
        if not isinstance(items, list):
            raise NotUnderstood
        named = [(UUID(item["id"]), item["deed"], dict(item)) for item in items]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise NotUnderstood from error
    requested, refused = [], []
    for uuid, name, item in named:
        arguments = {key: value for key, value in item.items() if key not in ("id", "deed", "at")}
        try:
            requested.append(ChangeRequest(uuid, deed_from(name, arguments)))
        except DeedRefused as error:
            refused.append(Outcome(uuid, Result.REFUSED, error.message))
    if len(items) > MOST_CHANGES or len(portions(requested)) > 1:
        raise TooMuch
    return body, requested, refused


def _outcome(outcome: Outcome) -> dict[str, str]:
    return {
        "id": str(outcome.id),
        "result": str(outcome.result),
        "message": str(outcome.message),
        "current": outcome.current,
    }


def _place(document: FormDocument, form: FilledForm, change: ChangeRequest) -> dict[str, str]:
    """What people call the field of ``change``, where it is and what was typed, for a browser elsewhere.

    Of a row that was not added, what such rows are called and where they stand.
    """
    if isinstance(change.deed, AddRow):
        return _place_of_rows(document, form, change.deed)
    if not isinstance(change.deed, SetField):
        return {}
    try:
        field, _stored = look_at(form, change.deed.path)
    except DeedRefused:
        return {}
    return {
        "label": str(field.label),
        "url": place_url(document, form, change.deed.path),
        "words": str(field.in_words(change.deed.text)),
    }


def _place_of_rows(document: FormDocument, form: FilledForm, added: AddRow) -> dict[str, str]:
    table, section = form.template.tables.get(added.table), form.template.section_of.get(added.table)
    if table is None or section is None:
        return {}
    has_page = section.page_per_group and form.row(table.grouped_by, added.group) is not None
    url = section_url(document, section, added.group if has_page else "")
    return {"label": str(table.name), "url": f"{url}#table-{table.key}"}


def _saved(form: FilledForm, change: ChangeRequest) -> dict[str, str]:
    """What ``change`` has made of its field, as it is shown; someone else may have changed it since."""
    if not isinstance(change.deed, SetField):
        return {}
    try:
        field, _stored = look_at(form, change.deed.path)
    except DeedRefused:
        return {}
    return {"text": text_of(field, stored_from_cleaned(field, change.deed.cleaned))}


def _fields(form: FilledForm, requested: list[ChangeRequest]) -> dict[str, dict[str, Any]]:
    """The text now kept at every path that was to be changed, and what is said about it."""
    fields = {}
    for change in requested:
        if isinstance(change.deed, SetField):
            path = change.deed.path
            try:
                fields[path] = _field(*look_at(form, path))
            except DeedRefused:
                continue
    return fields


def _field(field: Field, stored: Stored) -> dict[str, Any]:
    notes = notes_on(field, stored)
    return {
        "text": text_of(field, stored),
        "problem": str(notes.problem),
        "readings": notes.readings,
        "warning": str(notes.warning),
    }


def _computed(form: FilledForm, section: str) -> dict[str, str]:
    """The sums of a section as people read them, by the id of the element that shows them."""
    page = next((each for each in form.sections if each.key == section), None)
    return {each.id: each.text for each in sums(form, page)} if page else {}


def _failures(form: FilledForm, section: str) -> list[dict[str, str]]:
    return [
        {
            "anchor": anchor(failure.address),
            "message": str(failure.message),
            "severity": str(failure.severity),
        }
        for failure in failures(form)
        if failure.section == section
    ]
