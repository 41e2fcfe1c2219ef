"""No test begins with what another has left, and every test begins with what the migrations of now make."""

import pytest
from django.apps import apps
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.db import connection

from tests import databases
from tests.people import person
from tests.sites import default_site

Rows = dict[str, list[tuple]]


@pytest.fixture(scope="session")
def beginnings() -> list[Rows]:
    return []


def everything() -> Rows:
    """All rows of all tables, those of relations included."""
    found = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608 - names of ours
            found[table] = sorted(cursor.fetchall(), key=repr)
    return found


@pytest.mark.skipif(connection.vendor != "sqlite", reason="elsewhere Django flushes, and numbers go on")
@pytest.mark.parametrize("time", range(4))
@pytest.mark.django_db(transaction=True)
def test_what_a_test_commits_or_deletes_is_gone_or_back_in_the_next(beginnings, time):
    beginnings.append(everything())
    person("left-behind")
    default_site().root_page.add_child(title="Left behind", slug="left-behind")
    ContentType.objects.create(app_label="left", model="behind")
    Permission.objects.filter(codename__startswith="add_").delete()
    # What comes before the first flush of a process has the rows that migrations make.
    assert beginnings[-1] == beginnings[min(time, 1)]


@pytest.mark.database
def test_the_kept_database_has_every_migration_and_no_other_schema(db):
    """A database kept for other migrations would lack a column or have one too many."""
    with connection.cursor() as cursor:
        for model in apps.get_models(include_auto_created=True):
            if not model._meta.managed or model._meta.proxy:
                continue
            columns = connection.introspection.get_table_description(cursor, model._meta.db_table)
            fields = {field.column for field in model._meta.local_concrete_fields} - {
                "rowid"
            }  # SQLite's own.
            assert {column.name for column in columns} == fields, model


def test_a_changed_migration_is_another_database(tmp_path, monkeypatch):
    before = databases.migrations_hash()
    config = apps.get_app_config("mypart_grants")
    (tmp_path / "migrations").mkdir()
    monkeypatch.setattr(config, "path", str(tmp_path))
    (tmp_path / "migrations" / "0001_initial.py").write_text("one")
    one = databases.migrations_hash()
    (tmp_path / "migrations" / "0001_initial.py").write_text("two")
    assert len({before, one, databases.migrations_hash()}) == 3
