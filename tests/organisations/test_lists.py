"""The lists of staff stay quick however long they grow."""

import pytest
from django.urls import reverse

from mypart_wagtail.organisations.models import JoinRequest
from tests.people import member, organisation, person


@pytest.fixture
def staff(db, admin_user):
    return admin_user


def add_people(first: int, last: int) -> None:
    for number in range(first, last):
        club = organisation(f"Klub {number}")
        member(club, f"member{number}")
        JoinRequest.objects.create(organisation=club, user=person(f"asking{number}"))


@pytest.mark.parametrize(("name", "newest"), [("memberships", b"member8"), ("join_requests", b"asking8")])
def test_a_longer_list_asks_the_database_no_more_often(
    client, staff, name, newest, django_assert_max_num_queries
):
    address = reverse(f"mypart_admin_{name}:index")
    client.force_login(staff)
    add_people(0, 2)
    client.get(address)
    with django_assert_max_num_queries(1000) as short:
        client.get(address)
    add_people(2, 9)
    with django_assert_max_num_queries(len(short)):
        assert newest in client.get(address).content
