"""What the newsletter of the demo says of itself, a few readers and a draft of an edition."""

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone
from wagtail.models import Site

from mypart_wagtail.newsletter.models import Edition, NewsletterSettings, NewsletterWords, Subscriber
from sandbox.demo.content import read


def make_newsletter(site: Site, actor: Any) -> None:
    """All of it, unless it is there already."""
    words = read("newsletter")
    now = timezone.now()
    _write_settings(site, words["words"])
    for reader in words["readers"]:
        Subscriber.objects.get_or_create(
            site=site,
            email=reader["email"],
            defaults={"language": reader["language"], "topics": reader["topics"], "confirmed_at": now},
        )
    if not Edition.objects.filter(site=site).exists():
        _make_draft(site, words["edition"], actor, now)


def _write_settings(site: Site, words: dict[str, Any]) -> None:
    settings, is_new = NewsletterSettings.objects.get_or_create(site=site)
    if is_new:
        for language, facts in words.items():
            NewsletterWords.objects.create(settings=settings, language=language, **facts)


def _make_draft(site: Site, facts: dict[str, Any], actor: Any, now: datetime) -> None:
    Edition.objects.create(
        site=site,
        language="pl",
        since=now - timedelta(days=30),
        until=now + timedelta(days=30),
        created_by=actor,
        **facts,
    )
