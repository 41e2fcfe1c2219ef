"""The marks by which PostgreSQL and `make test-quick` leave tests out are there where they must be."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.db import connection
from django.db.models import QuerySet
from django.utils import timezone

from mypart_wagtail.grants.services.applications import start_application
from tests.conftest import ONCE, is_marked
from tests.differing import Record
from tests.grants.calls import open_call
from tests.people import member, organisation
from tests.together import TOGETHER

REPOSITORY = Path(__file__).parents[1]


def item(name: str, *marks: str) -> SimpleNamespace:
    return SimpleNamespace(nodeid=name, get_closest_marker=lambda mark: mark if mark in marks else None)


@pytest.fixture
def record(monkeypatch, db) -> Iterator[Record]:
    monkeypatch.setattr(QuerySet, "select_for_update", QuerySet.select_for_update)
    record = Record()
    record.look_at_locks()
    with connection.execute_wrapper(record.look):
        yield record


def start() -> None:
    club = organisation()
    start_application(member(club, "ola"), call=open_call(), organisation=club, at=timezone.now())


def test_what_locks_or_sends_other_statements_needs_a_test_with_the_mark(record):
    record.begin(item("tests/test_one.py::test_a"))
    start()
    record.end()
    lacking = record.lacking()
    assert {what.partition(":")[2].strip() for what in lacking} >= {"lock", "statement"}
    assert set(lacking.values()) == {"tests/test_one.py::test_a"}
    other = Record()
    other.marked = dict.fromkeys(lacking, "tests/test_two.py::test_b")
    record.add(vars(other))
    assert record.lacking() == {}


def test_what_nobody_tests_now_is_not_written_down(record):
    start()
    assert record.lacking() == {}


@pytest.mark.django_db(transaction=True)
def test_what_commits_runs_on_postgresql_unless_it_is_left_out(request):
    assert request.node.get_closest_marker("database")
    left_out = [item for item in request.session.items if is_marked(item, *ONCE)]
    written = [each for each in left_out if each.get_closest_marker("database")]
    assert {each.originalname for each in written} <= {
        "test_only_those_enter_who_may",
        "test_each_role_opens_what_the_table_says",
        "test_running_it_again_changes_nothing",
        "test_links_in_mail_lead_to_the_demo",
        "test_it_makes_the_table_of_contents_of_my_part_in_both_languages",
        "test_the_home_page_leads_to_each_section",
        "test_ten_thousand_readers_get_it_once_although_the_worker_is_killed_twice",
    }


def test_a_slow_test_without_the_mark_fails(tmp_path):
    (tmp_path / "conftest.py").write_text(
        "from tests import slow\n"
        "slow.MOST_SECONDS = 0.3\n"
        "def pytest_configure(config):\n"
        "    config.addinivalue_line('markers', 'slow: ')\n"
        "    config.pluginmanager.register(slow.Plugin())\n"
    )
    (tmp_path / "test_it.py").write_text(
        "import pytest\n"
        "def test_quick(): pass\n"
        "def test_slow(): assert sum(range(40_000_000))\n"
        "@pytest.mark.slow\n"
        "def test_marked(): assert sum(range(40_000_000))\n"
    )
    command = [sys.executable, "-m", "pytest", "-q", "-c", "/dev/null", "-p", "no:django", tmp_path]
    done = subprocess.run(
        command,
        cwd=tmp_path,
        env={"PYTHONPATH": str(REPOSITORY)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert "1 failed, 2 passed" in done.stdout, done.stdout + done.stderr
    assert "s of CPU: mark it `slow`" in done.stdout


def test_what_is_slow_is_on_the_list_of_what_is_left_out(request):
    told = (REPOSITORY / "docs" / "explanation" / "testing.md").read_text()
    listed = told.partition("## What `make test-quick` leaves out")[2].partition("\n## ")[0]
    slow = {item.path for item in request.session.items if is_marked(item, "slow")}
    paths = {path.relative_to(REPOSITORY / "tests") for path in slow}
    assert {
        path for path in paths if f"`{path}`" not in listed and f"`{path.parent}/`" not in listed
    } == set()


def test_what_tests_share_is_named_by_a_path_that_is_there():
    assert [path for path in TOGETHER if not (REPOSITORY / path).exists()] == []
