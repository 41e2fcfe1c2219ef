"""What the page of a call shows: what was announced, or in a preview what its draft would announce."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Sum
from django.http import HttpRequest

from mypart_wagtail.grants.announcing import why_not_announced
from mypart_wagtail.grants.legal_checks import Gap, gaps
from mypart_wagtail.grants.models import Call, CallStatus
from mypart_wagtail.languages import current_language
from mypart_wagtail.middleware import arrived_at

OVER = (CallStatus.CLOSED, CallStatus.CANCELLED)


def shown_on(page: Any, request: HttpRequest) -> dict[str, Any]:
    """What the template of ``page`` needs beside the page itself.

    ``terms`` are the ``CallTerms`` in force; in a preview of the page they come from, the page itself,
    whose fields have the same names and may be empty.
    """
    now = arrived_at(request)
    call = page.record
    if getattr(request, "is_preview", False) and not page.tells_facts_of_another:
        return _of_draft(page, call, now)
    if call is None:
        return {"call": None, "gaps": _gaps_for(request, page)}
    return _of_record(call, now)


def _of_record(call: Call, now: datetime) -> dict[str, Any]:
    status = call.status_at(now)
    language = current_language()
    shown = {
        "call": call,
        "terms": call.terms,
        "deadline": call.deadline,
        "status": status,
        "questions": [question.label.in_language(language) for question in call.terms.questions],
        "changes": call.changed_versions(),
        "is_over": status in OVER,
        "now": now,
    }
    if call.is_settled(now):
        Call.objects.filter(pk=call.pk).let_submissions_end(now)
        shown["closing_list"] = call.closing_list()
        shown["closing_head"] = call.closing_head()
        shown["asked"] = call.applications.in_force().aggregate(sum=Sum("grant_requested"))["sum"]
    return shown


def _of_draft(page: Any, call: Call | None, now: datetime) -> dict[str, Any]:
    """Facts of the draft, with everything that would keep it from being announced now."""
    return {
        "call": call,
        "terms": page,
        "deadline": page.intake_until,
        "status": _status_of_draft(page, now),
        "questions": [block.value["label"] for block in page.questions],
        "is_preview": True,
        "gaps": gaps(page, at=now, call=call),
    }


def _status_of_draft(page: Any, now: datetime) -> CallStatus | None:
    if page.intake_from is None or page.intake_until is None:
        return None
    return Call(intake_from=page.intake_from, intake_until=page.intake_until).status_at(now)


def _gaps_for(request: HttpRequest, page: Any) -> list[Gap]:
    """Why the call is not announced, for those who may mend it; visitors learn only that it is not."""
    user = getattr(request, "user", None)
    if user is None or not page.permissions_for_user(user).can_edit():
        return []
    return why_not_announced(page)
