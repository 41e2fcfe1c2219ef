"""Publishing legal texts, and recording who was shown which."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from wagtail.log_actions import log

from mypart_wagtail.organisations.models import Authority, LegalText, LegalTextShown
from mypart_wagtail.organisations.models.legal_text import person_key


@transaction.atomic
def publish_text(
    actor: Any, *, authority: Authority, kind: str, language: str, title: str, body: str
) -> LegalText:
    """Publish a new version, or the translation of the newest one; its number follows by itself."""
    # Two who publish at once take turns, and get two numbers.
    Authority.objects.select_for_update(of=("self",)).get(pk=authority.pk)
    version = LegalText.objects.all().next_version(authority, kind, language)
    text = LegalText.objects.create(
        authority=authority, kind=kind, language=language, version=version, title=title, body=body
    )
    log(text, "wagtail.create", user=actor)
    return text


def record_shown(actor: Any, *, texts: list[LegalText], place: str) -> None:
    """Write down which versions of legal texts ``actor`` was shown."""
    key = person_key(actor.email)
    LegalTextShown.objects.bulk_create(
        LegalTextShown(text=text, user=actor, person_key=key, place=place) for text in texts
    )
