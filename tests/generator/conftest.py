import pytest
from django.contrib.auth import get_user_model
from wagtail import hooks

from mypart_wagtail.generator.kinds import register_kind
from mypart_wagtail.generator.registry import HOOK
from mypart_wagtail.generator.services.documents import start_document
from tests.generator.kind import SampleKind
from tests.generator.sample import TEMPLATE, complete_data

register_kind(SampleKind())
hooks.register(HOOK, lambda: TEMPLATE)


def person(name: str):
    return get_user_model().objects.create_user(username=name, email=f"{name}@example.org", password="secret")


@pytest.fixture
def author(db):
    return person("author")


@pytest.fixture
def colleague(db):
    return person("colleague")


@pytest.fixture
def friend(db):
    return person("friend")


@pytest.fixture
def stranger(db):
    return person("stranger")


@pytest.fixture
def document(author):
    """A complete draft of the sample form."""
    return start_document(author, kind="sample", template=TEMPLATE, data=complete_data())
