"""How a posted form becomes a message. Whatever is wrong, what was typed comes back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.html import strip_tags
from wagtail.models import Site

from mypart_wagtail.languages import current_language
from mypart_wagtail.middleware import arrived_at
from mypart_wagtail.portal.forms import BarrierForm, MessageForm
from mypart_wagtail.portal.models import Message, PortalSettings
from mypart_wagtail.portal.services import write_message
from mypart_wagtail.ratelimit import client_key, within_rate

TOO_MANY_REQUESTS = 429


def receive_contact(request: HttpRequest, page: Any, serve: Callable[..., Any]) -> HttpResponse:
    """The answer of a contact page, which ``serve`` shows, to a request."""
    shown = _Shown(request, page.get_site(), Message.Kind.CONTACT)
    form = MessageForm(shown.posted, is_known=shown.is_known, address=client_key(request))
    if shown.is_sent_well(form):
        return shown.keep(form)
    response = serve(request)
    response.context_data |= {"form": form, **shown.context()}
    return shown.with_status(response)


def receive_barrier(request: HttpRequest, site: Site) -> HttpResponse:
    """The page for telling of a barrier."""
    shown = _Shown(request, site, Message.Kind.BARRIER)
    form = BarrierForm(
        shown.posted,
        is_known=shown.is_known,
        address=client_key(request),
        initial={"page_address": request.GET.get("page", "")[:500]},
    )
    if shown.is_sent_well(form):
        return shown.keep(form)
    context = {"form": form, **shown.context()}
    return shown.with_status(render(request, "mypart_portal/barrier.html", context))


class _Shown:
    """One request for a form."""

    def __init__(self, request: HttpRequest, site: Site, kind: Message.Kind) -> None:
        self.request, self.site, self.kind = request, site, kind
        self.posted = request.POST if request.method == "POST" else None
        self.is_known = getattr(request, "user", None) is not None and request.user.is_authenticated
        self.settings = PortalSettings.of(site)
        self.is_within_rate = self.posted is None or within_rate(request, f"message-{kind}")

    def is_sent_well(self, form: MessageForm) -> bool:
        return self.posted is not None and self.is_within_rate and form.is_valid()

    def keep(self, form: MessageForm) -> HttpResponse:
        message = write_message(
            site=self.site,
            kind=self.kind,
            needs_link=form.needs_link,
            at=arrived_at(self.request),
            consent=strip_tags(self._privacy()).strip(),
            **form.written(),
        )
        return redirect("mypart_portal:message", message.uuid)

    def context(self) -> dict[str, Any]:
        return {
            "portal": self.settings,
            "privacy": self._privacy(),
            "is_too_often": not self.is_within_rate,
        }

    def with_status(self, response: HttpResponse) -> HttpResponse:
        if not self.is_within_rate:
            response.status_code = TOO_MANY_REQUESTS
        response["Cache-Control"] = "private, no-store"
        return response

    def _privacy(self) -> str:
        words = self.settings.words_in(current_language())
        return words.privacy if words else ""
