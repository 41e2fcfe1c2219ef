"""A moderator and an author who act on one text at the same moment."""

import pytest
from django.core.exceptions import ValidationError

from mypart_wagtail.news.models import NewsPage
from mypart_wagtail.publishing.services import decide, take_back, withdraw
from tests.at_once import at_once
from tests.organisations.public import accepted, directory
from tests.publishing.writers import draft, moderator, submitted, writer

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.database]

ROUNDS = 5


@pytest.fixture
def race():
    """Whether a moderator approved a text whose author did ``act`` meanwhile, and whether it is public."""
    directory()
    club = accepted("Klub Fala")
    ewa, anna = writer(club, "ewa"), moderator()

    def run(act) -> tuple[bool, bool]:
        page = draft(club, ewa)
        state = submitted(page, ewa)
        is_approved, _nothing = at_once(
            lambda: approve(anna, state), lambda: act(ewa, page=NewsPage.objects.get(pk=page.pk))
        )
        return is_approved, NewsPage.objects.get(pk=page.pk).live

    return run


def approve(actor, state) -> bool:
    try:
        decide(actor, task_state=state, decision="approve")
    except ValidationError:
        return False
    return True


def test_what_is_withdrawn_is_never_public_afterwards(race):
    assert not any(is_live for _is_approved, is_live in [race(withdraw) for _round in range(ROUNDS)])


def test_what_is_taken_back_is_public_only_if_the_moderator_was_faster(race):
    for is_approved, is_live in [race(take_back) for _round in range(ROUNDS)]:
        assert is_live is is_approved
