"""What stands on a page of the starter, made from its words."""

from __future__ import annotations

import json
import uuid
from typing import Any

from wagtail.models import Page

from mypart_wagtail.blocks.content import content_blocks

RICH = ("for_whom", "time_limits", "legal_basis")
PLAIN = ("lead", "button")
LISTS = ("latest_news", "upcoming_events", "open_calls", "open_consultations")
"""Lists that the home page begins with, as far as their apps are installed."""


def facts_of(kind: type[Page], words: dict[str, Any], help_words: dict[str, str]) -> dict[str, Any]:
    """Values for the fields of ``kind``, by name."""
    names = {field.name for field in kind._meta.get_fields()}
    facts: dict[str, Any] = {name: words[name] for name in (*PLAIN, *RICH) if name in names and name in words}
    if "text" in words and words["text"]:
        facts["body"] = _stream(("paragraph", words["text"]))
    if "steps" in words:
        facts["steps"] = _stream(*(("step", _step(*step)) for step in words["steps"]))
        facts["contact"] = _stream(("help_box", _help_box(help_words)))
    if "sentences" in words:
        facts["body"] = _stream(*(("sentences", _sentences(text)) for text in words["sentences"]))
    return facts


def home_body(heading: str, sections: list[Page]) -> str:
    """The sections of the portal as cards, then lists that fill themselves."""
    offered = content_blocks()
    cards = {"heading": heading, "cards": [_item(_card(page)) for page in sections]}
    return _stream(("cards", cards), *((name, _list(offered[name])) for name in LISTS if name in offered))


def _card(page: Page) -> dict[str, Any]:
    link = _no_link() | {"page": page.pk}
    return {"title": page.title, "text": page.search_description, "image": _no_image(), "link": link}


def _list(block: Any) -> dict[str, Any]:
    chosen = dict.fromkeys(block.choice, "")
    return {"heading": str(block.label), "count": 3, "link": _no_link(), **chosen}


def _item(value: dict[str, Any]) -> dict[str, Any]:
    return {"type": "item", "id": str(uuid.uuid4()), "value": value}


def _step(title: str, text: str, time: str) -> dict[str, str]:
    return {"title": title, "text": f"<p>{text}</p>", "time": time}


def _help_box(words: dict[str, Any]) -> dict[str, str]:
    return {
        **words,
        "email": "office@example.org",
        "phone": "",
        "hours": "",
        "other": "",
    }


def _sentences(text: str) -> dict[str, Any]:
    return {"text": text, "image": _no_image()}


def _no_image() -> dict[str, Any]:
    return {"image": None, "alt_text": "", "decorative": False}


def _no_link() -> dict[str, Any]:
    return {"text": "", "page": None, "document": None, "url": ""}


def _stream(*blocks: tuple[str, Any]) -> str:
    items = [{"type": kind, "value": value, "id": str(uuid.uuid4())} for kind, value in blocks]
    return json.dumps(items)
