"""What editors are told in the page tree: that hiding a page ends no intake, and what is not announced."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.db.models import Exists, OuterRef, Q
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail import hooks

from mypart_wagtail.grants.models import Call, CallPage
from mypart_wagtail.moments import format_deadline

OF_ONE_ANNOUNCEMENT = (
    "code",
    "ordinance",
    "bip_address",
    "published_in_bip_on",
    "published_on_board_on",
    "published_on_site_on",
)
"""Facts that no other call has."""


@hooks.register("before_unpublish_page")
@hooks.register("before_delete_page")
def warn_of_hiding(request: HttpRequest, page: Any) -> None:
    _warn(request, [page])


@hooks.register("before_move_page")
def warn_of_moving(request: HttpRequest, page: Any, destination: Any) -> None:
    _warn(request, [page])


@hooks.register("before_bulk_action")
def warn_of_hiding_many(request: HttpRequest, action_type: str, pages: Iterable[Any], action: Any) -> None:
    if action_type in ("unpublish", "delete", "move"):
        _warn(request, [page for page in pages if hasattr(page, "url_path")])


@hooks.register("after_copy_page")
def begin_anew(request: HttpRequest, page: Any, new_page: Any) -> None:
    """The copy of a call is another call: what belongs to one announcement alone is given anew."""
    copy = new_page.specific
    if not isinstance(copy, CallPage) or copy.live or copy.alias_of_id:
        return
    empty = dict.fromkeys(OF_ONE_ANNOUNCEMENT)
    CallPage.objects.filter(pk=copy.pk).update(**empty)
    draft = copy.get_latest_revision_as_object()
    for name in empty:
        setattr(draft, name, None)
    draft.save_revision(user=request.user, clean=False)
    messages.info(
        request, _("This is a new call: give it a code, its own dates and the days of its publication.")
    )


@hooks.register("construct_explorer_page_queryset")
def with_announced(parent: Any, pages: Any, request: HttpRequest) -> Any:
    """Pages with whether each has a record, so that the list says so without asking once more for each."""
    records = Call.objects.filter(translation_key=OuterRef("translation_key"))
    return pages.annotate(mypart_has_call=Exists(records))


def calls_open_under(pages: Iterable[Any]) -> list[Call]:
    """Calls whose intake is open and whose page is one of ``pages`` or below one."""
    under = Q(pk__in=[])
    for page in pages:
        under |= Q(path__startswith=page.path)
    keys = CallPage.objects.filter(under, alias_of=None).values("translation_key")
    now = timezone.now()
    return list(Call.objects.open_at(now).with_counts(now).filter(translation_key__in=keys))


def _warn(request: HttpRequest, pages: Iterable[Any]) -> None:
    for call in calls_open_under(pages):
        messages.warning(request, _warning(call))


def _warning(call: Any) -> str:
    drafts = ngettext("%(count)s draft", "%(count)s drafts", call.drafts) % {"count": call.drafts}
    offers = ngettext("%(count)s offer", "%(count)s offers", call.offers) % {"count": call.offers}
    return _(
        "Offers go on being taken in “%(title)s”, %(deadline)s: there are %(drafts)s and %(offers)s. "
        "This touches the page alone. An intake is ended early among the calls, with a reason."
    ) % {"title": call.title, "deadline": format_deadline(call.deadline), "drafts": drafts, "offers": offers}
