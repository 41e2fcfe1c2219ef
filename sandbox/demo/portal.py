"""What makes the demo a portal: the starter's pages, a film in sign language, name, contact and partners."""

import json
import uuid
from typing import Any

from django.db import transaction

from mypart_wagtail.portal.models import (
    ContactPage,
    Partner,
    PinnedPage,
    PortalSettings,
    PortalWords,
    SignLanguagePage,
    SocialLink,
)
from mypart_wagtail.portal.start.building import start_portal
from sandbox.demo.content import code_uuid, read
from sandbox.demo.drawings import stored_drawing
from sandbox.demo.files import stored_file
from sandbox.demo.guide import contact_blocks
from sandbox.demo.pages import EMPTY_PICTURE, DemoSite, make_page
from sandbox.demo.translating import translate


def make_portal(site: DemoSite, actor: Any) -> None:
    """Everything but the words of pages that other modules make, unless it is there already."""
    words = read("portal")
    _make_sign_language_page(site, words["sign_language"], actor)
    _write_settings(site, words)
    start_portal(actor)
    _furnish_contact_pages(actor)


def _furnish_contact_pages(actor: Any) -> None:
    """The starter leaves them with the form alone."""
    guide = read("guide")
    for page in ContactPage.objects.select_related("locale"):
        if not page.body:
            page.body = json.dumps(
                [
                    {"type": kind, "value": value, "id": str(uuid.uuid4())}
                    for kind, value in contact_blocks(guide[page.locale.language_code])
                    if kind != "heading"
                ]
            )
            page.save_revision(user=actor).publish(user=actor)


def _make_sign_language_page(site: DemoSite, words: dict[str, Any], actor: Any) -> None:
    polish = words["pl"]
    film = {
        "title": polish["film_title"],
        "film": stored_file("film.webm").pk,
        "captions": None,
        "is_silent": True,
        "transcript": polish["transcript"],
        "poster": EMPTY_PICTURE,
    }
    page = make_page(
        SignLanguagePage,
        "sign-language",
        site.home,
        actor,
        title=polish["title"],
        slug=polish["slug"],
        lead=polish["lead"],
        search_description=polish["lead"],
        films=json.dumps([{"type": "sign_language", "value": film, "id": str(code_uuid("film/office"))}]),
    )
    translate(page, polish, words["en"], locale=site.english, actor=actor)


@transaction.atomic
def _write_settings(site: DemoSite, words: dict[str, Any]) -> None:
    if PortalSettings.objects.filter(site=site.site).exists():
        return
    settings = PortalSettings.objects.create(site=site.site, **words["settings"])
    for language in ("pl", "en"):
        PortalWords.objects.create(settings=settings, language=language, **words["words"][language])
    for position, partner in enumerate(words["partners"]):
        facts = partner | {"logo": stored_drawing(partner["logo"])}
        Partner.objects.create(settings=settings, sort_order=position, **facts)
    for position, link in enumerate(words["social_links"]):
        SocialLink.objects.create(settings=settings, sort_order=position, **link)
    PinnedPage.objects.create(settings=settings, sort_order=0, page_id=site.calls.pk)
