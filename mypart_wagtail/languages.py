"""The language of the moment, and the one a person reads, for mails sent when nobody is there to ask.

The latter is kept in the person's Wagtail profile, where people with an account in the admin choose it
themselves.
"""

from typing import Any

from django.conf import settings
from django.utils.translation import get_language
from wagtail.users.models import UserProfile


def current_language() -> str:
    """The code of the language active now; the site's own in a host without translations."""
    return get_language() or settings.LANGUAGE_CODE


def language_choices() -> list[tuple[str, Any]]:
    """Languages of the host as (code, name); read when needed, so that migrations hold none."""
    return list(settings.LANGUAGES)


def language_of(user: Any) -> str:
    """The code of the language ``user`` reads; the site's own language where none is known."""
    known = UserProfile.objects.filter(user=user).values_list("preferred_language", flat=True).first()
    return known if known in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


def remember_language(user: Any, language: str | None) -> None:
    """Keep ``language`` as what ``user`` reads, unless the person has chosen one."""
    profile = UserProfile.get_for_user(user)
    if language and not profile.preferred_language:
        profile.preferred_language = language
        profile.save(update_fields=["preferred_language"])
