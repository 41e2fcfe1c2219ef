"""The people of an organisation: administrators manage them, and one administrator always stays."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from mypart_wagtail.organisations import services
from mypart_wagtail.organisations.models import Membership
from mypart_wagtail.organisations.permissions import standing
from tests.people import member, person

pytestmark = pytest.mark.database


def test_a_member_sees_the_people_but_cannot_change_them(client, club, boss):
    editor = member(club, "editor")
    client.force_login(editor)
    assert client.get(reverse("mypart_organisations:members", args=[club.uuid])).status_code == 200
    assert client.get(reverse("mypart_organisations:change", args=[club.uuid])).status_code == 404
    number = club.memberships.get(user=boss).pk
    url = reverse("mypart_organisations:change_member", args=[club.uuid])
    assert client.post(url, {"member": number, "remove": "1"}).status_code == 403
    assert standing(boss, club).is_administrator


def test_an_administrator_manages_people(client, club, boss):
    editor = member(club, "editor")
    other = person("other")
    request = services.ask_to_join(other, organisation=club)
    client.force_login(boss)
    page = client.get(reverse("mypart_organisations:members", args=[club.uuid])).content.decode()
    assert "other@example.org" in page
    client.post(
        reverse("mypart_organisations:decide", args=[club.uuid, request.uuid]), {"decision": "accept"}
    )
    assert standing(other, club).is_member
    membership = club.memberships.get(user=editor)
    client.post(
        reverse("mypart_organisations:change_member", args=[club.uuid]),
        {"member": membership.pk, f"member-{membership.pk}-is_signer": "on"},
    )
    assert standing(editor, club).is_signer
    assert client.get(reverse("mypart_organisations:mine")).status_code == 200


def test_administrators_see_whose_address_is_not_confirmed(client, club, boss):
    services.ask_to_join(person("anybody", is_confirmed=False), organisation=club)
    client.force_login(boss)
    page = client.get(reverse("mypart_organisations:members", args=[club.uuid])).content.decode()
    assert "This e-mail is not confirmed" in page


def test_the_list_of_people_asks_the_database_as_often_for_many_as_for_few(
    client, club, boss, django_assert_max_num_queries
):
    for number in range(30):
        member(club, f"member{number}")
    client.force_login(boss)
    url = reverse("mypart_organisations:members", args=[club.uuid])
    client.get(url)
    with django_assert_max_num_queries(12):
        client.get(url)


def test_the_last_administrator_stays(club, boss):
    membership = club.memberships.get(user=boss)
    with pytest.raises(ValidationError):
        services.remove_member(boss, membership=membership)
    with pytest.raises(ValidationError):
        services.change_roles(boss, membership=membership, is_signer=True, is_administrator=False)


def test_leaving_looks_at_what_one_is_now(club, boss):
    """The other was made the only administrator since the page was read."""
    other = member(club, "other")
    stale = Membership.objects.select_related("organisation").get(user=other)
    mine = club.memberships.get(user=boss)
    services.change_roles(
        boss, membership=club.memberships.get(user=other), is_signer=False, is_administrator=True
    )
    services.remove_member(boss, membership=mine)
    with pytest.raises(ValidationError):
        services.remove_member(other, membership=stale)
    assert club.administrators().get() == other
    services.remove_member(boss, membership=mine)
