"""What can differ between databases, and whether a test marked ``database`` runs it.

PostgreSQL runs only the tests marked ``database``: those whose subject is what databases do differently, and
all that commit. To keep that honest, ``make test`` writes down, while it runs everything on SQLite, each
function of the package that locks rows, breaks a constraint or sends a statement in which databases differ.
If no test with the mark has run it, ``make test`` fails, and names the function and a test that did.
"""

import re
import sys
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from types import CodeType
from typing import Any

import pytest
from django.db import IntegrityError
from django.db.backends.signals import connection_created
from django.db.models import QuerySet

REPOSITORY = Path(__file__).parents[1]
PACKAGE = (f"{REPOSITORY}/mypart_wagtail/", f"{REPOSITORY}/blocks/")
DIFFERS = re.compile(
    r"\bJSON|->|\bLIKE\b|\bREGEXP\b|\bMATCH\b|\bCOLLATE\b|\bCAST\b"
    r"|\bORDER BY\b|\bGROUP BY\b|\bDISTINCT\b|\bOVER\b|\bCASE\b|\bCOALESCE\b"
    r"|\b(MAX|MIN|SUM|AVG|UPPER|LOWER|SUBSTR|REPLACE|LENGTH)\s*\(|\bdjango_\w+\s*\("
    r"|\bON CONFLICT\b|\bINSERT OR\b|\bUNION\b|\bEXCEPT\b|\bRECURSIVE\b"
)
"""JSON, search, case and collation, order (of text and of what is empty), groups, functions, and upserts."""

Found = dict[str, str]
"""Functions that were run, each with one test that did it."""


class Record:
    """Which functions were run by tests with the mark, and which by tests without it."""

    def __init__(self) -> None:
        self.marked: Found = {}
        self.unmarked: Found = {}
        self._test: tuple[Found, str] | None = None
        self._is_by_chance = False

    def begin(self, item: pytest.Item) -> None:
        """A constraint broken in a browser, as by a double click, breaks by chance: that asks for no mark."""
        self._is_by_chance = item.get_closest_marker("browser") is not None
        marked = item.get_closest_marker("database") is not None
        self._test = (self.marked if marked else self.unmarked, item.nodeid)

    def end(self) -> None:
        self._test = None

    def note(self, kind: str) -> None:
        """Write down the innermost function of the package that is running now, if one is."""
        if self._test is not None and (function := _running()):
            found, name = self._test
            found.setdefault(f"{function}: {kind}", name)

    def add(self, other: dict[str, Found]) -> None:
        """Take over what another process has found."""
        self.marked = other["marked"] | self.marked
        self.unmarked = other["unmarked"] | self.unmarked

    def lacking(self) -> Found:
        """What no test with the mark has run."""
        return {what: test for what, test in sorted(self.unmarked.items()) if what not in self.marked}

    def listen(self) -> None:
        """Look from now on at locks, and at the statements of every connection that is opened."""
        self.look_at_locks()
        connection_created.connect(self._opened)

    def look_at_locks(self) -> None:
        """Note each queryset that locks rows: on SQLite Django leaves that out of the statement."""
        lock = QuerySet.select_for_update

        def locking(queryset: QuerySet, *args: Any, **options: Any) -> QuerySet:
            self.note("lock")
            return lock(queryset, *args, **options)

        QuerySet.select_for_update = locking

    def _opened(self, connection: Any, **_signal: Any) -> None:
        if self.look not in connection.execute_wrappers:
            connection.execute_wrappers.append(self.look)

    def look(self, execute: Callable, sql: str, params: Any, many: bool, context: dict) -> Any:
        if differs(sql):
            self.note("statement")
        try:
            return execute(sql, params, many, context)
        except IntegrityError:
            if not self._is_by_chance:
                self.note("constraint")
            raise


class Plugin:
    """Hands what workers have found to the process that started them, and fails where a mark is missing."""

    def __init__(self, config: pytest.Config) -> None:
        self.config = config
        self.record = Record()
        self.record.listen()

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        self.record.begin(item)
        try:
            return (yield)
        finally:
            self.record.end()

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node: Any) -> None:
        if found := getattr(node, "workeroutput", {}).get("differing"):
            self.record.add(found)

    @pytest.hookimpl(tryfirst=True)
    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        if hasattr(self.config, "workeroutput"):
            self.config.workeroutput["differing"] = vars(self.record) | {"_test": None}
        elif self.record.lacking():
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(self, terminalreporter: Any) -> None:
        lacking = self.record.lacking()
        if lacking:
            terminalreporter.section("Not run on PostgreSQL: mark a test of it `database`", red=True)
            for what, test in lacking.items():
                terminalreporter.write_line(f"{what}    {test}")


@cache
def differs(sql: str) -> bool:
    """Whether databases may differ in this statement."""
    return DIFFERS.search(sql) is not None


def _running() -> str | None:
    frame = sys._getframe(2)
    while frame is not None:
        if function := _of_the_package(frame.f_code):
            return function
        frame = frame.f_back
    return None


@cache
def _of_the_package(code: CodeType) -> str | None:
    name = code.co_filename
    if not name.startswith(PACKAGE) or "/migrations/" in name:
        return None
    return f"{Path(name).relative_to(REPOSITORY)} {code.co_qualname}"
