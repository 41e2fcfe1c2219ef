"""Acts on a call that are no change of its terms: ended early, cancelled, given another source page."""

from __future__ import annotations

from hashlib import sha256
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mypart_wagtail.generator.events import append_event
from mypart_wagtail.generator.fields import Words
from mypart_wagtail.grants.models import Call, CallStatus
from mypart_wagtail.grants.notices import tell_of_act
from mypart_wagtail.grants.sources import possible_sources, put_facts_on
from mypart_wagtail.grants.staff import may_manage
from mypart_wagtail.text import clean_text


class ActRefused(Exception):
    """The call is not in a state that allows the act. ``message`` says why."""

    def __init__(self, message: Words) -> None:
        super().__init__(message)
        self.message = message


@transaction.atomic
def end_intake_early(actor: Any, *, call: Call, reason: str) -> Call:
    """End the intake of an open call now, for ``reason``, and tell everyone who works on an offer in it.

    The moment is taken under the lock that submissions take too, so that each offer taken is in and every
    one that arrives later is not. Raises ``PermissionDenied`` and ``ActRefused``.
    """
    call = _locked(actor, call)
    now = timezone.now()
    if not call.is_open(now):
        raise ActRefused(_("Only an intake that is open can be ended early."))
    call.ended_early_at = now
    call.ended_early_reason = _given(reason)
    call.save(update_fields=["ended_early_at", "ended_early_reason"])
    _append(call, "intake_ended_early", actor, now, call.ended_early_reason)
    tell_of_act(call, "call_ended_early", call.ended_early_reason)
    return call


@transaction.atomic
def cancel_call(actor: Any, *, call: Call, reason: str) -> Call:
    """Cancel a call for ``reason``, also after its intake, and tell everyone who has an offer in it.

    Nothing that was written or submitted is lost. Raises ``PermissionDenied`` and ``ActRefused``.
    """
    call = _locked(actor, call)
    now = timezone.now()
    if call.status_at(now) is CallStatus.CANCELLED:
        raise ActRefused(_("The call is cancelled already."))
    call.cancelled_at = now
    call.cancelled_reason = _given(reason)
    call.save(update_fields=["cancelled_at", "cancelled_reason"])
    _append(call, "cancelled", actor, now, call.cancelled_reason)
    tell_of_act(call, "call_cancelled", call.cancelled_reason)
    return call


@transaction.atomic
def name_source(actor: Any, *, call: Call, page: Any) -> Call:
    """From now on the facts of ``call`` come from ``page``, since the page they came from is gone.

    The call itself does not change: its facts are put on the page, as they stand and in its draft. Raises
    ``PermissionDenied``, and ``ActRefused`` unless the page is one of ``possible_sources``.
    """
    call = _locked(actor, call)
    if not page.permissions_for_user(actor).can_edit():
        raise PermissionDenied
    if page not in possible_sources(call):
        raise ActRefused(_("This page cannot be the source of the call."))
    put_facts_on(page, call)
    call.translation_key = page.translation_key
    call.source_locale = page.locale.language_code
    call.save(update_fields=["translation_key", "source_locale"])
    append_event(stream=call.uuid, name="source_named", actor=actor, payload={"page": str(page.pk)})
    return call


def _locked(actor: Any, call: Call) -> Call:
    locked = Call.objects.with_parts().select_for_update(of=("self",)).get(pk=call.pk)
    if not may_manage(actor, locked):
        raise PermissionDenied
    return locked


def _given(reason: str) -> str:
    cleaned = clean_text(reason).strip()
    if not cleaned:
        raise ActRefused(_("Give the reason."))
    return cleaned


def _append(call: Call, name: str, actor: Any, at: Any, reason: str) -> None:
    payload = {"reason_sha256": sha256(reason.encode()).hexdigest()}
    append_event(stream=call.uuid, name=name, actor=actor, at=at, payload=payload)
