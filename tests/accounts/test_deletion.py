"""Whoever wants to leave can, and takes nothing along that belongs to an organisation."""

import pytest
from django.contrib.auth import get_user_model
from django.urls import reverse
from django.utils import timezone

from mypart_wagtail.grants.models import Application
from mypart_wagtail.grants.services.applications import start_application
from mypart_wagtail.organisations.permissions import standing
from tests.grants.calls import open_call
from tests.people import PASSWORD, member, organisation, person

pytestmark = pytest.mark.django_db
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
