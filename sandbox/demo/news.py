"""A section with a few news, each with a drawn picture."""

import json
from typing import Any

from mypart_wagtail.portal.models import ContentPage, SectionPage
from sandbox.demo.content import code_uuid, read
from sandbox.demo.drawings import stored_drawing
from sandbox.demo.pages import DemoSite, make_page
from sandbox.demo.translating import translate


def make_news(site: DemoSite, actor: Any) -> None:
    """The section and its pages in both languages, unless they are there already."""
    words = read("news")
    section = _make(SectionPage, "news", site.home, words["section"], site, actor)
    for item in words["items"]:
        body = [
            _block(f"{item['code']}/picture", "picture", _picture(item)),
            _block(f"{item['code']}/text", "paragraph", item["pl"]["text"]),
        ]
        _make(ContentPage, item["code"], section, item, site, actor, body=json.dumps(body))


def _make(
    kind: Any, code: str, parent: Any, words: dict[str, Any], site: DemoSite, actor: Any, **facts: Any
) -> Any:
    polish = words["pl"]
    page = make_page(
        kind,
        f"news/{code}",
        parent,
        actor,
        title=polish["title"],
        slug=polish["slug"],
        lead=polish["lead"],
        search_description=polish["lead"],
        **facts,
    )
    translate(page, polish, words["en"], locale=site.english, actor=actor)
    return page


def _picture(item: dict[str, Any]) -> dict[str, Any]:
    image = stored_drawing(item["drawing"])
    alt = {"image": image.pk, "alt_text": item["pl"]["alt"], "decorative": False}
    return {"image": alt, "caption": "", "author": ""}


def _block(code: str, kind: str, value: Any) -> dict[str, Any]:
    return {"type": kind, "value": value, "id": str(code_uuid(code))}
