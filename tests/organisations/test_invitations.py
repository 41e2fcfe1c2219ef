"""An invitation works once, and only while whoever sent it could still give what it gives."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from mypart_wagtail.models import OutgoingMail
from mypart_wagtail.organisations import services
from mypart_wagtail.organisations.models import Membership
from mypart_wagtail.organisations.permissions import standing
from tests.people import member, person

pytestmark = pytest.mark.database


def test_an_invitation_works_once(club, boss, stranger):
    invitation = services.invite(
        boss,
        organisation=club,
        email="stranger@example.org",
        is_signer=True,
        is_administrator=False,
        base_url="https://example.org",
    )
    assert "https://example.org" in OutgoingMail.objects.get().body
    services.accept_invitation(stranger, invitation=invitation)
    assert standing(stranger, club).is_signer
    with pytest.raises(ValidationError):
        services.accept_invitation(person("other"), invitation=invitation)


def test_an_invitation_is_accepted_on_its_page(client, club, boss, stranger):
    client.force_login(boss)
    url = reverse("mypart_organisations:invite", args=[club.uuid])
    assert client.post(url, {"email": "no address"}).status_code == 422
    client.post(url, {"email": "stranger@example.org"})
    invitation = club.invitations.get()
    page = reverse("mypart_organisations:invitation", args=[invitation.uuid])
    client.force_login(stranger)
    assert club.name in client.get(page).content.decode()
    client.post(page)
    assert standing(stranger, club).is_member


def invite(actor, club, email: str):
    flags = {"is_signer": False, "is_administrator": True}
    return services.invite(actor, organisation=club, email=email, base_url="https://example.org", **flags)


def test_whoever_is_let_go_does_not_come_back_by_an_invitation_of_their_own(club, boss):
    other = member(club, "other", is_administrator=True)
    own = invite(other, club, "second@example.org")
    services.remove_member(boss, membership=club.memberships.get(user=other))
    with pytest.raises(ValidationError):
        services.accept_invitation(person("second"), invitation=own)


def switch_off(boss, other, club):
    other.is_active = False
    other.save()


def delete(boss, other, club):
    other.delete()


def take_the_role(boss, other, club):
    Membership.objects.filter(organisation=club, user=other).update(is_administrator=False)


@pytest.mark.parametrize("lose", [switch_off, delete, take_the_role])
def test_nobody_gives_what_they_no_longer_have(client, club, boss, lose):
    """However an administrator came to be none: what they invited others to is void."""
    invitation = invite(member(club, "other", is_administrator=True), club, "second@example.org")
    second = person("second")
    client.force_login(second)
    page = reverse("mypart_organisations:invitation", args=[invitation.uuid])
    assert club.name in client.get(page).content.decode()
    lose(boss, invitation.invited_by, club)
    assert "no longer valid" in client.get(page).content.decode()
    with pytest.raises(ValidationError, match="no longer valid"):
        services.accept_invitation(second, invitation=invitation)
    assert not standing(second, club).is_member


def test_invitations_have_an_end_and_somebody_who_answers_for_them(club, boss):
    newcomer = person("newcomer", is_confirmed=False)
    Membership.objects.create(organisation=club, user=newcomer, is_administrator=True)
    with pytest.raises(ValidationError, match="Confirm your own e-mail"):
        invite(newcomer, club, "a@example.org")
    for number in range(20):
        invite(boss, club, f"guest{number}@example.org")
    with pytest.raises(ValidationError, match="20 invitations"):
        invite(boss, club, "one-more@example.org")
