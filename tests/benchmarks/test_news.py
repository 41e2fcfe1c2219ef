"""The list of news, its archive and feed among ten thousand news, beside a list of as many as it shows."""

from datetime import date, timedelta

import pytest

from mypart_wagtail.news.models import NewsIndexPage, NewsPage
from tests.benchmarks.many import add_many
from tests.benchmarks.measure import Visitor, cpu_side_by_side
from tests.benchmarks.test_queries import queries
from tests.news.news import category, index

pytestmark = [pytest.mark.benchmark, pytest.mark.django_db(transaction=True)]

MANY = 10_000
SHOWN = NewsIndexPage.per_page
MONTHS = 60


def list_of(number: int, title: str) -> NewsIndexPage:
    """A list of ``number`` news of five years in two categories."""
    found = index(title)
    subjects = [category(f"{title}-{position}".lower()) for position in range(2)]
    for month in range(MONTHS):
        day = date(2026, 11, 10) - timedelta(days=30 * month)
        share = number // MONTHS + (month < number % MONTHS)
        add_many(NewsPage, found, share, date=day, lead="They sail.", category=subjects[month % 2])
    return found


def test_lists_of_news(table):
    few, many = list_of(SHOWN, "Few"), list_of(MANY, "Many")
    visitor = Visitor()
    for name, path in {"list of news": "", "archive of a month": "2026/11/", "feed of news": "rss/"}.items():
        counted = [queries(visitor, f"{each.get_url()}{path}") for each in (many, few)]
        table.counts(f"queries, {name}, {MANY} : {SHOWN}", *counted)
    times = cpu_side_by_side(
        lambda: visitor.get(f"{many.get_url()}?tag="),
        lambda: visitor.get(f"{few.get_url()}?tag="),
        rounds=30,
    )
    table.ratio(f"list of news, {MANY} beside {SHOWN}", *times, target=3)
