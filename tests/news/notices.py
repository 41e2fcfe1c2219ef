"""Notices for tests."""

from datetime import date, timedelta
from typing import Any

from django.utils import timezone
from wagtail.models import Page

from mypart_wagtail.news.models import NoticeIndexPage, NoticePage
from tests.portal.pages import add

EMAIL, PHONE, NAME = "hanna@club.example.org", "32 555 77 88", "Hanna Reja"
SECRETS = (EMAIL, PHONE, NAME)


def in_days(days: int) -> date:
    return timezone.localdate() + timedelta(days=days)


def notice_index(title: str = "Notices", *, language: str = "en", **facts: Any) -> NoticeIndexPage:
    return add(NoticeIndexPage, title, language=language, **{"lead": "Wanted and offered.", **facts})


def notice(parent: Page, title: str = "Rowers wanted", **facts: Any) -> NoticePage:
    """A published notice, valid for ten days unless told otherwise."""
    usual = {
        "kind": "volunteers",
        "lead": "No boat of your own needed.",
        "body": "<p>We row on Saturdays.</p>",
        "place": "Pier",
        "valid_until": in_days(10),
        "contact_name": NAME,
        "contact_email": EMAIL,
        "contact_phone": PHONE,
    }
    page = NoticePage(title=title, **(usual | facts))
    parent.add_child(instance=page)
    page.save_revision().publish()
    return NoticePage.objects.get(pk=page.pk)
