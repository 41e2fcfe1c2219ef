from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.cache import cache
from django.db import connection
from django.utils import translation

from mypart_wagtail.ratelimit import limiter
from tests import databases, differing, slow, together
from tests.deployment.city import City, deployed
from tests.deployment.throwaway import missing

ONCE = ("browser", "slow", "servers", "benchmark")
"""Tests that PostgreSQL runs only where they say ``database`` themselves, even if they commit."""


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--check-marks", action="store_true", help="fail if a mark is missing, in a whole run")


def pytest_configure(config: pytest.Config) -> None:
    if config.getoption("check_marks"):
        config.pluginmanager.register(differing.Plugin(config), "differing")
        config.pluginmanager.register(slow.Plugin(), "slow")


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> together.Scheduling:
    return together.Scheduling(config, log)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what follows from other marks, and put everything into its turn, so that no worker ends alone."""
    for item in items:
        if commits(item) and not is_marked(item, *ONCE):
            item.add_marker("database")
    items.sort(key=turn)


def turn(item: pytest.Item) -> int:
    """What takes long comes first. What commits comes last: the database it leaves has no site any more."""
    if commits(item) or together.shared(item.nodeid) == "databases":
        return 2
    return 0 if is_marked(item, "slow", "servers") else 1


def is_marked(item: pytest.Item, *marks: str) -> bool:
    return any(map(item.get_closest_marker, marks))


def commits(item: pytest.Item) -> bool:
    """Whether the test needs transactions of its own, as where several people act at once."""
    marker = item.get_closest_marker("django_db")
    asked = marker is not None and marker.kwargs.get("transaction", False)
    return asked or not {"transactional_db", "live_server"}.isdisjoint(item.fixturenames)


@pytest.fixture(scope="session")
def migrated(request: pytest.FixtureRequest) -> Path:
    """Where the database is kept that the migrations of now have made."""
    folder = request.config.rootpath / ".pytest_cache" / "migrated"
    folder.mkdir(parents=True, exist_ok=True)
    return folder / f"{databases.migrations_hash()}.sqlite3"


@pytest.fixture(scope="session")
def django_db_keepdb(
    request: pytest.FixtureRequest, migrated: Path, django_db_modify_db_settings: None
) -> bool:
    """Whether the run begins with a database that is there; on SQLite one that an earlier run migrated."""
    if connection.vendor != "sqlite":
        return request.config.getvalue("reuse_db")
    return databases.lay_out(migrated, Path(connection.settings_dict["TEST"]["NAME"]))


@pytest.fixture(scope="session")
def django_db_setup(
    django_db_setup: None, django_db_blocker: object, django_db_keepdb: bool, migrated: Path
) -> Iterator[None]:
    """Set the database up as pytest-django does; on SQLite it is migrated and flushed once."""
    if connection.vendor != "sqlite":
        yield
        return
    with django_db_blocker.unblock():
        if not django_db_keepdb:
            databases.keep(migrated)
    with databases.put_back_instead_of_flushed():
        yield


# Not of a module: tests of others may run in between, and furnishing a city takes a minute.
@pytest.fixture(scope="session")
def city() -> Iterator[City]:
    """Real web processes over one PostgreSQL, one Redis and one mail server."""
    if packages := missing():
        pytest.fail(f"These tests start servers of their own. Please install: {' '.join(packages)}")
    with deployed() as running:
        yield running


@pytest.fixture(autouse=True)
def _fresh_rate_limits():
    """No test uses up the rate of another."""
    limiter.cache_clear()
    cache.clear()


@pytest.fixture(autouse=True)
def _default_language(settings):
    """A request in Polish leaves Polish active in its thread; the next test begins anew."""
    translation.activate(settings.LANGUAGE_CODE)
