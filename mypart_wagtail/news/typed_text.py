"""What people type into one box, as the lead and the body of a page."""

from __future__ import annotations

import re

from django.utils.html import escape, urlize

from mypart_wagtail.blocks.pages import LeadMixin

LONGEST_LEAD = LeadMixin._meta.get_field("lead").max_length or 0
_BETWEEN_PARAGRAPHS = re.compile(r"\n\s*\n")


def lead_and_body(text: str) -> tuple[str, str]:
    """``text`` as a plain lead and HTML paragraphs, either of which may be empty.

    The first paragraph is the lead where it can be one: short, of one line, without links. Addresses become
    links. Whatever looks like HTML is shown as it was typed.
    """
    paragraphs = [each.strip() for each in _BETWEEN_PARAGRAPHS.split(text) if each.strip()]
    has_lead = bool(paragraphs) and _is_lead(paragraphs[0])
    lead = paragraphs[0] if has_lead else ""
    return lead, "".join(map(_html, paragraphs[has_lead:]))


def _is_lead(paragraph: str) -> bool:
    return (
        len(paragraph) <= LONGEST_LEAD and "\n" not in paragraph and _linked(paragraph) == escape(paragraph)
    )


def _html(paragraph: str) -> str:
    return f"<p>{'<br/>'.join(map(_linked, paragraph.splitlines()))}</p>"


def _linked(line: str) -> str:
    return urlize(line, autoescape=True)
