"""Finding calls: the filters of the public list."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.utils.translation import get_language
from wagtail.models import Site

from mypart_wagtail.grants.models import CallIndexPage, CallPage
from mypart_wagtail.grants.models.call import CALL_STATUS_NAMES, Call, CallQuerySet, CallStatus
from mypart_wagtail.organisations.areas import public_tasks
from mypart_wagtail.sites import pages_of, public

SHOWN = (CallStatus.OPEN, CallStatus.UPCOMING, CallStatus.CLOSED)


class CallFilter:
    """What a visitor asks for: ``status`` and ``area`` from the query string; others are ignored."""

    def __init__(self, query: Mapping[str, str], *, site: Any, now: datetime) -> None:
        self.site = site
        self.now = now
        self.status = query.get("status", "") if query.get("status") in SHOWN else ""
        self.area = query.get("area", "") if query.get("area") in public_tasks() else ""

    @property
    def status_choices(self) -> list[tuple[str, Any]]:
        return [(status.value, CALL_STATUS_NAMES[status]) for status in SHOWN]

    @property
    def area_choices(self) -> list[tuple[str, str]]:
        return list(public_tasks().items())

    def calls(self) -> CallQuerySet:
        """The calls asked for, with everything the list shows; open ones that end first come first."""
        calls = Call.objects.announced().with_parts().filter(site=self.site)
        if self.area:
            calls = calls.in_area(self.area)
        match self.status:
            case CallStatus.OPEN:
                return calls.open_at(self.now).order_by("ends_at", "pk")  # type: ignore[misc]  # annotated
            case CallStatus.UPCOMING:
                return calls.upcoming_at(self.now).order_by("intake_from", "pk")
            case CallStatus.CLOSED:
                return calls.closed_at(self.now).order_by("-ends_at", "-pk")  # type: ignore[misc]  # annotated
        return calls.as_people_look_for_them(self.now)


def addresses(calls: Iterable[Call], request: Any = None) -> dict[UUID, str]:
    """The addresses of the live pages of ``calls`` by translation key, in the language of the moment."""
    return {key: page.get_url(request) or "" for key, page in live_pages(calls).items()}


def live_pages(calls: Iterable[Call], *, is_public: bool = False) -> dict[UUID, CallPage]:
    """The live pages of ``calls`` by translation key, in the language of the moment or else in another.

    With ``is_public`` only those that everyone may see. The number of queries does not grow with the number
    of calls.
    """
    keys = [call.translation_key for call in calls]
    pages = CallPage.objects.live().filter(translation_key__in=keys, alias_of=None).select_related("locale")
    if is_public:
        pages = public(pages)
    # The page in the reader's language comes last, so it is the one that stays.
    in_order = sorted(pages, key=lambda page: page.locale.language_code == get_language())
    return {page.translation_key: page for page in in_order}


def with_addresses(calls: list[Call], request: Any = None) -> list[Call]:
    """``calls``, each with the ``address`` and ``heading`` of its page; without a live page its own title."""
    pages = live_pages(calls)
    for call in calls:
        _address(call, pages.get(call.translation_key), request)
    return calls


def with_public_addresses(calls: list[Call]) -> list[Call]:
    """Those of ``calls`` that have a page for everyone, each with its ``address`` and ``heading``."""
    pages = live_pages(calls, is_public=True)
    found = [call for call in calls if call.translation_key in pages]
    for call in found:
        _address(call, pages[call.translation_key], None)
    return found


def _address(call: Call, page: CallPage | None, request: Any) -> None:
    call.address = page.get_url(request) or "" if page else ""  # type: ignore[attr-defined]
    call.heading = page.title if page else call.title  # type: ignore[attr-defined]


def index_address(request: HttpRequest) -> str:
    """The live list of calls of the site, in the language of the moment or else in another; else its home."""
    page = index_page(Site.find_for_request(request), request)
    return (page.get_url(request) or "/") if page else "/"


def index_page(site: Site | None, request: Any = None) -> CallIndexPage | None:
    """The live list of calls of ``site``, in the language of the moment or else in another."""
    if site is None:
        return None
    lists = CallIndexPage.objects.live().filter(pages_of(site, request)).select_related("locale")
    return min(lists, key=lambda page: page.locale.language_code != get_language(), default=None)
