"""Whoever asks to join is answered by the administrators; whoever they refuse may ask the office, once."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from mypart_wagtail.models import OutgoingMail
from mypart_wagtail.organisations import services
from mypart_wagtail.organisations.models import Authority, JoinStatus, Organisation
from mypart_wagtail.organisations.permissions import standing
from tests.people import person
from tests.sites import default_site

pytestmark = pytest.mark.database


def test_whoever_asks_to_join_can_fill_in_and_sees_no_others(club, boss, stranger):
    request = services.ask_to_join(stranger, organisation=club)
    assert services.ask_to_join(stranger, organisation=club) == request
    where = standing(stranger, club)
    assert where.may_fill_in
    assert not where.is_member
    assert list(Organisation.objects.for_user(stranger)) == [club]
    assert list(OutgoingMail.objects.values_list("to", flat=True)) == ["boss@example.org"]


def test_an_administrator_decides_and_the_person_is_told(club, boss, stranger):
    request = services.ask_to_join(stranger, organisation=club)
    with pytest.raises(PermissionDenied):
        services.decide_join_request(stranger, request=request, accept=True)
    services.decide_join_request(boss, request=request, accept=True, is_signer=True)
    assert standing(stranger, club).is_signer
    assert OutgoingMail.objects.filter(to="stranger@example.org").exists()


def test_a_refused_person_is_out(club, boss, stranger):
    request = services.ask_to_join(stranger, organisation=club)
    services.decide_join_request(boss, request=request, accept=False)
    request.refresh_from_db()
    assert request.status == JoinStatus.REFUSED
    assert not standing(stranger, club).may_fill_in


def test_who_was_refused_does_not_ask_again_at_once(club, boss, stranger):
    asked = services.ask_to_join(stranger, organisation=club)
    services.decide_join_request(boss, request=asked, accept=False)
    with pytest.raises(ValidationError, match="refused"):
        services.ask_to_join(stranger, organisation=club)


def test_a_message_that_is_too_long_is_told_and_kept(client, club, boss, stranger):
    client.force_login(stranger)
    url = reverse("mypart_organisations:join", args=[club.uuid])
    answer = client.post(url, {"message": "a" * 1000 + "KONIEC"})
    assert answer.status_code == 422
    assert "KONIEC" in answer.content.decode()
    assert "1000" in answer.context["join_form"].errors["message"][0]
    assert not club.join_requests.exists()


def test_whoever_was_refused_may_ask_the_office_which_is_named(client, club, boss, stranger):
    """Somebody else may have made the card of one's organisation."""
    clerk = person("clerk", is_superuser=True)
    Authority.objects.create(site=default_site(), name="Prezydent", office="Urząd", email="um@example.org")
    asked = services.ask_to_join(stranger, organisation=club)
    services.decide_join_request(boss, request=asked, accept=False)
    assert "ask the office to decide" in OutgoingMail.objects.get(to=stranger.email).body
    client.force_login(stranger)
    url = reverse("mypart_organisations:ask_office", args=[club.uuid])
    assert url in client.get(reverse("mypart_organisations:mine")).content.decode()
    page = client.get(url).content.decode()
    assert "Urząd" in page
    assert "um@example.org" in page
    client.post(url, {"message": "Jestem prezeską."})
    request = stranger.mypart_join_requests.get(status=JoinStatus.PENDING)
    mail = OutgoingMail.objects.get(to=clerk.email)
    assert "Jestem prezeską." in mail.body
    assert "the person asks the office to decide" in mail.body
    assert [each.to for each in OutgoingMail.objects.filter(to=boss.email)] == [boss.email]
    with pytest.raises(PermissionDenied):
        services.decide_join_request(boss, request=request, accept=False)
    client.force_login(boss)
    members = client.get(reverse("mypart_organisations:members", args=[club.uuid])).content.decode()
    assert "Jestem prezeską." not in members
    services.decide_join_request(clerk, request=request, accept=True, is_signer=True, by_staff=True)
    assert standing(stranger, club).is_signer
    told = OutgoingMail.objects.filter(to=boss.email).order_by("pk").last()
    assert "The office has let stranger@example.org" in told.body


def test_the_office_is_asked_once_and_only_after_the_administrators(client, club, boss, stranger):
    clerk = person("clerk", is_superuser=True)
    with pytest.raises(ValidationError, match="administrators of the card first"):
        services.ask_office(stranger, organisation=club)
    asked = services.ask_to_join(stranger, organisation=club)
    services.decide_join_request(boss, request=asked, accept=False)
    to_office = services.ask_office(stranger, organisation=club)
    services.decide_join_request(clerk, request=to_office, accept=False, by_staff=True)
    with pytest.raises(ValidationError, match="decided on your request already"):
        services.ask_office(stranger, organisation=club)
    client.force_login(stranger)
    url = reverse("mypart_organisations:ask_office", args=[club.uuid])
    assert url not in client.get(reverse("mypart_organisations:mine")).content.decode()
