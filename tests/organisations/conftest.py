"""An organisation, its administrator, and somebody who has nothing to do with it."""

import pytest

from tests.people import member, organisation, person


@pytest.fixture
def club(db):
    return organisation(nip="5260250274")


@pytest.fixture
def boss(club):
    return member(club, "boss", is_administrator=True)


@pytest.fixture
def stranger(db):
    return person("stranger")
