"""Calls for tests: published pages and their records."""

from contextlib import AbstractContextManager
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from unittest import mock

from django.utils import timezone

from mypart_wagtail.grants.models import Call, CallIndexPage, CallPage
from mypart_wagtail.organisations.models import Authority
from tests.sites import default_site


def index() -> CallIndexPage:
    found = CallIndexPage.objects.first()
    if found is None:
        found = CallIndexPage(title="Konkursy", slug="konkursy")
        default_site().root_page.add_child(instance=found)
    return found


def authority() -> Authority:
    return Authority.objects.get_or_create(site=default_site(), name="Prezydent Miasta Mysłowice")[0]


def call_page(**facts: Any) -> CallPage:
    """A live page that has everything the law wants. Its intake is open now unless told otherwise."""
    now = timezone.now().replace(microsecond=0)
    today = timezone.localdate()
    until = facts.get("intake_until", now + timedelta(days=40)) or now
    last = max(until, facts.get("filing_until") or until)
    was_published = {"first_published_at": until - timedelta(days=30)} if until < now else {}
    page = CallPage(
        **{
            **was_published,
            "title": "Sport dzieci i młodzieży",
            "code": f"MYS/2026/{CallPage.objects.count() + 1}",
            "authority": authority(),
            "kind": "wspieranie",
            "areas": ["17"],
            "pool": Decimal("100000.00"),
            "grant_max": Decimal("50000.00"),
            "intake_from": now - timedelta(days=10),
            "intake_until": now + timedelta(days=40),
            "task_from": date(2027, 1, 1),
            "task_until": date(2029, 12, 31),
            "decision_date": max(date(2027, 1, 31), (last + timedelta(days=14)).date()),
            "grant_rules": "<p>Dotację dostaje ten, kto spełni warunki.</p>",
            "conditions": "<p>Zadanie odbywa się w Mysłowicach.</p>",
            "criteria": "<p>Komisja ocenia w skali 0–100.</p>",
            "previous_tasks": "<p>2025: 80 000 zł, 2026: 90 000 zł.</p>",
            "legal_basis": "Art. 11 i 13 ustawy z dnia 24 kwietnia 2003 r.",
            "bip_address": "https://bip.example.org/konkurs",
            "published_in_bip_on": today - timedelta(days=30),
            "published_on_board_on": today - timedelta(days=30),
            "published_on_site_on": today - timedelta(days=30),
            "short_notice_reason": "Test",
            "contact": "Biuro, tel. 32 222 00 00",
            **facts,
        }
    )
    index().add_child(instance=page)
    return page


def published(page: CallPage, user: Any = None) -> Call:
    """Publish ``page`` as an editor does and give its record."""
    page.save_revision(user=user).publish(user=user)
    return Call.objects.with_parts().get(translation_key=page.translation_key)


def open_call(**facts: Any) -> Call:
    return published(call_page(**facts))


def clock_at(moment: datetime) -> AbstractContextManager[Any]:
    """The server's own clock stands at ``moment``."""
    return mock.patch("django.utils.timezone.now", return_value=moment)


def once_settled(call: Call) -> AbstractContextManager[Any]:
    """The server's own clock stands at the moment from which everyone is told what was in."""
    return clock_at(Call.objects.get(pk=call.pk).settled_at)


def at(text: str) -> datetime:
    """A moment in the site's time zone: ``at("2026-12-14 15:30")``."""
    return timezone.make_aware(datetime.fromisoformat(text))
