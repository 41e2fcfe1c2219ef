"""The directory as the public reads it: what one asks for, and what is found."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Any

from django.core.paginator import Page as PageOfResults
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from wagtail.models import Site

from mypart_wagtail.languages import current_language
from mypart_wagtail.organisations.areas import area_name, public_tasks
from mypart_wagtail.organisations.models import DirectoryEntry, LegalForm, Organisation, OrganisationPage
from mypart_wagtail.sites import pages_of, public
from mypart_wagtail.text import clean_text, fold

ORGANISATIONS = "organisations"
"""The topic of the fragments that show organisations; ``signals.py`` tells when they change."""
LONGEST_WORDS = 100
MOST_AREAS = 2
ORDERS = {
    "name": ("name_key", "pk"),
    "place": ("place_key", "name_key", "pk"),
    "newest": ("-accepted_at", "-pk"),
}


class Asked:
    """What a visitor asks for in the query string; what is no choice is ignored."""

    def __init__(self, query: Mapping[str, str]) -> None:
        self.words = _typed(query.get("q"))
        self.place = _typed(query.get("place"))
        self.area = _one_of(query.get("area"), public_tasks())
        self.legal_form = _one_of(query.get("form"), LegalForm.values)
        self.is_opp = query.get("opp") == "1"
        self.order = _one_of(query.get("order"), ORDERS) or "name"

    def entries(self, site: Site | None) -> QuerySet[DirectoryEntry]:
        """Entries of the directory of ``site`` that answer everything asked, in the order asked for."""
        conditions = [Q(site=site), *map(_of_name_or_register, fold(self.words).split())]
        if self.place:
            conditions.append(Q(place_key__contains=fold(self.place)))
        if self.area:
            conditions.append(Q(areas__point=self.area))
        if self.legal_form:
            conditions.append(Q(organisation__legal_form=self.legal_form))
        if self.is_opp:
            conditions.append(Q(organisation__is_opp=True))
        found = DirectoryEntry.objects.filter(*conditions).select_related("organisation")
        return found.order_by(*ORDERS[self.order])


def _of_name_or_register(word: str) -> Q:
    """KRS, NIP and REGON find an organisation too, whole; KRS also without its zeros in front."""
    of_name = Q(name_key__contains=word)
    if not word.isdecimal():
        return of_name
    numbers = (word, word.zfill(10))
    return (
        of_name
        | Q(organisation__register_number__in=numbers)
        | Q(organisation__nip=word)
        | Q(organisation__regon=word)
    )


class Directory:
    """The directory of ``site`` as one page of it shows it."""

    def __init__(self, request: HttpRequest, *, site: Site | None, per_page: int) -> None:
        self.request = request
        self.site = site
        self.asked = Asked(request.GET)
        self.per_page = per_page

    @cached_property
    def page_obj(self) -> PageOfResults[Any]:
        """Entries, each with the ``address`` of its profile or else of its web site."""
        entries = self.asked.entries(self.site)
        page = Paginator(entries, self.per_page).get_page(self.request.GET.get("page"))
        page.object_list = with_addresses(list(page.object_list), self.site, self.request)
        return page

    @property
    def area_choices(self) -> list[tuple[str, str]]:
        return list(public_tasks().items())

    @property
    def form_choices(self) -> list[tuple[str, Any]]:
        return list(LegalForm.choices)

    @property
    def download_query(self) -> str:
        """What is asked for, as the addresses of downloads repeat it."""
        query = self.request.GET.copy()
        for name in ("page", "format"):
            query.pop(name, None)
        return query.urlencode()


def with_addresses(entries: list[DirectoryEntry], site: Site | None, request: Any = None) -> list[Any]:
    """``entries``, each with the ``address`` of its profile or else of its web site, and its ``summary``."""
    pages = live_profiles([entry.organisation_id for entry in entries], site, request)
    for entry in entries:
        page = pages.get(entry.organisation_id)
        website = entry.organisation.website
        entry.address = (page.get_url(request) if page else "") or website  # type: ignore[attr-defined]
        entry.lead = page.lead if page else ""  # type: ignore[attr-defined]
        entry.summary = summary(entry.organisation)  # type: ignore[attr-defined]
    return entries


def live_profiles(
    organisations: Iterable[int], site: Site | None, request: Any = None
) -> dict[int, OrganisationPage]:
    """Live profiles by the id of their organisation, in the language of the moment or else in another."""
    pages = public(OrganisationPage.objects.filter(organisation__in=list(organisations)), request)
    if site is not None:
        pages = pages.filter(pages_of(site, request))
    pages = pages.select_related("locale").only(
        "url_path", "locale", "lead", "organisation", "title", "content_type", "path", "depth"
    )
    # The page in the reader's language comes last, so it is the one that stays.
    in_order = sorted(pages, key=lambda page: page.locale.language_code == current_language())
    return {page.organisation_id: page for page in in_order}


def summary(organisation: Organisation) -> str:
    """Town and what it does most: statutory names are long, and a card is no register."""
    shown = "; ".join(map(area_name, organisation.areas[:MOST_AREAS]))
    return f"{organisation.city}: {shown}" if shown else organisation.city


def _typed(text: str | None) -> str:
    return clean_text(text or "").strip()[:LONGEST_WORDS]


def _one_of(value: str | None, choices: Iterable[str]) -> str:
    return value if value in set(choices) and value else ""
