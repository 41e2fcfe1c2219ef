"""Tags of the blocks' templates: ``{% load mypart_blocks %}``."""

import re
from typing import Any

from django import template
from django.templatetags.static import static
from django.utils.safestring import SafeString
from django.utils.text import slugify
from wagtail.images.shortcuts import get_renditions_or_not_found

from mypart_wagtail.blocks.drawing import marker_svg

register = template.Library()

WIDTHS = (400, 800, 1200)
EXAMPLE = "mypart_blocks/example.svg"


@register.inclusion_tag("mypart_blocks/includes/image.html")
def picture(image: Any, sizes: str = "100vw", caption: str = "") -> dict[str, Any]:
    """An ``img`` in several widths. ``sizes`` says how wide it is shown, as in HTML."""
    alt = "" if getattr(image, "decorative", False) else getattr(image, "contextual_alt_text", "") or ""
    if alt == caption:
        alt = ""  # Nobody needs to hear the caption twice.
    if image.pk is None:
        return {"src": static(EXAMPLE), "width": image.width, "height": image.height, "alt": alt}
    renditions = get_renditions_or_not_found(image, [f"width-{width}" for width in WIDTHS])
    # A picture is never enlarged: a small one has the same rendition for several widths.
    by_width = {rendition.width: rendition for rendition in renditions.values()}
    largest = by_width[max(by_width)]
    return {
        "src": largest.url,
        "srcset": [(one.url, width) for width, one in sorted(by_width.items())] if len(by_width) > 1 else [],
        "sizes": sizes,
        "width": largest.width,
        "height": largest.height,
        "alt": alt,
    }


@register.filter
def poster(image: Any) -> str:
    """The address of a picture shown before a film plays."""
    if image.pk is None:
        return static(EXAMPLE)
    return get_renditions_or_not_found(image, ["width-800"])["width-800"].url


@register.filter
def href(document: Any) -> str:
    """The address of a document."""
    return document.url if document.pk else "#"


@register.filter
def tel(phone: str) -> str:
    """``tel:+48325550000``: a number without a country is a Polish one."""
    digits = re.sub(r"[^\d+]", "", phone)
    return f"tel:{digits}" if digits.startswith("+") else f"tel:+48{digits}"


@register.filter
def file_name(title: str) -> str:
    """``title`` as the name of a file, in letters every system knows."""
    return slugify(title.replace("ł", "l").replace("Ł", "L")) or "data"


@register.filter
def marker(series: int) -> SafeString:
    """The sign of a series in a chart's legend."""
    return marker_svg(series)
