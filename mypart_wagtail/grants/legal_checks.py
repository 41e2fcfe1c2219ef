"""What the law wants of a call before it is announced, and what contradicts itself.

Legal source: art. 11 and 13 of the act of 24 April 2003 on public benefit activity and volunteerism
(Dz.U. 2025 poz. 1338, amended Dz.U. 2026 poz. 1040).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.html import strip_tags
from django.utils.translation import gettext_lazy as _

from mypart_wagtail.generator.fields import Words
from mypart_wagtail.grants.models.call import Call, CallStatus
from mypart_wagtail.grants.terms import (
    MOST_CONFIRMATION_DAYS,
    MOST_OFFERS,
    Filing,
    Submitters,
    TaskKind,
)
from mypart_wagtail.moments import format_date

NOTICE = 21
"""Days for offers, counted from the day after the last publication (art. 13 ust. 1)."""

YEARS = range(2000, 2101)
DATES = (
    "intake_from",
    "intake_until",
    "task_from",
    "task_until",
    "decision_date",
    "filing_until",
    "published_in_bip_on",
    "published_on_board_on",
    "published_on_site_on",
)

Gap = tuple[str, Words]
"""The name of the page's field, and what is wrong with it."""

ANNOUNCEMENT: list[Gap] = [
    ("authority", _("Say which authority announces the call.")),
    ("code", _("Give the call a code: it begins the number of every offer.")),
    ("kind", _("Art. 11 ust. 1: say whether it is powierzenie or wspieranie.")),
    ("areas", _("Art. 13 ust. 2 pkt 1: name the kind of task.")),
    ("pool", _("Art. 13 ust. 2 pkt 2: say how much money there is.")),
    ("grant_rules", _("Art. 13 ust. 2 pkt 3: state the rules of granting.")),
    ("conditions", _("Art. 13 ust. 2 pkt 4: state the conditions of the task.")),
    ("task_from", _("Art. 13 ust. 2 pkt 4: say when tasks may begin.")),
    ("task_until", _("Art. 13 ust. 2 pkt 4: say when tasks must end.")),
    ("intake_from", _("Art. 13 ust. 2 pkt 5: say from when offers are taken.")),
    ("intake_until", _("Art. 13 ust. 2 pkt 5: say until when offers are taken.")),
    ("criteria", _("Art. 13 ust. 2 pkt 6: state the mode and criteria of choice.")),
    ("decision_date", _("Art. 13 ust. 2 pkt 6: say when the decision is expected.")),
    ("previous_tasks", _("Art. 13 ust. 2 pkt 7: name tasks of this kind of this year and last year.")),
    ("legal_basis", _("Say on what legal basis the call is announced.")),
    ("contact", _("Say whom people may ask about the call, and how.")),
    ("bip_address", _("Art. 13 ust. 3: give the address of the announcement in BIP.")),
    ("published_in_bip_on", _("Art. 13 ust. 3: give the day of publication in BIP.")),
    ("published_on_board_on", _("Art. 13 ust. 3: give the day of publication on the notice board.")),
    ("published_on_site_on", _("Art. 13 ust. 3: give the day of publication on the web site.")),
]


def gaps(page: Any, *, at: datetime, call: Any = None, site: Any = None) -> list[Gap]:
    """Everything that keeps ``page`` from being announced at ``at``, each with its own message.

    ``call`` is the record the page already has. ``site`` is where a page that is not yet saved will stand.
    """
    odd = list(odd_dates(page))
    if odd:  # No other rule can reckon with them.
        return [*missing(page), *odd]
    return [
        *missing(page),
        *_identity(page, call),
        *_authority(page, site or page.get_site()),
        *_notice(page, at, call),
        *_order(page),
        *_amounts(page),
        *_contradictions(page),
        *_filing(page),
        *(_intake(page, call, at) if call is not None else _first_intake(page, at)),
    ]


def earliest_end(page: Any, at: datetime, call: Any = None) -> date | None:
    """The first day that is past the 21 full days after the last of the three publications."""
    days = [page.published_in_bip_on, page.published_on_board_on, page.published_on_site_on]
    if not all(days):
        return None
    # A page that goes live today was not yet on the site yesterday, whatever its fields say.
    goes_live = call.created_at if call is not None else max(at, page.go_live_at or at)
    return max(*days, timezone.localdate(goes_live)) + timedelta(days=NOTICE + 1)


def is_short_notice(page: Any, at: datetime, call: Any = None) -> bool:
    """Whether the intake of ``page`` ends before the 21 full days are over."""
    earliest = earliest_end(page, at, call)
    if earliest is None or page.intake_until is None:
        return False
    return page.intake_until < timezone.make_aware(datetime.combine(earliest, datetime.min.time()))


def missing(page: Any) -> Iterator[Gap]:
    """What an announcement has to say and ``page`` does not."""
    for name, message in ANNOUNCEMENT:
        value = getattr(page, name)
        if not (strip_tags(value).strip() if isinstance(value, str) else value):
            yield name, message


def odd_dates(page: Any) -> Iterator[Gap]:
    """Dates of another age: a slip of the keyboard, with which no calendar can reckon."""
    for name in DATES:
        value = getattr(page, name)
        if value is not None and value.year not in YEARS:
            yield name, _("Check the year.")


def _amounts(page: Any) -> Iterator[Gap]:
    """Amounts and shares that are none."""
    for name in ("pool", "grant_min", "grant_max"):
        value = getattr(page, name)
        if value is not None and value <= 0:
            yield name, _("The amount must be above zero.")
    for name in ("own_contribution_min", "financial_contribution_min", "admin_costs_max"):
        value = getattr(page, name)
        if value is not None and value < 0:
            yield name, _("A share cannot be below zero.")
    if page.offers_per_organisation == 0:
        yield "offers_per_organisation", _("Leave it empty for as many as it likes, or allow one at least.")
    if (page.offers_per_organisation or 0) > MOST_OFFERS:
        message = _("Leave it empty for as many as it likes, or allow %(most)d at most.")
        yield "offers_per_organisation", message % {"most": MOST_OFFERS}
    if (page.confirmation_days or 0) > MOST_CONFIRMATION_DAYS:
        yield "confirmation_days", _("Give %(most)d days at most.") % {"most": MOST_CONFIRMATION_DAYS}


def _identity(page: Any, call: Any) -> Iterator[Gap]:
    others = Call.objects.filter(code=page.code).exclude(translation_key=page.translation_key)
    if page.code and others.exists():
        yield "code", _("Another call has this code.")
    if call is not None and page.code != call.code and call.applications.exclude(sequence=None).exists():
        yield "code", _("Offers are numbered with the code of this call: it cannot be changed.")


def _authority(page: Any, site: Any) -> Iterator[Gap]:
    if page.authority is not None and page.authority.site != site:
        yield "authority", _("This authority belongs to another site.")


def _notice(page: Any, at: datetime, call: Any) -> Iterator[Gap]:
    earliest = earliest_end(page, at, call)
    if earliest is None or not is_short_notice(page, at, call):
        return
    reason = (page.short_notice_reason or "").strip()
    if reason and not _is_used_reason(reason, page, call):
        return
    if reason:
        yield "short_notice_reason", _("This reason was given for a later end. Say why it is earlier now.")
        return
    message = _(
        "Art. 13 ust. 1: offers need 21 full days from the last publication, so until the end of "
        "%(day)s at least. To take less, give the reason."
    )
    yield "intake_until", message % {"day": format_date(earliest - timedelta(days=1))}


def _is_used_reason(reason: str, page: Any, call: Any) -> bool:
    """Whether ``reason`` has allowed one shortening already, and the intake is to be shorter still."""
    last = call.current_version if call is not None else None
    return last is not None and reason == last.short_notice_reason and page.intake_until < call.intake_until


def _intake(page: Any, call: Any, at: datetime) -> Iterator[Gap]:
    """An intake that has begun ends as announced or by an act of its own; once over, it stays as it was."""
    if page.intake_until is None or at < call.intake_from:
        return
    announced = call.intake_until.replace(second=0, microsecond=0)  # as precise as a form is
    # A page published before the end may be announced only after what was in was told to everyone.
    if call.status_at(at) is CallStatus.OPEN and not call.is_settled(timezone.now()):
        if page.intake_until < announced:
            message = _("The intake has begun. It is ended early among the calls, with a reason, not here.")
            yield "intake_until", message
        if page.intake_from and page.intake_from > at:
            yield "intake_from", _("The intake has begun already.")
    elif not announced <= page.intake_until <= call.intake_until:
        yield "intake_until", _("The intake is over. Its end cannot be moved.")


def _first_intake(page: Any, at: datetime) -> Iterator[Gap]:
    """A call is announced while offers can still be sent in, or was when its page was first published."""
    if page.intake_until and page.intake_until <= (page.first_published_at or at):
        yield "intake_until", _("The intake would be over before the call is announced.")


def _last_day(until: datetime) -> date:
    """The day that ``until`` ends or lies in: 24:00 belongs to the day before."""
    return timezone.localdate(until - timedelta(microseconds=1))


def _order(page: Any) -> Iterator[Gap]:
    if page.intake_from and page.intake_until and page.intake_until <= page.intake_from:
        yield "intake_until", _("The intake cannot end before it begins.")
    if page.expire_at and page.intake_until and page.expire_at < page.intake_until:
        yield "expire_at", _("The page would leave the site before the intake ends.")
    if page.task_from and page.task_until and page.task_until < page.task_from:
        yield "task_until", _("Tasks cannot end before they begin.")
    if page.task_until and page.intake_until and page.task_until < _last_day(page.intake_until):
        yield "task_until", _("Tasks cannot all be over before the intake ends.")
    if (
        page.decision_date
        and page.intake_until
        and page.decision_date < timezone.localdate(page.intake_until)
    ):
        yield "decision_date", _("The decision cannot come before the intake ends.")
    if page.grant_min and page.grant_max and page.grant_max < page.grant_min:
        yield "grant_max", _("The greatest grant cannot be lower than the least one.")
    for name in ("grant_min", "grant_max"):
        value = getattr(page, name)
        if value and page.pool and value > page.pool:
            yield name, _("A grant cannot be higher than the pool.")


def _contradictions(page: Any) -> Iterator[Gap]:
    contributions = ("own_contribution_min", "financial_contribution_min")
    if page.kind == TaskKind.POWIERZENIE:
        for name in contributions:
            if getattr(page, name):
                yield name, _("Powierzenie covers all costs (art. 11): no own contribution can be required.")
    for name in (*contributions, "admin_costs_max"):
        value = getattr(page, name)
        base = getattr(page, name.rsplit("_", 1)[0] + "_base")
        if value is not None and base == "total" and value >= 100 and name != "admin_costs_max":
            yield name, _("A share of all costs must be below 100%.")
        elif value is not None and value > 100 and name != "own_contribution_min":
            yield name, _("A share cannot be above 100%.")


def _filing(page: Any) -> Iterator[Gap]:
    if page.filing == Filing.ELECTRONIC:
        if page.filing_place:
            yield "filing_place", _("Offers are filed electronically alone: leave out where to file paper.")
        if page.filing_until:
            yield "filing_until", _("Offers are filed electronically alone: leave out when paper is due.")
    else:
        if not page.filing_place:
            yield "filing_place", _("Say where the signed paper or PDF is to be filed.")
        if page.filing_until is None:
            yield "filing_until", _("Say until when the signed paper or PDF is to be filed.")
        elif page.intake_until and page.filing_until < page.intake_until:
            yield "filing_until", _("The signed paper or PDF cannot be due before the intake ends.")
        elif page.decision_date and page.decision_date < _last_day(page.filing_until):
            yield "filing_until", _("The signed paper or PDF cannot be due after the expected decision.")
    if page.submitters == Submitters.ANYONE and not page.confirmation_days:
        yield "confirmation_days", _("Say within how many days the authorisation must be confirmed.")
