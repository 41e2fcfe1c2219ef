"""Which notices are shown and until when, what one can choose in their list, how people see the contact."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.core.paginator import Page as PageOfResults
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from mypart_wagtail.middleware import arrived_at
from mypart_wagtail.moments import end_of_day
from mypart_wagtail.news.authors import author_called, with_authors, with_public_authors
from mypart_wagtail.news.models import NoticeKind
from mypart_wagtail.organisations.models import OrganisationPage
from mypart_wagtail.ratelimit import too_many_requests, within_rate
from mypart_wagtail.sites import public
from mypart_wagtail.text import clean_text

NOTICES = "notices"
"""The topic of the fragments that show notices; ``signals.py`` tells when they change."""
ORDERS = {
    "newest": ("-first_published_at", "-pk"),
    "ending": ("valid_until", "-first_published_at", "-pk"),
}
ORDER_CHOICES = [("newest", _("newest first")), ("ending", _("ending soonest"))]
GONE = 410


def current(notices: QuerySet[Any], at: datetime, request: Any = None) -> QuerySet[Any]:
    """Those that everybody may read at ``at``, the newest first."""
    shown = with_public_authors(public(notices, request)).filter(valid_until__gte=timezone.localdate(at))
    return shown.order_by(*ORDERS["newest"])


def next_midnight(at: datetime) -> datetime:
    """Until when a list of notices made at ``at`` is true at the longest."""
    return end_of_day(timezone.localdate(at))


def answer_gone(page: Any, request: HttpRequest) -> HttpResponse:
    """What stands in the place of a notice whose last day is over."""
    response = page.render(request, template=page.over_template)
    response.status_code = GONE
    # Its author may prolong it.
    response["Cache-Control"] = "no-cache"
    return response


def answer_contact(page: Any, request: HttpRequest) -> HttpResponse:
    """The notice with a button, and with its contact for those who pressed it.

    An address of its own: a form in the page itself would have a token in it, and no cache could keep it.
    """
    is_asked_for = request.method == "POST"
    if is_asked_for and not within_rate(request, "notice-contact"):
        response = too_many_requests(request)
    else:
        response = page.render(request, context_overrides={"contact": "shown" if is_asked_for else "asked"})
    response["Cache-Control"] = "private, no-store"
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response


class NoticeList:
    """Notices of ``index`` as ``request`` asks for them. A choice that is none counts for nothing."""

    def __init__(self, index: Any, request: HttpRequest) -> None:
        asked = request.GET
        self.index = index
        self.all = current(index.notices(), arrived_at(request), request)
        self.kind = asked.get("kind", "") if asked.get("kind") in NoticeKind.values else ""
        self.order = asked.get("order", "") if asked.get("order") in ORDERS else "newest"
        self.author_slug = clean_text(asked.get("organisation", ""))[:255]
        self.number = asked.get("page")

    kinds = NoticeKind.choices
    orders = ORDER_CHOICES

    @cached_property
    def page_obj(self) -> PageOfResults[Any]:
        page = Paginator(self._asked_for(), self.index.per_page).get_page(self.number)
        page.object_list = with_authors(page.object_list)
        return page

    @cached_property
    def author(self) -> OrganisationPage | None:
        """The organisation whose notices are asked for."""
        return author_called(self.author_slug, self.index)

    def _asked_for(self) -> QuerySet[Any]:
        found: Any = self.all.order_by(*ORDERS[self.order])
        if self.kind:
            found = found.filter(kind=self.kind)
        if self.author_slug:
            found = found.child_of(self.author) if self.author else found.none()
        return found
