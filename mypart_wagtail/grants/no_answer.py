"""The page that the reverse proxy shows while nobody behind it answers: one file that needs nothing else."""

import base64
import hashlib
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.exceptions import ImproperlyConfigured
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.safestring import mark_safe

STYLESHEET = "mypart/mypart.css"
LANGUAGES = ("pl", "en")


def render_no_answer() -> str:
    """The page in Polish and English, with the host's stylesheet and addresses.

    Raises ``ImproperlyConfigured`` where static files of apps are not found.
    """
    path = finders.find(STYLESHEET)
    if path is None:
        raise ImproperlyConfigured(f"STATICFILES_FINDERS do not find {STYLESHEET}")
    style = Path(path).read_text(encoding="utf-8")
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return render_to_string(
        "mypart_grants/no_answer.html",
        {
            "site_name": settings.WAGTAIL_SITE_NAME,
            "style": mark_safe(style),  # noqa: S308 - a stylesheet of the host's
            "style_hash": f"sha256-{digest}",
            "offers": {language: _offers_in(language) for language in LANGUAGES},
        },
    )


def _offers_in(language: str) -> str:
    with translation.override(language):
        return reverse("mypart_grants:applications")
