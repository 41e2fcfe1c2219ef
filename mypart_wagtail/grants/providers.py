"""What the grants app gives to lower floors."""

from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, Min
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from wagtail.models import Site

from mypart_wagtail.fragments import Rendered, kept
from mypart_wagtail.grants.listing import index_page, live_pages, with_addresses
from mypart_wagtail.grants.models import Application, Award, Call, CallPage
from mypart_wagtail.languages import current_language
from mypart_wagtail.listings import Asked, Fact, Listed, Listing
from mypart_wagtail.middleware import arrived_at
from mypart_wagtail.moments import format_days_left
from mypart_wagtail.once import once
from mypart_wagtail.sites import site_of
from mypart_wagtail.templatetags.mypart import day, deadline, pln

ON_DASHBOARD = 5
CALLS = "calls"
"""The topic of the fragments that show calls; ``signals.py`` tells when they change."""


def account_link() -> dict[str, str]:
    """The way to one's offers, for the header of every page."""
    return {"title": _("My offers"), "url": reverse("mypart_grants:applications")}


def calls_block(
    *, request: Any = None, page: Any = None, area: str = "", chosen: list[str] | None = None
) -> dict[str, Any]:
    """What the offer generator block shows: cards of calls as HTML, and where a visitor's own offers are.

    The calls are those of the site of ``request``, or else of ``page``, on which the block stands.
    """
    return {
        "cards": _cards(request, site_of(request, page), area, chosen),
        "own_url": reverse("mypart_grants:mine"),
        "own_page_url": reverse("mypart_grants:applications"),
    }


def open_calls(asked: Asked) -> Listing:
    """What the block of open calls shows."""
    area = asked.choice.get("area") or ""
    calls = _calls(asked.request, asked.at, site=asked.site, area=area)
    index = once(
        asked.request, ("grants.index", current_language()), lambda: index_page(asked.site, asked.request)
    )
    return Listing(
        [_listed(call, asked.at) for call in calls[: asked.count]],
        until=_next_change(asked.request, asked.at, calls, asked.site),
        all_url=(index.get_url(asked.request) or "") if index else "",
    )


def _listed(call: Any, at: datetime) -> Listed:
    facts = (
        Fact(_("Deadline for offers"), deadline(call.deadline)),
        Fact(_("Time left"), format_days_left(call.deadline, at)),
        Fact(_("Pool"), pln(call.pool)),
    )
    return Listed(call.heading, call.address, facts=facts)


def own_offers(request: Any) -> tuple[str, Listing]:
    """What the person of ``request`` has to do with: drafts and offers, the most urgent first."""
    at = arrived_at(request)
    own = Application.objects.for_person(request.user).with_parts().without_answers().by_urgency(at)
    things = [_own(application) for application in own[:ON_DASHBOARD]]
    return _("My offers"), Listing(things, until=at, all_url=reverse("mypart_grants:applications"))


def _own(application: Application) -> Listed:
    """A draft leads to its form, an offer to its receipt."""
    document, call = application.document, application.call
    facts = (
        Fact(_("State"), document.get_status_display()),
        Fact(_("Deadline for offers"), deadline(call.deadline)),
    )
    if document.is_open:
        address = reverse("mypart_generator:tasks", args=[document.uuid])
        return Listed(document.title or call.title, address, facts=facts)
    return Listed(application.title, reverse("mypart_grants:receipt", args=[application.uuid]), facts=facts)


def calls_for_dashboard(request: Any) -> tuple[str, Listing]:
    """The open calls of the site of ``request``."""
    asked = Asked(site_of(request), arrived_at(request), count=ON_DASHBOARD, request=request)
    return _("Open calls"), open_calls(asked)


def call_choices() -> list[tuple[str, str]]:
    """Announced calls as (UUID, name), the newest first."""
    return [(str(call.uuid), str(call)) for call in Call.objects.announced().order_by("-intake_until")]


def _cards(request: Any, site: Site | None, area: str, chosen: list[str] | None) -> SafeString:
    at = arrived_at(request) if request else timezone.now()

    def render() -> Rendered:
        calls = _calls(request, at, site=site, area=area, chosen=chosen)
        context = {"calls": calls, "request": request}
        html = render_to_string("mypart_grants/includes/call_cards.html", context).strip()
        return html, _next_change(request, at, calls, site)

    parts = (str(site and site.pk), current_language(), area, repr(chosen))
    return mark_safe(kept(CALLS, parts, render))  # noqa: S308  # rendered by our template


def _calls(
    request: Any, at: datetime, *, site: Site | None, area: str = "", chosen: list[str] | None = None
) -> list[Call]:
    """Calls with the addresses of their pages; the open ones are found once for all blocks of a page."""
    if chosen is not None:
        return with_addresses(find_calls(at, site=site, chosen=chosen), request)

    def find() -> list[Call]:
        return with_addresses(find_calls(at, site=site), request)

    open_now = once(request, ("grants.open_calls", current_language()), find)
    return [call for call in open_now if not area or area in call.areas]


def find_calls(
    at: datetime, *, site: Site | None = None, area: str = "", chosen: list[str] | None = None
) -> list[Call]:
    """Calls open at ``at``, those of an area, or chosen ones in any state and in the order chosen."""
    found = Call.objects.announced().with_parts()
    if site is not None:
        found = found.filter(site=site)
    if chosen is not None:
        by_uuid = {str(call.uuid): call for call in found.filter(uuid__in=chosen)}
        return [by_uuid[uuid] for uuid in chosen if uuid in by_uuid]
    found = found.open_at(at).order_by("ends_at", "pk")  # type: ignore[misc]  # annotated
    if area:
        found = found.in_area(area)
    return list(found)


def _next_change(request: Any, at: datetime, calls: list[Call], site: Site | None) -> datetime:
    """When cards rendered at ``at`` become untrue by the clock: a call opens or closes, or a day is over."""

    def next_opening() -> datetime | None:
        upcoming = Call.objects.upcoming_at(at)
        return (upcoming.filter(site=site) if site else upcoming).aggregate(at=Min("intake_from"))["at"]

    opening = once(request, "grants.next_opening", next_opening)
    midnight = timezone.make_aware(datetime.combine(timezone.localdate(at) + timedelta(days=1), time.min))
    closing = [call.deadline for call in calls if call.deadline > at]
    return min([midnight, *closing, *([opening] if opening else [])])


def offers_of(organisation: Any) -> tuple[str, str]:
    """For staff who look at an organisation: in how many calls it has how many offers that they may read."""
    submitted = Application.objects.exclude(sequence=None).filter(organisation=organisation)
    readable = submitted.readable_at(timezone.now())
    counted = readable.aggregate(offers=Count("pk"), calls=Count("call", distinct=True))
    return _("Offers submitted, without those still sealed"), _("%(offers)d, in calls: %(calls)d") % counted


def awards_of(organisation: Any, asked: Asked) -> tuple[str, Listing]:
    """What the profile of ``organisation`` shows: every grant it was awarded on the site, the newest first.

    All of them, whatever ``asked.count`` is: no other page lists them.
    """
    found = Award.objects.filter(organisation=organisation).with_parts()
    awards = list(found.filter(site=asked.site) if asked.site else found)
    pages = live_pages([award.call for award in awards if award.call], is_public=True)
    things = [_awarded(award, pages, asked.request) for award in awards]
    return _("Awarded grants"), Listing(things, until=asked.at + timedelta(days=1))


def _awarded(award: Award, pages: dict[UUID, CallPage], request: Any) -> Listed:
    """It leads to the public page of its call, else to where the city published the results."""
    page = pages.get(award.call.translation_key) if award.call else None
    facts = [Fact(_("Budget year"), str(award.year)), Fact(_("Amount"), pln(award.amount))]
    if award.awarded_on:
        facts.append(Fact(_("Awarded on"), day(award.awarded_on)))
    address = page.get_url(request) if page else None
    return Listed(award.title, address or award.source_url, facts=tuple(facts))
