"""What one sends after the session has ended waits until one has signed in again."""

from uuid import uuid4

import pytest
from django.urls import reverse
from lxml import html

from mypart_wagtail.kept_forms import sign_author
from mypart_wagtail.organisations.models import Organisation
from tests.organisations.cards import CARD
from tests.people import PASSWORD, person


def typed_by(user) -> dict[str, str]:
    return {"typed_by": sign_author(user)}


def sign_in_again(client, user):
    return client.post(reverse("account_login"), {"login": user.email, "password": PASSWORD})


def test_a_card_sent_after_the_session_ended_waits_until_one_has_signed_in_again(client, stranger):
    url = reverse("mypart_organisations:create")
    answer = client.post(url, CARD | typed_by(stranger))
    assert answer["Location"].startswith(reverse("account_login"))
    client.post(reverse("account_login"), {"login": stranger.email, "password": PASSWORD})
    page = client.get(url).content.decode()
    assert "What you typed is here; it is not saved yet." in page
    assert 'value="Fundacja Nowa"' in page
    assert 'value="Ewa Nowa"' in page
    assert not Organisation.objects.exists()
    assert 'value="Fundacja Nowa"' not in client.get(url).content.decode()


def test_what_one_person_typed_is_never_given_to_another(client, stranger):
    url = reverse("mypart_organisations:create")
    client.post(url, CARD | typed_by(person("other")))
    client.post(url, CARD)
    client.post(reverse("account_login"), {"login": stranger.email, "password": PASSWORD})
    assert "Fundacja Nowa" not in client.get(url).content.decode()


def test_changes_of_a_card_sent_after_the_session_ended_are_kept_too(client, club, boss):
    url = reverse("mypart_organisations:change", args=[club.uuid])
    client.post(url, CARD | typed_by(boss))
    client.post(reverse("account_login"), {"login": boss.email, "password": PASSWORD})
    assert 'value="Fundacja Nowa"' in client.get(url).content.decode()


def test_a_kept_card_overwrites_nothing_another_has_written_meanwhile(client, club, boss):
    """What was seen when typing counts, not what stands there when one has signed in again."""
    url = reverse("mypart_organisations:change", args=[club.uuid])
    client.force_login(boss)
    seen = client.get(url).context["version"]
    client.logout()
    club.bank_account = "PL61109010140000071219812874"
    club.save()
    client.post(url, CARD | typed_by(boss) | {"version": seen})
    client.force_login(boss)
    kept = client.get(url)
    assert 'value="Fundacja Nowa"' in kept.content.decode()
    answer = client.post(url, CARD | {"version": kept.context["version"]})
    assert answer.status_code == 422
    assert "Somebody else has changed the card meanwhile" in answer.content.decode()
    club.refresh_from_db()
    assert club.bank_account == "PL61109010140000071219812874"


def test_an_invitation_sent_after_the_session_ended_waits_on_the_page_of_people(client, club, boss):
    url = reverse("mypart_organisations:invite", args=[club.uuid])
    answer = client.post(url, {"email": "nowa@example.org", "is_signer": "on"} | typed_by(boss))
    people = reverse("mypart_organisations:members", args=[club.uuid])
    assert answer["Location"] == f"{reverse('account_login')}?next={people}"
    assert "press the button once more" in client.get(answer["Location"]).content.decode()
    sign_in_again(client, boss)
    form = html.fromstring(client.get(people).content).xpath(f"//form[@action='{url}']")[0]
    assert form.xpath(".//input[@name='email']/@value") == ["nowa@example.org"]
    assert form.xpath(".//input[@name='is_signer']/@checked")
    assert not club.invitations.exists()
    assert client.post(url, dict(form.form_values())).status_code == 302
    assert club.invitations.get().is_signer


def test_a_request_to_join_sent_after_the_session_ended_waits_on_its_page(client, club, stranger):
    url = reverse("mypart_organisations:join", args=[club.uuid])
    answer = client.post(url, {"message": "Prowadzę zajęcia."} | typed_by(stranger))
    assert answer["Location"] == f"{reverse('account_login')}?next={url}"
    sign_in_again(client, stranger)
    page = client.get(url).content.decode()
    assert "Prowadzę zajęcia." in page
    assert club.name in page
    client.post(url, {"message": "Prowadzę zajęcia."})
    assert club.join_requests.get().message == "Prowadzę zajęcia."


@pytest.mark.parametrize(
    ("view", "page"),
    [
        ("change_member", "members"),
        ("decide", "members"),
        ("revoke", "members"),
        ("confirm_profile", "mine"),
    ],
)
def test_a_button_pressed_after_the_session_ended_leads_to_its_page(client, club, boss, view, page):
    arguments = [club.uuid, uuid4()] if view in ("decide", "revoke") else [club.uuid]
    answer = client.post(reverse(f"mypart_organisations:{view}", args=arguments))
    back = reverse(f"mypart_organisations:{page}", args=[club.uuid] if page == "members" else [])
    assert answer["Location"] == f"{reverse('account_login')}?next={back}"
    sign_in_again(client, boss)
    assert client.get(back).status_code == 200


def test_asking_for_the_link_after_the_session_ended_leads_to_ones_addresses(client, stranger):
    answer = client.post(reverse("mypart_accounts:send_confirmation"))
    assert answer["Location"] == f"{reverse('account_login')}?next={reverse('account_email')}"
