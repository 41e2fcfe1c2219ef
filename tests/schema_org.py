"""What schema.org declares of the types and properties the portal uses, and whether JSON-LD keeps to it.

From the pages of each type on https://schema.org/ (release 29, CC BY-SA 3.0), read in November 2026.
"""

from datetime import date, datetime
from typing import Any
from urllib.parse import urlsplit

PARENTS = {
    "NewsArticle": "Article",
    "Article": "CreativeWork",
    "CreativeWork": "Thing",
    "Organization": "Thing",
}
PROPERTIES = {
    "Thing": {
        "name": {"Text"},
        "description": {"Text", "TextObject"},
        "url": {"URL"},
        "image": {"ImageObject", "URL"},
        "mainEntityOfPage": {"CreativeWork", "URL"},
    },
    "CreativeWork": {
        "headline": {"Text"},
        "datePublished": {"Date", "DateTime"},
        "dateModified": {"Date", "DateTime"},
        "inLanguage": {"Language", "Text"},
        "author": {"Organization", "Person"},
        "publisher": {"Organization", "Person"},
    },
    "Article": {"articleSection": {"Text"}},
}


def faults(thing: dict[str, Any]) -> list[str]:
    """What in ``thing`` schema.org does not know, or declares of another type; things inside it too."""
    known = _properties(thing["@type"])
    found = [f"{name} is no property of {thing['@type']}" for name in _names(thing) if name not in known]
    for name in _names(thing):
        value = thing[name]
        if isinstance(value, dict):
            found += faults(value)
        if name in known and not any(_is(value, kind) for kind in known[name]):
            found.append(f"{name} is {value!r}, which is none of {sorted(known[name])}")
    return found


def _names(thing: dict[str, Any]) -> list[str]:
    return [name for name in thing if not name.startswith("@")]


def _properties(kind: str) -> dict[str, set[str]]:
    own = PROPERTIES.get(kind, {})
    return {**_properties(PARENTS[kind]), **own} if kind in PARENTS else own


def _is(value: Any, kind: str) -> bool:
    if isinstance(value, dict):
        return value["@type"] == kind
    if kind == "URL":
        return urlsplit(value).scheme in ("http", "https") and bool(urlsplit(value).netloc)
    if kind in ("Date", "DateTime"):
        return _is_moment(value, date if kind == "Date" else datetime)
    return kind == "Text" and bool(value.strip())


def _is_moment(value: str, kind: Any) -> bool:
    try:
        kind.fromisoformat(value)
    except ValueError:
        return False
    return True
