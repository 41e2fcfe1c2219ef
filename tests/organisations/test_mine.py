"""The page of one's own organisations."""

import pytest
from django.urls import reverse

from mypart_wagtail.organisations.models import Membership
from tests.people import organisation, person

pytestmark = pytest.mark.database


def test_whoever_belongs_to_many_organisations_waits_no_longer(client, db, django_assert_max_num_queries):
    user, mine = person("member"), reverse("mypart_organisations:mine")
    client.force_login(user)
    join(user, 0, 2)
    client.get(mine)
    with django_assert_max_num_queries(1000) as few:
        client.get(mine)
    join(user, 2, 9)
    with django_assert_max_num_queries(len(few)):
        assert "Klub 8" in client.get(mine).content.decode()


def join(user, first: int, last: int) -> None:
    for number in range(first, last):
        Membership.objects.create(
            organisation=organisation(f"Klub {number}"), user=user, is_administrator=True
        )
