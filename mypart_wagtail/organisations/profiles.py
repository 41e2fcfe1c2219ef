"""What the page of an organisation shows beside what its people wrote."""

from __future__ import annotations

from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.utils import timezone

from mypart_wagtail.blocks.links import web_address
from mypart_wagtail.listings import Asked, Listing
from mypart_wagtail.middleware import arrived_at
from mypart_wagtail.organisations.areas import area_name
from mypart_wagtail.organisations.models import DirectoryEntry, Organisation, RegisterKind
from mypart_wagtail.providers import providers_of
from mypart_wagtail.sites import site_of

SHOWS = "organisations.shows."
"""Providers under this prefix list things of an organisation on its profile:
``(organisation, asked) -> (heading, Listing)``; a list without things is left out."""
SHOWN = 3
MAP = "https://www.openstreetmap.org/search"


class Profile:
    """The card and the directory as ``page`` may tell of them."""

    def __init__(self, page: Any, request: HttpRequest) -> None:
        self.page = page
        self.request = request
        self.card: Organisation = page.organisation

    @cached_property
    def site(self) -> Any:
        return site_of(self.request, self.page)

    @property
    def areas(self) -> list[str]:
        return [area_name(point) for point in self.card.areas]

    @property
    def krs(self) -> str:
        """The number in the court register, "" where the organisation stands in another one."""
        return self.card.register_number if self.card.register_kind == RegisterKind.KRS else ""

    @property
    def takes_tax(self) -> bool:
        """Whether taxpayers may name it: public benefit organisations, by their KRS number."""
        return self.card.is_opp and bool(self.krs)

    @cached_property
    def source(self) -> Any:
        """The page in the main language: what is taken back there is taken back in every language."""
        main = self.site.root_page.locale_id if self.site else self.page.locale_id
        if self.page.locale_id == main:
            return self.page
        pages = type(self.page).objects.filter(translation_key=self.page.translation_key, locale=main)
        return pages.first() or self.page

    @property
    def people(self) -> list[Any]:
        """Those who agree to be shown, with their functions in the language of the page."""
        agreed = {child.id for child in self.source.people or [] if child.value["consent"]}
        return [
            child.value for child in self.page.people or [] if child.id in agreed and child.value["consent"]
        ]

    @property
    def address(self) -> str:
        """The seat, where the organisation shows it; else the town."""
        if not self.source.shows_address:
            return self.card.city
        return f"{self.card.street}, {self.card.postal_code} {self.card.city}"

    @property
    def map_url(self) -> str:
        """A search of OpenStreetMap for the seat: a link, which tells a third party of nobody who reads."""
        return f"{MAP}?{urlencode({'query': self.address})}" if self.source.shows_address else ""

    @property
    def links(self) -> list[tuple[str, str]]:
        """Words and addresses; only those of the web, whatever translators made of them."""
        links = ((link.value["text"], web_address(link.value["url"])) for link in self.page.links or [])
        return [(text, url) for text, url in links if url]

    @cached_property
    def checked_on(self) -> Any:
        entry = DirectoryEntry.objects.filter(organisation=self.card, site=self.site).first()
        return entry and entry.checked_on

    @cached_property
    def lists(self) -> list[tuple[str, Listing]]:
        """News, events and what else other apps tell of the organisation."""
        at = arrived_at(self.request) if self.request else timezone.now()
        asked = Asked(site=self.site, at=at, count=SHOWN, request=self.request)
        found = [provide(self.card, asked) for provide in providers_of(SHOWS)]
        return [(heading, listing) for heading, listing in found if listing.things]
