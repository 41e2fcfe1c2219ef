"""The directory among ten thousand organisations, beside one of as many as it shows and a bare query."""

import pytest
from django.utils import timezone

from mypart_wagtail.organisations.directory import Asked
from mypart_wagtail.organisations.models import (
    DirectoryEntry,
    DirectoryPage,
    EntryArea,
    Organisation,
    OrganisationPage,
)
from mypart_wagtail.text import fold
from tests.benchmarks.many import add_many
from tests.benchmarks.measure import Visitor, cpu_side_by_side, wall_time
from tests.benchmarks.test_queries import queries
from tests.organisations.public import directory
from tests.sites import default_site

pytestmark = [pytest.mark.benchmark, pytest.mark.django_db(transaction=True)]

MANY = 10_000
SHOWN = DirectoryPage.per_page
TOWNS = ("Mysłowice", "Katowice", "Tychy", "Łaziska")


def add_organisations(first: int, number: int) -> list[Organisation]:
    """Cards in four towns and forty areas, all of them in the directory."""
    cards = Organisation.objects.bulk_create(
        Organisation(
            name=f"Stowarzyszenie Żagiel {position}",
            legal_form="association",
            register_kind="krs",
            register_number=f"{position:010}",
            city=TOWNS[position % 4],
            areas=[str(position % 30 + 1)],
            is_opp=position % 5 == 0,
        )
        for position in range(first, first + number)
    )
    entries = DirectoryEntry.objects.bulk_create(
        DirectoryEntry(
            organisation=card,
            site=default_site(),
            name_key=fold(card.name),
            place_key=fold(card.city),
            accepted_at=timezone.now(),
        )
        for card in cards
    )
    EntryArea.objects.bulk_create(
        EntryArea(entry=entry, point=entry.organisation.areas[0]) for entry in entries
    )
    return cards


def test_the_directory(table):
    page = directory()
    visitor = Visitor()
    asked = {"all of them": "?order=name", "a search": "?q=zagiel+1&area=2", "data": "?format=json"}
    for card in add_organisations(0, SHOWN):
        add_many(OrganisationPage, page, 1, organisation=card, about="", how_to_help="")
    few = {name: queries(visitor, f"{page.get_url()}{query}") for name, query in asked.items()}
    small = cpu_side_by_side(lambda: visitor.get(f"{page.get_url()}?q="), lambda: None, rounds=30)[0]
    add_organisations(SHOWN, MANY - SHOWN)
    for name, query in asked.items():
        table.counts(
            f"queries, directory, {name}, {MANY} : {SHOWN}",
            queries(visitor, f"{page.get_url()}{query}"),
            few[name],
        )
    large = cpu_side_by_side(lambda: visitor.get(f"{page.get_url()}?q="), lambda: None, rounds=30)[0]
    table.ratio(f"directory, {MANY} beside {SHOWN}", large, small, target=3)
    found = Asked({"q": "żagiel 12", "place": "mysł", "area": "13", "opp": "1"}).entries(default_site())
    table.time(
        f"search among {MANY} organisations",
        wall_time(lambda: (found.all().count(), list(found.all()[:SHOWN])), rounds=9),
        target=50,
    )
    bare = DirectoryEntry.objects.all()
    table.time(
        "a bare LIMIT 20 of the same table", wall_time(lambda: list(bare.all()[:SHOWN]), rounds=9), target=50
    )
