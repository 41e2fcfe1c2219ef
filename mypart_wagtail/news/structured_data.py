"""A piece of news as search engines and social media read it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from wagtail.images.shortcuts import get_rendition_or_not_found

from mypart_wagtail.sites import site_of

SHARED_PICTURE = "fill-1200x630"
"""The size that social media show whole."""


def news_article(page: Any, request: HttpRequest) -> dict[str, Any]:
    """``page``, with its author, as a ``NewsArticle`` of https://schema.org/NewsArticle for JSON-LD."""
    site = site_of(request, page)
    publisher = {"@type": "Organization", "name": (site and site.site_name) or request.get_host()}
    changed = page.last_published_at
    found = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": page.title,
        "description": page.search_description or page.lead,
        "datePublished": page.date.isoformat(),
        "dateModified": changed.isoformat() if changed else "",
        "inLanguage": page.locale.language_code,
        "mainEntityOfPage": page.get_full_url(request) or "",
        "image": picture_url(page, request),
        "articleSection": page.category.name if page.category else "",
        "author": _organisation(page.author, request) if page.author else publisher,
        "publisher": publisher,
    }
    return {name: value for name, value in found.items() if value}


def _organisation(profile: Any, request: HttpRequest) -> dict[str, str]:
    found = {"@type": "Organization", "name": profile.title}
    return found | {"url": profile.get_full_url(request) or ""} if profile.live else found


def picture_url(page: Any, request: HttpRequest) -> str:
    """The whole address of the picture of ``page``, "" where there is none."""
    if page.picture is None:
        return ""
    picture = get_rendition_or_not_found(page.picture, SHARED_PICTURE)
    return request.build_absolute_uri(picture.url)
