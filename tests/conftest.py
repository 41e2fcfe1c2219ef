from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.cache import cache
from django.db import connection
from django.utils import translation

from mypart_wagtail.ratelimit import limiter
from tests import databases


@pytest.fixture(scope="session")
def migrated(request: pytest.FixtureRequest) -> Path:
    """Where the database is kept that the migrations of now have made."""
    return request.config.cache.mkdir("migrated") / f"{databases.migrations_hash()}.sqlite3"


@pytest.fixture(scope="session")
def django_db_keepdb(
    request: pytest.FixtureRequest, migrated: Path, django_db_modify_db_settings: None
) -> bool:
    """Whether the run begins with a database that is there: one that an earlier run has migrated, on SQLite."""
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


@pytest.fixture(autouse=True)
def _fresh_rate_limits():
    """No test uses up the rate of another."""
    limiter.cache_clear()
    cache.clear()


@pytest.fixture(autouse=True)
def _default_language(settings):
    """A request in Polish leaves Polish active in its thread; the next test begins anew."""
    translation.activate(settings.LANGUAGE_CODE)
