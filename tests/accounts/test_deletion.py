"""Whoever wants to leave can, and takes nothing along that belongs to an organisation."""

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth import get_user_model
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from mypart_wagtail.grants.models import Application
from mypart_wagtail.grants.services.applications import start_application
from mypart_wagtail.models import OutgoingMail
from mypart_wagtail.organisations import services
from mypart_wagtail.organisations.models import Authority, Invitation, JoinRequest, LegalTextShown
from mypart_wagtail.organisations.models.legal_text import person_key
from mypart_wagtail.organisations.permissions import standing
from tests.grants.calls import open_call
from tests.people import PASSWORD, member, organisation, person
from tests.sites import default_site

pytestmark = [pytest.mark.django_db, pytest.mark.database]
User = get_user_model()


@pytest.fixture
def url():
    return reverse("mypart_accounts:delete")


@pytest.fixture
def club():
    return organisation()


def sign_in(client, user, *, again: bool = True):
    client.post(reverse("account_login"), {"login": user.email, "password": PASSWORD})
    if again:
        client.post(reverse("account_reauthenticate"), {"password": PASSWORD})


def test_an_account_is_deleted_and_drafts_stay_with_the_organisation(client, url, club):
    member(club, "boss", is_administrator=True)
    ola = member(club, "ola", is_signer=True)
    draft = start_application(ola, call=open_call(), organisation=club, at=timezone.now())
    sign_in(client, ola)
    assert "stay with the organisations" in client.get(url).content.decode()
    client.post(url)
    assert not User.objects.filter(email="ola@example.org").exists()
    assert "_auth_user_id" not in client.session
    assert Application.objects.get().pk == draft.pk
    assert club.memberships.count() == 1


def test_the_password_is_asked_again_first(client, url, club):
    ola = member(club, "ola")
    sign_in(client, ola, again=False)
    assert client.post(url)["Location"].startswith(reverse("account_reauthenticate"))
    assert User.objects.filter(pk=ola.pk).exists()


def test_the_only_administrator_first_names_another(client, url, club):
    boss = member(club, "boss", is_administrator=True)
    member(club, "editor")
    sign_in(client, boss)
    answer = client.post(url, follow=True)
    assert "You are the only administrator of" in answer.content.decode()
    assert standing(boss, club).is_administrator


def test_whoever_is_alone_in_an_organisation_may_go(client, url, club):
    boss = member(club, "boss", is_administrator=True)
    sign_in(client, boss)
    client.post(url)
    assert not User.objects.exists()
    club.refresh_from_db()


def test_staff_do_not_delete_themselves(client, url):
    clerk = person("clerk", is_superuser=True)
    sign_in(client, clerk)
    assert "deleted by its administrator" in client.post(url, follow=True).content.decode()
    assert User.objects.filter(pk=clerk.pk).exists()


def test_nothing_that_names_the_person_is_left(client, url, club):
    boss = member(club, "boss", is_administrator=True)
    ola = person("ola")
    EmailAddress.objects.create(user=ola, email="Praca.Oli@example.org", verified=True)
    services.ask_to_join(ola, organisation=club, message="Tel. 600 100 200")
    services.decide_join_request(boss, request=JoinRequest.objects.get(), accept=True)
    services.change_roles(
        boss, membership=club.memberships.get(user=ola), is_signer=True, is_administrator=False
    )
    invitation = services.invite(
        boss,
        organisation=club,
        email="praca.oli@example.org",
        is_signer=False,
        is_administrator=False,
        base_url="",
    )
    services.accept_invitation(ola, invitation=invitation)
    OutgoingMail.objects.create(to="boss@example.org", subject="x", body="Napisała OLA@example.org.")
    OutgoingMail.objects.create(to="ola@example.org", sent_at=timezone.now())
    sign_in(client, ola)
    client.post(url)
    assert not User.objects.filter(username="ola").exists()
    for address in ("ola@example.org", "praca.oli@example.org"):
        told = [str([entry.label, entry.data]) for entry in ModelLogEntry.objects.all()]
        told += [f"{mail.to} {mail.subject} {mail.body}" for mail in OutgoingMail.objects.all()]
        told += list(Invitation.objects.values_list("email", flat=True))
        assert [line for line in told if address in line.lower()] == []
    assert OutgoingMail.objects.filter(body="Napisała –.").exists()
    assert not [entry.label for entry in ModelLogEntry.objects.all() if "ola" in entry.label.lower()]
    client.force_login(person("clerk", is_superuser=True))
    history = client.get(reverse("mypart_admin_organisations:history", args=[club.pk])).content.decode()
    assert "Let in: Someone whose account is gone" in history
    assert "Let in: boss" not in history


def test_which_legal_texts_were_shown_stays_known(client, url, club):
    ola = member(club, "ola")
    authority = Authority.objects.create(site=default_site(), name="Prezydent")
    clause = services.publish_text(
        None, authority=authority, kind="clause", language="pl", title="Klauzula", body="x"
    )
    services.record_shown(ola, texts=[clause], place=LegalTextShown.Place.CARD)
    at = LegalTextShown.objects.get().at
    sign_in(client, ola)
    client.post(url)
    shown = LegalTextShown.objects.get()
    assert (shown.user, shown.text, shown.at) == (None, clause, at)
    assert shown.person_key == person_key("OLA@example.org")
    assert "ola" not in str(shown)
