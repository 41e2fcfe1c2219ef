"""Calls for other programs: a feed of announcements and calendars of deadlines."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.contrib.syndication.views import Feed
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _
from icalendar import Alarm, Calendar, Event
from wagtail.models import Site

from mypart_wagtail.grants.listing import index_address, with_addresses
from mypart_wagtail.grants.models import Call
from mypart_wagtail.grants.models.call import CALL_STATUS_NAMES, CallQuerySet
from mypart_wagtail.languages import current_language
from mypart_wagtail.middleware import arrived_at
from mypart_wagtail.moments import format_deadline
from mypart_wagtail.money import format_pln
from mypart_wagtail.programs import for_programs
from mypart_wagtail.text import clean_text

MOST = 100


def calls_of_site(request: HttpRequest) -> CallQuerySet:
    return Call.objects.announced().with_parts().filter(site=Site.find_for_request(request))


def address(call: Any) -> str:
    return call.address or reverse("mypart_grants:start", args=[call.uuid])


class CallFeed(Feed):
    """Atom feed of the calls of a site, those announced last first."""

    feed_type = Atom1Feed

    def title(self) -> str:
        return _("Calls for offers")

    def link(self, request: HttpRequest) -> str:
        return index_address(request)

    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpRequest:
        return request

    def items(self, request: HttpRequest) -> list[Call]:
        calls = with_addresses(list(calls_of_site(request).order_by("-created_at", "-pk")[:MOST]), request)
        for call in calls:
            call.status = CALL_STATUS_NAMES[call.status_at(arrived_at(request))]  # type: ignore[attr-defined]
        return calls

    def item_title(self, call: Any) -> str:
        return clean_text(call.heading)

    def item_description(self, call: Any) -> str:
        return _("%(authority)s, %(status)s. Offers until: %(deadline)s. Pool: %(pool)s.") % {
            "authority": clean_text(str(call.authority)),
            "status": call.status,
            "deadline": format_deadline(call.deadline),
            "pool": format_pln(call.pool, current_language()),
        }

    def item_link(self, call: Any) -> str:
        return address(call)

    def item_guid(self, call: Any) -> str:
        return f"urn:uuid:{call.uuid}"

    item_guid_is_permalink = False

    def item_pubdate(self, call: Any) -> datetime:
        return call.created_at

    def item_updateddate(self, call: Any) -> datetime:
        return call.changed_at


@for_programs
def calendar(request: HttpRequest) -> HttpResponse:
    """iCalendar of the deadlines of a site's calls, each with a reminder three days before."""
    calls = calls_of_site(request).order_by("-intake_until", "-pk")[:MOST]
    return _calendar(request, list(calls), filename="calls.ics")


@for_programs
def call_calendar(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The deadline of one call, to be put into a calendar."""
    call = get_object_or_404(calls_of_site(request), uuid=uuid)
    return _calendar(request, [call], filename="call.ics")


def _calendar(request: HttpRequest, calls: list[Call], *, filename: str) -> HttpResponse:
    found = Calendar()
    found.add("prodid", "-//mypart-wagtail//calls//")
    found.add("version", "2.0")
    found.add("x-wr-calname", _("Deadlines of calls for offers"))
    for call in with_addresses(calls, request):
        found.add_component(_deadline_event(request, call))
    response = HttpResponse(found.to_ical(), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{filename}"'
    return response


def _deadline_event(request: HttpRequest, call: Any) -> Event:
    event = Event()
    event.add("uid", f"{call.uuid}@mypart-wagtail")
    event.add("dtstamp", call.changed_at)
    event.add("sequence", call.change_count)
    event.add("dtstart", _day_and_hour(call.deadline))
    event.add("summary", _("Offers until: %(title)s") % {"title": call.heading})
    event.add("description", f"{format_deadline(call.deadline)}\n{call.authority}")
    event.add("url", request.build_absolute_uri(address(call)))
    if call.cancelled_at:
        event.add("status", "CANCELLED")
    else:
        event.add_component(_reminder(call))
    return event


def _day_and_hour(deadline: datetime) -> datetime:
    """Where a calendar shows ``deadline``: the end of a day on that day, not at 00:00 of the next one.

    In UTC, which every program knows; it shows it in the zone of its reader.
    """
    ends_a_day = timezone.localtime(deadline).time() == time.min
    return (deadline - timedelta(minutes=ends_a_day)).astimezone(UTC)


def _reminder(call: Any) -> Alarm:
    reminder = Alarm()
    reminder.add("action", "DISPLAY")
    reminder.add("description", call.heading)
    reminder.add("trigger", timedelta(days=-3))
    return reminder
