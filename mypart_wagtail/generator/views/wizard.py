"""The wizard: task list, sections, summary. Every page works without JavaScript."""

import json
import secrets
from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from mypart_wagtail.generator.deeds import (
    AddRow,
    Deed,
    DeedRefused,
    MoveRow,
    RemoveRow,
    RestoreRow,
    SetField,
    deed_from,
)
from mypart_wagtail.generator.filled import FilledForm, address, as_read_now, stored_from
from mypart_wagtail.generator.help import HelpTexts, help_texts
from mypart_wagtail.generator.kinds import Access, kind_of
from mypart_wagtail.generator.models import FormDocument
from mypart_wagtail.generator.rules import anchor, failures, row_name
from mypart_wagtail.generator.screens import (
    SectionScreen,
    Unsaved,
    failure_url,
    neighbours,
    place_url,
    progress,
    section_url,
    tasks,
)
from mypart_wagtail.generator.services.changes import ChangeRequest, Outcome, Result, apply_changes
from mypart_wagtail.generator.structure import Section
from mypart_wagtail.generator.views.access import document_view, while_open
from mypart_wagtail.kept_forms import take_kept
from mypart_wagtail.languages import current_language

_REMOVED_MEANWHILE = gettext_lazy(
    "What this page was about was removed meanwhile, perhaps by a colleague. Restore it on the page where it "
    "was listed: then everything written here is there again."
)


@require_safe
@document_view(Access.VIEW)
@while_open
def task_list(request: HttpRequest, document: FormDocument) -> HttpResponse:
    """All sections with their state, and where one left off."""
    form = kind_of(document).form(document)
    found = failures(form)
    return render(
        request,
        "mypart_generator/task_list.html",
        _frame(document, form)
        | {
            "parts": tasks(document, form, found),
            "progress": progress(form, found),
            "resume_url": _resume_url(request.user, document, form),
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
@document_view(Access.EDIT)
@while_open
def section(request: HttpRequest, document: FormDocument, section: str, group: str = "") -> HttpResponse:
    """One page of the form."""
    form = kind_of(document).form(document)
    page = _page(form, section)
    screen = SectionScreen(
        document, form, page, group, checked="check" in request.GET, help=_help(document, form)
    )
    if group and screen.group_row is None:
        if not screen.is_group_removed:
            raise Http404
        messages.warning(request, _REMOVED_MEANWHILE)
        return redirect(section_url(document, page))
    if request.method == "HEAD":
        return HttpResponse()  # The page asks whether the server answers before it is posted.
    if request.method == "POST":
        return _save(request, screen, request.POST)
    kept = take_kept(request)
    if kept is not None:
        messages.warning(request, _("You had been signed out. What you typed has been sent only now."))
        return _save(request, screen, kept)
    return _render_section(request, screen)


@require_safe
@document_view(Access.VIEW)
@while_open
def summary(request: HttpRequest, document: FormDocument) -> HttpResponse:
    """Check your answers: everything on one page, with what is missing linked to its cell."""
    form = kind_of(document).form(document)
    found = failures(form)
    return render(
        request,
        "mypart_generator/summary.html",
        _frame(document, form)
        | {
            "screens": [_reading(document, form, each) for each in form.sections],
            "failures": [(failure, failure_url(document, form, failure)) for failure in found],
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
@document_view(Access.EDIT)
@while_open
def remove(request: HttpRequest, document: FormDocument, section: str, table: str, row: str) -> HttpResponse:
    """Asks whether what is grouped under a row moves or goes, before the row is removed."""
    form = kind_of(document).form(document)
    if table not in form.template.tables:
        raise Http404
    found = form.row(table, row)
    if found is None:
        raise Http404
    page = _page(form, section)
    if request.method == "POST":
        deed = RemoveRow(
            table=table,
            row=row,
            version=request.POST.get("version", ""),
            move_grouped_to=request.POST.get("move_to", ""),
        )
        _form, outcomes = apply_changes(
            request.user, document=document, changes=[ChangeRequest(uuid4(), deed)]
        )
        _tell(request, outcomes[0])
        return redirect(f"{section_url(document, page)}#table-{table}")
    grouped = [
        each for other in form.template.tables_grouped_by(table) for each in form.rows_in(other.key, row)
    ]
    context = {
        "section": page,
        "row": found,
        "row_name": row_name(form, found),
        "version": form.version_with_grouped(found),
        "grouped": grouped,
        "others": [(each, row_name(form, each)) for each in form.rows(table) if each.id != row],
        "back_url": section_url(document, page),
    }
    return render(request, "mypart_generator/remove.html", _frame(document, form) | context)


def _page(form: FilledForm, section: str) -> Section:
    """The section whose page was asked for. 404 if the form shows none of that key."""
    page = next((each for each in form.sections if each.key == section), None)
    if page is None:
        raise Http404
    return page


def _save(request: HttpRequest, screen: SectionScreen, posted: Mapping[str, str]) -> HttpResponse:
    """Save what differs from the page as it was sent, then do what the pressed button says."""
    try:
        based_on, typed = _texts(posted)
        deed = _deed(posted.get("deed", "save"), based_on | typed)
    except (ValueError, RecursionError, DeedRefused):
        return HttpResponseBadRequest(_("This form cannot be read. Reload the page and try again."))
    if isinstance(deed, RemoveRow):
        deed = _as_seen(screen.form, deed, based_on, typed)
    deeds: list[Deed] = [
        SetField(path=path, text=text, based_on=based_on[path])
        for path, text in typed.items()
        if text != based_on[path]
    ]
    question_url = _question_url(screen, deed)
    if deed and not question_url:
        deeds.append(deed)
    changes = _requests(deeds)
    form, outcomes = apply_changes(request.user, document=screen.document, changes=changes)
    for change, outcome in zip(changes, outcomes, strict=True):
        if not isinstance(change.deed, SetField):
            _tell(request, outcome)
    unsaved = _unsaved(changes, outcomes)
    if unsaved:
        fresh = replace(screen, form=form, unsaved=unsaved)
        _tell_what_has_no_place(request, fresh)
        return _render_section(request, fresh, status=409)
    return redirect(question_url or _after(request, screen, form, deed, posted.get("deed", "save")))


def _as_seen(
    form: FilledForm, removal: RemoveRow, based_on: Mapping[str, str], typed: Mapping[str, str]
) -> RemoveRow:
    """``removal`` of the row as its page now shows it: with what the same person typed in it meanwhile.

    The version in the button is that of the page when it was opened. It stays, and meets a conflict, where
    somebody else has changed the row since.
    """
    row = form.row(removal.table, removal.row)
    if row is None:
        return removal
    cells = dict(row.cells)
    for column in form.columns(row.table):
        path = address(row.table.key, row.id, column.key)
        if path not in typed:
            continue
        if stored_from(column, based_on[path]) != as_read_now(column, row.stored(column.key)):
            return removal
        if typed[path] != based_on[path]:
            cells[column.key] = stored_from(column, typed[path])
    return replace(removal, version=form.version_with_grouped(replace(row, cells=cells)))


def _unsaved(changes: list[ChangeRequest], outcomes: list[Outcome]) -> dict[str, Unsaved]:
    """Texts in conflict and texts refused, with the reason, by path."""
    return {
        change.deed.path: Unsaved(
            change.deed.text, refusal=outcome.message if outcome.result is Result.REFUSED else ""
        )
        for change, outcome in zip(changes, outcomes, strict=True)
        if isinstance(change.deed, SetField) and outcome.result is not Result.APPLIED
    }


def _tell_what_has_no_place(request: HttpRequest, screen: SectionScreen) -> None:
    """Show texts whose field is gone, such as one of a row that someone else has removed."""
    places = {cell.path for cell in screen.cells}
    for path, unsaved in screen.unsaved.items():
        if path not in places:
            told = {"reason": unsaved.refusal, "text": unsaved.text}
            messages.error(request, _("%(reason)s You wrote: “%(text)s”.") % told)


def _texts(posted: Mapping[str, str]) -> tuple[dict[str, str], dict[str, str]]:
    """The texts of the page as it was sent, and as it comes back, by path. Raises ``ValueError``."""
    based_on = json.loads(posted.get("based_on", "{}"))
    if not isinstance(based_on, dict):
        raise ValueError
    typed = {path: posted[path].replace("\r\n", "\n") for path in based_on if path in posted}
    return {path: str(text) for path, text in based_on.items()}, typed


def _requests(deeds: list[Deed]) -> list[ChangeRequest]:
    return [ChangeRequest(uuid4(), deed) for deed in deeds]


def _deed(pressed: str, texts: Mapping[str, str]) -> Deed | None:
    """What the pressed button asks for beside saving ``texts``, such as ``add_row:costs:k3f9``."""
    name, *arguments = pressed.split(":")
    match name, arguments:
        case (("save" | "next" | "check"), []):
            return None
        case "choose", [path, reading]:
            return deed_from("set", {"path": path, "text": reading, "based_on": texts.get(path, "")})
        case "add_row", [table, group]:
            return deed_from(name, {"table": table, "row": secrets.token_hex(6), "group": group})
        case "remove_row", [table, row, version]:
            return deed_from(name, {"table": table, "row": row, "version": version})
        case "restore_row", [table, row]:
            return deed_from(name, {"table": table, "row": row})
        case "move_row", [table, row, direction]:
            return deed_from(name, {"table": table, "row": row, "direction": direction})
    raise DeedRefused(_("This button is not known."))


def _question_url(screen: SectionScreen, deed: Deed | None) -> str:
    """The page that asks what becomes of the rows grouped under the one to be removed, if there are any."""
    if not isinstance(deed, RemoveRow):
        return ""
    tables = screen.form.template.tables_grouped_by(deed.table)
    if not any(screen.form.rows_in(table.key, deed.row) for table in tables):
        return ""
    place = [screen.document.uuid, screen.section.key, deed.table, deed.row]
    return reverse("mypart_generator:remove", args=place)


def _after(
    request: HttpRequest, screen: SectionScreen, form: FilledForm, deed: Deed | None, pressed: str
) -> str:
    """Where to go after saving: on, to the new row, or back to the same page."""
    if isinstance(deed, SetField):
        return f"{screen.url}#{anchor(deed.path)}"
    if isinstance(deed, AddRow):
        first = form.template.tables[deed.table].columns[0]
        return f"{screen.url}#{anchor(address(deed.table, deed.row, first.key))}"
    if isinstance(deed, RemoveRow):
        return f"{screen.url}#table-{deed.table}"
    if isinstance(deed, MoveRow | RestoreRow):
        first = form.template.tables[deed.table].columns[0]
        return f"{screen.url}#{anchor(address(deed.table, deed.row, first.key))}"
    if pressed == "check":
        return f"{screen.url}?check=1"
    if pressed == "next":
        if screen.group:
            return section_url(screen.document, screen.section)
        _before, after = neighbours(form, screen.section)
        if after is None:
            return reverse("mypart_generator:summary", args=[screen.document.uuid])
        return section_url(screen.document, after)
    messages.success(request, _("Saved."))
    return screen.url


def _tell(request: HttpRequest, outcome: Any) -> None:
    if outcome.result is not Result.APPLIED:
        messages.error(request, outcome.message)


def _render_section(request: HttpRequest, screen: SectionScreen, status: int = 200) -> HttpResponse:
    document, section = screen.document, screen.section
    before, after = neighbours(screen.form, section)
    context = {
        "screen": screen,
        "section": section,
        "known": kind_of(document).known(request.user, document, section),
        "before": before and section_url(document, before),
        "after": after,
    }
    return render(
        request,
        "mypart_generator/section.html",
        _frame(document, screen.form) | context,
        status=status,
    )


def _reading(document: FormDocument, form: FilledForm, each: Section) -> dict[str, Any]:
    """A section for reading: all of its rows, whatever page they are filled in on."""
    return {
        "section": each,
        "url": section_url(document, each),
        "answers": [(field, form.text(field.key), form.stored(field.key)) for field in form.fields(each)],
        "tables": [
            (table, [(row, row_name(form, row), form.columns(table)) for row in form.rows(table.key)])
            for table in form.tables(each)
        ],
    }


def _help(document: FormDocument, form: FilledForm) -> HelpTexts:
    site_id = kind_of(document).site_id(document)
    return help_texts(form.template, site_id=site_id, language=current_language())


def _frame(document: FormDocument, form: FilledForm) -> dict[str, Any]:
    """What every page of the wizard shows."""
    kind = kind_of(document)
    return {
        "document": document,
        "form_template": form.template,
        "heading": kind.heading(document),
        "notices": kind.notices(document),
        "submission_url": kind.submission_url(document),
        "home_url": kind.home_url(document),
        "unsent_url": section_url(document, form.sections[0]),
    }


def _resume_url(user: Any, document: FormDocument, form: FilledForm) -> str:
    """The cell that ``user`` changed last, or ``""``."""
    last = document.changes.filter(author=user).order_by("-at", "-pk").first()
    if last is None:
        return ""
    return place_url(document, form, last.path)
