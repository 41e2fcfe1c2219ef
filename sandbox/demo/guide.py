"""The guide to grants: a page of every block, with pictures and files made here."""

import json
import uuid
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder

from mypart_wagtail.organisations.models import Organisation
from mypart_wagtail.portal.models import ContentPage
from sandbox.demo.content import day, read
from sandbox.demo.drawings import stored_drawing
from sandbox.demo.files import stored_file
from sandbox.demo.pages import EMPTY_CARD, DemoSite, make_page
from sandbox.demo.translating import translate
from sandbox.models import MunicipalPage

Block = dict[str, Any]

EMAIL, PHONE = "ngo@urzad.example.org", "32 555 00 00"
ADDRESS = "ul. Przykładowa 1\n41-400 Mysłowice"
OPEN = ("7:30–15:30", "7:30–17:30", "7:30–13:30")
FILM = "https://www.example.org/trzeci-sektor"
LAST_YEAR = [("24", "12", "180 000"), ("17", "9", "95 500"), ("11", "8", "80 000"), ("6", "4", "36 000")]
MONEY = [("412.5", "180"), ("190", "95.5"), ("120", "80"), ("54", "36")]
OFFERS_BY_YEAR = ("31", "38", "35", "49", "58")
INDEX = [("3.5", "3"), ("4.5", "4"), ("4", "4.5"), ("2", "1.5"), ("3", "3.5"), ("3.5", "2.5")]


def make_guide(site: DemoSite, in_focus: Organisation | None, actor: Any) -> None:
    """The guide in both languages, unless it is there already."""
    words = read("guide")
    page = make_page(
        ContentPage,
        "guide",
        site.home,
        actor,
        title=words["pl"]["title"],
        slug=words["pl"]["slug"],
        body=json.dumps(_body(words["pl"], site, in_focus), cls=DjangoJSONEncoder),
    )
    translate(page, words["pl"], words["en"], locale=site.english, actor=actor)


def _body(words: dict[str, Any], site: DemoSite, in_focus: Organisation | None) -> list[Block]:
    parts = [
        _beginning(words),
        _pictures(words),
        _ways_on(words, site),
        _files(words),
        _figures(words),
        _lists(words, in_focus),
        contact_blocks(words),
    ]
    return [{"type": kind, "value": value} for part in parts for kind, value in part]


def _beginning(words: dict[str, Any]) -> list[tuple[str, Any]]:
    callout = {"kind": "warning", "title": words["important_title"], "text": words["important"]}
    steps = [{"title": title, "text": text, "time": time} for title, text, time in words["steps"]]
    questions = [{"title": title, "text": text} for title, text in words["questions"]]
    quote = {"text": words["quote"], "author": words["quote_author"], "role": words["quote_role"]}
    generator = {
        "heading": words["generator_heading"],
        "intro": words["generator_intro"],
        "selection": "open",
        "area": "",
        "calls": [],
        "layout": "cards",
    }
    return [
        ("paragraph", words["intro"]),
        ("heading", {"text": words["apply_heading"], "level": "2", "anchor": "jak-zlozyc"}),
        ("callout", callout),
        ("steps", {"heading": words["steps_heading"], "steps": _items(steps)}),
        ("offer_generator", generator),
        ("accordion", {"heading": words["questions_heading"], "questions": _items(questions)}),
        ("quote", quote),
    ]


def _pictures(words: dict[str, Any]) -> list[tuple[str, Any]]:
    town = _image(words, "town", words["picture_alt"])
    gallery = [
        {"image": _image(words, name, alt), "caption": caption}
        for name, (alt, caption) in zip(("sail", "notes", "house"), words["gallery"], strict=True)
    ]
    picture = {"image": town, "caption": words["picture_caption"], "author": words["picture_author"]}
    embed = {
        "title": words["embed_title"],
        "url": FILM,
        "description": words["embed_description"],
        "poster": _no_image(),
        "transcript": words["embed_transcript"],
    }
    return [
        ("picture", picture),
        ("gallery", {"heading": words["gallery_heading"], "pictures": _items(gallery)}),
        ("film", _film(words["film_title"], words["film_transcript"], captions=True)),
        ("sign_language", _film(words["sign_title"], words["sign_transcript"], captions=False)),
        ("embed", embed),
    ]


def _film(title: str, transcript: str, *, captions: bool) -> dict[str, Any]:
    return {
        "title": title,
        "film": stored_file("film.webm").pk,
        "captions": stored_file("napisy.vtt").pk if captions else None,
        "is_silent": not captions,
        "transcript": transcript,
        "poster": _no_image(),
    }


def _ways_on(words: dict[str, Any], site: DemoSite) -> list[tuple[str, Any]]:
    city = MunicipalPage.objects.child_of(site.home).get()
    pages = (site.calls, city)
    links = [
        {"link": _link(text, page), "description": description}
        for (text, description), page in zip(words["links"], pages, strict=True)
    ]
    cards = [
        {"title": title, "text": text, "image": _image(words, name, ""), "link": _link("", page)}
        for (title, text), name, page in zip(
            words["cards"], ("notes", "sail", "house"), (site.calls, city, city), strict=True
        )
    ]
    band = {
        "heading": words["band_heading"],
        "text": words["band_text"],
        "link": _link(words["band_button"], site.calls),
    }
    return [
        ("button", {"link": _link(words["button"], site.calls), "style": "primary"}),
        ("call_to_action", band),
        ("cards", {"heading": words["cards_heading"], "cards": _items(cards)}),
        ("link_list", {"heading": words["links_heading"], "links": _items(links)}),
        ("newsletter", {"heading": words["newsletter_heading"], "text": "", "button": ""}),
    ]


def _lists(words: dict[str, Any], in_focus: Organisation | None) -> list[tuple[str, Any]]:
    chosen = {"organisation": str(in_focus.uuid) if in_focus else "", "why": words["focus_why"]}
    return [
        ("latest_news", _list(words["news_heading"], {})),
        ("open_calls", _list(words["open_calls_heading"], {"area": ""})),
        ("organisations", _list(words["organisations_heading"], {"area": ""})),
        ("organisation_in_focus", _list(words["focus_heading"], chosen)),
        ("notices", _list(words["notices_heading"], {})),
    ]


def _list(heading: str, choice: dict[str, Any]) -> dict[str, Any]:
    return {"heading": heading, "count": 3, "link": EMPTY_CARD["link"], **choice}


def _files(words: dict[str, Any]) -> list[tuple[str, Any]]:
    checklist = {
        "document": stored_file("co-przygotowac.txt").pk,
        "title": words["documents_title"],
        "description": words["documents_description"],
    }
    easy = {
        "title": words["etr_title"],
        "summary": words["etr_summary"],
        "document": stored_file("tekst-latwy.txt").pk,
    }
    place = {
        "name": words["place_name"],
        "address": ADDRESS,
        "latitude": "50.2081",
        "longitude": "19.1661",
        "directions": words["place_directions"],
    }
    return [
        ("documents", {"heading": words["documents_heading"], "documents": _items([checklist])}),
        ("easy_to_read", easy),
        ("map_link", place),
    ]


def _figures(words: dict[str, Any]) -> list[tuple[str, Any]]:
    rows = [{"cells": _items([area, *cells])} for area, cells in zip(words["areas"], LAST_YEAR, strict=True)]
    table = {
        "caption": words["table_caption"],
        "columns": _items(words["table_columns"]),
        "rows": _items(rows),
        "row_headers": True,
        **_origin(words),
    }
    numbers = ("212", "58", "33")
    statistics = [
        {"value": value, "label": label} for value, label in zip(numbers, words["statistics"], strict=True)
    ]
    years = [str(day(0).year - ago) for ago in range(len(OFFERS_BY_YEAR), 0, -1)]
    line = list(zip(years, ((count,) for count in OFFERS_BY_YEAR), strict=True))
    bars = list(zip(words["areas"], MONEY, strict=True))
    radar = list(zip(words["radar_rows"], INDEX, strict=True))
    return [
        ("heading", {"text": words["figures_heading"], "level": "2", "anchor": "liczby"}),
        (
            "statistics",
            {
                "heading": words["statistics_heading"],
                "statistics": _items(statistics),
                **_origin(words),
            },
        ),
        ("table", table),
        ("chart", _chart(words, "chart", "bars", words["chart_series"], bars, words["chart_unit"])),
        ("chart", _chart(words, "line", "line", [words["line_series"]], line, "")),
        ("chart", _chart(words, "radar", "radar", words["radar_series"], radar, words["radar_unit"])),
    ]


def _chart(
    words: dict[str, Any], name: str, kind: str, series: list[str], rows: list[Any], unit: str
) -> dict[str, Any]:
    return {
        "title": words[f"{name}_title"],
        "kind": kind,
        "description": words[f"{name}_description"],
        "unit": unit,
        "series": _items(series),
        "rows": _items([{"label": label, "values": _items(list(values))} for label, values in rows]),
        **_origin(words),
    }


def _origin(words: dict[str, Any]) -> dict[str, Any]:
    return {"source": words["source"], "date": day(-30)}


def contact_blocks(words: dict[str, Any]) -> list[tuple[str, Any]]:
    """Whom to ask and when, in ``words`` of the guide."""
    person = {
        "name": words["person_name"],
        "role": words["person_role"],
        "topics": words["person_topics"],
        "image": _no_image(),
        "email": EMAIL,
        "phone": PHONE,
        "other": words["person_other"],
    }
    hours = [{"days": days, "hours": open_} for days, open_ in zip(words["hours"], OPEN, strict=True)]
    help_box = {
        "heading": words["help_heading"],
        "text": words["help_text"],
        "email": EMAIL,
        "phone": PHONE,
        "hours": words["help_hours"],
        "other": words["help_other"],
    }
    return [
        ("heading", {"text": words["contact_heading"], "level": "2", "anchor": "kontakt"}),
        ("contact_person", person),
        (
            "opening_hours",
            {"heading": words["hours_heading"], "hours": _items(hours), "note": words["hours_note"]},
        ),
        ("help_box", help_box),
    ]


def _image(words: dict[str, Any], name: str, alt: str) -> dict[str, Any]:
    return {"image": stored_drawing(name).pk, "alt_text": alt, "decorative": not alt}


def _no_image() -> dict[str, Any]:
    return {"image": None, "alt_text": "", "decorative": False}


def _link(text: str, page: Any) -> dict[str, Any]:
    return {"text": text, "page": page.pk, "document": None, "url": ""}


def _items(values: list[Any]) -> list[Block]:
    """Items of a list block, with the ids by which their translations find them."""
    return [{"type": "item", "id": str(uuid.uuid4()), "value": value} for value in values]
