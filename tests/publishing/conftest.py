import pytest

from tests.organisations.public import accepted, directory


@pytest.fixture
def club(db):
    """An organisation that the city has accepted."""
    directory()
    return accepted("Klub Fala")
