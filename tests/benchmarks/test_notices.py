"""The list of notices, its order and feed among ten thousand, beside a list of as many as it shows."""

import pytest

from mypart_wagtail.news.models import NoticeIndexPage, NoticeKind, NoticePage
from tests.benchmarks.many import add_many
from tests.benchmarks.measure import Visitor, cpu_side_by_side
from tests.benchmarks.test_queries import queries
from tests.news.notices import in_days, notice_index

pytestmark = [pytest.mark.benchmark, pytest.mark.django_db(transaction=True)]

MANY = 10_000
SHOWN = NoticeIndexPage.per_page
DAYS = 60


def list_of(number: int, title: str) -> NoticeIndexPage:
    """A list of ``number`` notices of all kinds that end on sixty days to come."""
    found = notice_index(title)
    for day in range(DAYS):
        share = number // DAYS + (day < number % DAYS)
        kind = NoticeKind.values[day % len(NoticeKind.values)]
        add_many(NoticePage, found, share, kind=kind, valid_until=in_days(day), lead="Row.", body="")
    return found


def test_lists_of_notices(table):
    few, many = list_of(SHOWN, "Few"), list_of(MANY, "Many")
    visitor = Visitor()
    asked = {
        "list of notices": "",
        "those of a kind that end soonest": "?kind=partner&order=ending",
        "feed of notices": "rss/",
    }
    for name, path in asked.items():
        counted = [queries(visitor, f"{each.get_url()}{path}") for each in (many, few)]
        table.counts(f"queries, {name}, {MANY} : {SHOWN}", *counted)
    for name, query in {"list of notices": "?kind=", "those that end soonest": "?order=ending"}.items():
        times = cpu_side_by_side(
            lambda query=query: visitor.get(f"{many.get_url()}{query}"),
            lambda query=query: visitor.get(f"{few.get_url()}{query}"),
            rounds=30,
        )
        table.ratio(f"{name}, {MANY} beside {SHOWN}", *times, target=3)
