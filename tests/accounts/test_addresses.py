"""Whose address an account has: one that its owner has shown to be theirs, by a link mailed there."""

import re

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse

from mypart_wagtail.confirmation import has_confirmed_address
from tests.people import PASSWORD, person

pytestmark = [pytest.mark.django_db, pytest.mark.database]

NEW = "nowa@example.org"
OWN_PASSWORD = "zielony rower 7"
PAGE = "account_email"


@pytest.fixture
def mailed(mailoutbox, django_capture_on_commit_callbacks):
    """Do something, and give the paths of the links in the mails that follow, by the address they went to."""

    def do(act) -> dict[str, str]:
        mailoutbox.clear()
        with django_capture_on_commit_callbacks(execute=True):
            act()
        found = ((mail.to[0], re.search(r"https?://[^/\s]+(/\S+)", mail.body)) for mail in mailoutbox)
        return {to: match.group(1) for to, match in found if match}

    return do


@pytest.fixture
def ola():
    return person("ola")


@pytest.fixture
def unconfirmed():
    """An account that somebody has made with the address of Ewa, who knows nothing of it."""
    return person("ewa", is_confirmed=False)


def signed_in(user) -> Client:
    browser = Client()
    browser.post(reverse("account_login"), {"login": user.email, "password": PASSWORD})
    assert is_signed_in(browser)
    return browser


def is_signed_in(browser: Client) -> bool:
    return browser.get(reverse("account_change_password")).status_code == 200


def change(browser: Client, email: str):
    return browser.post(reverse(PAGE), {"email": email, "action_add": ""})


def text(answer) -> str:
    return answer.content.decode()


def test_another_confirmed_address_proves_nothing_of_this_one(unconfirmed):
    EmailAddress.objects.create(user=unconfirmed, email="own@example.org", verified=True)
    assert not has_confirmed_address(unconfirmed)
    EmailAddress.objects.filter(email="ewa@example.org").update(verified=True)
    assert has_confirmed_address(get_user_model().objects.get(pk=unconfirmed.pk))


def test_without_an_address_nobody_is_confirmed(ola):
    ola.email = ""
    assert not has_confirmed_address(ola)


def test_another_address_waits_and_takes_the_place_when_its_link_is_followed(ola, mailed, mailoutbox):
    browser = signed_in(ola)
    links = mailed(lambda: change(browser, NEW))
    assert set(links) == {NEW}
    ola.refresh_from_db()
    assert ola.email == "ola@example.org"
    page = text(browser.get(reverse(PAGE)))
    assert "becomes your e-mail when you follow the link" in page
    mailed(lambda: browser.post(links[NEW]))
    assert [mail.to for mail in mailoutbox] == [["ola@example.org"]]
    assert NEW in mailoutbox[0].body
    ola.refresh_from_db()
    assert ola.email == NEW
    assert has_confirmed_address(ola)
    assert [address.email for address in EmailAddress.objects.filter(user=ola)] == [NEW]
    assert is_signed_in(browser)


def test_a_mistyped_address_is_mended_and_the_mistyped_one_opens_nothing(unconfirmed, mailed):
    """The one given at sign-up was mistyped: another one takes its place, once it is confirmed."""
    browser = signed_in(unconfirmed)
    mistyped = mailed(lambda: change(browser, "nova@example.org"))["nova@example.org"]
    right = mailed(lambda: change(browser, NEW))[NEW]
    assert "This link works no more" in text(browser.get(mistyped))
    unconfirmed.refresh_from_db()
    assert unconfirmed.email == "ewa@example.org"
    browser.post(right)
    unconfirmed.refresh_from_db()
    assert (unconfirmed.email, has_confirmed_address(unconfirmed)) == (NEW, True)


def test_confirming_the_present_address_leaves_what_waits_and_tells_it_nothing(
    unconfirmed, mailed, mailoutbox
):
    browser = signed_in(unconfirmed)
    present = mailed(lambda: browser.post(reverse("mypart_accounts:send_confirmation")))["ewa@example.org"]
    waiting = mailed(lambda: change(browser, NEW))[NEW]
    assert mailed(lambda: browser.post(present)) == {}
    assert mailoutbox == []
    assert has_confirmed_address(get_user_model().objects.get(pk=unconfirmed.pk))
    browser.post(waiting)
    unconfirmed.refresh_from_db()
    assert unconfirmed.email == NEW


@pytest.mark.parametrize("act", ["action_primary", "action_remove"])
def test_nothing_else_takes_the_place_and_the_present_one_cannot_be_removed(unconfirmed, act):
    browser = signed_in(unconfirmed)
    change(browser, NEW)
    chosen = NEW if act == "action_primary" else "ewa@example.org"
    browser.post(reverse(PAGE), {"email": chosen, act: ""})
    unconfirmed.refresh_from_db()
    assert unconfirmed.email == "ewa@example.org"
    assert EmailAddress.objects.filter(user=unconfirmed).count() == 2


def test_what_waits_can_be_given_up(ola):
    browser = signed_in(ola)
    change(browser, NEW)
    browser.post(reverse(PAGE), {"email": NEW, "action_remove": ""})
    assert "becomes your e-mail" not in text(browser.get(reverse(PAGE)))
    assert not EmailAddress.objects.filter(email=NEW).exists()


def test_an_address_of_somebody_else_cannot_be_taken(ola, mailed):
    person("nowa")
    browser = signed_in(ola)
    link = mailed(lambda: change(browser, NEW))[NEW]
    assert "belongs to another account already" in text(browser.get(link))
    browser.post(link)
    ola.refresh_from_db()
    assert ola.email == "ola@example.org"


def send_link(user, mailed) -> str:
    """The link that confirms the present address, asked for by whoever is signed in."""
    browser = signed_in(user)
    return mailed(lambda: browser.post(reverse("mypart_accounts:send_confirmation")))[user.email]


def test_in_ones_own_session_one_press_confirms_and_ends_no_session(unconfirmed, mailed):
    browser = signed_in(unconfirmed)
    link = mailed(lambda: browser.post(reverse("mypart_accounts:send_confirmation")))[unconfirmed.email]
    assert "Yes, confirm it" in text(browser.get(link))
    browser.post(link)
    assert has_confirmed_address(unconfirmed)
    assert is_signed_in(browser)


def test_elsewhere_the_link_asks_for_the_password_and_confirms_only_then(unconfirmed, mailed):
    link = send_link(unconfirmed, mailed)
    elsewhere = Client()
    page = text(elsewhere.get(link))
    assert 'name="password"' in page
    assert "Yes, confirm it" not in page
    for typed in ({}, {"password": ""}, {"password": "not this"}):
        assert elsewhere.post(link, typed).status_code == 422
        assert not has_confirmed_address(unconfirmed)
    assert "This is not the password of the account." in text(elsewhere.post(link, {"password": "not this"}))
    at_the_desk = signed_in(unconfirmed)
    answer = elsewhere.post(link, {"password": PASSWORD})
    assert answer["Location"] == reverse("mypart_grants:applications")
    assert has_confirmed_address(unconfirmed)
    assert is_signed_in(elsewhere)
    assert is_signed_in(at_the_desk)


def test_whoever_reads_the_mailbox_may_set_a_password_and_has_the_account_alone(unconfirmed, mailed):
    attacker = signed_in(unconfirmed)
    TOTP.activate(unconfirmed, generate_totp_secret())
    change(attacker, "attacker@example.org")
    link = mailed(lambda: attacker.post(reverse("mypart_accounts:send_confirmation")))[unconfirmed.email]
    ewa = Client()
    assert "You do not know this password?" in text(ewa.get(link))
    assert ewa.post(link, {"password1": "1"}).status_code == 422
    assert is_signed_in(attacker)
    told = mailed(lambda: ewa.post(link, {"password1": OWN_PASSWORD}))
    assert "attacker@example.org" not in told
    assert is_signed_in(ewa)
    assert not is_signed_in(attacker)
    assert has_confirmed_address(get_user_model().objects.get(pk=unconfirmed.pk))
    assert not Authenticator.objects.exists()
    assert [address.email for address in EmailAddress.objects.all()] == ["ewa@example.org"]


def test_the_reader_of_a_mistyped_address_gets_no_account(ola, mailed):
    """It only waits: no password is set by its link, none is mailed there, and it is not confirmed."""
    browser = signed_in(ola)
    link = mailed(lambda: change(browser, NEW))[NEW]
    stranger = Client()
    assert "You do not know this password?" not in text(stranger.get(link))
    assert stranger.post(link, {"password1": OWN_PASSWORD}).status_code == 422
    asked = mailed(lambda: stranger.post(reverse("account_reset_password"), {"email": NEW}))
    assert "reset" not in asked.get(NEW, "")
    ola.refresh_from_db()
    assert ola.email == "ola@example.org"
    assert ola.check_password(PASSWORD)


def test_a_link_opened_by_somebody_else_signs_nobody_out(ola, unconfirmed, mailed):
    link = send_link(unconfirmed, mailed)
    browser = signed_in(ola)
    assert 'name="password"' in text(browser.get(link))
    assert is_signed_in(browser)


def test_with_the_right_password_a_second_factor_is_asked_as_ever(unconfirmed, mailed):
    link = send_link(unconfirmed, mailed)
    TOTP.activate(unconfirmed, generate_totp_secret())
    elsewhere = Client()
    assert elsewhere.post(link, {"password": PASSWORD})["Location"] == reverse("mfa_authenticate")
    assert not is_signed_in(elsewhere)
    assert Authenticator.objects.filter(user=unconfirmed).exists()


def reset(user, mailed) -> Client:
    browser = Client()
    link = mailed(lambda: browser.post(reverse("account_reset_password"), {"email": user.email}))[user.email]
    form = browser.get(link)["Location"]
    browser.post(form, {"password1": OWN_PASSWORD, "password2": OWN_PASSWORD})
    return browser


def test_a_password_set_by_a_mailed_link_confirms_and_the_first_time_clears_the_account(unconfirmed, mailed):
    attacker = signed_in(unconfirmed)
    TOTP.activate(unconfirmed, generate_totp_secret())
    change(attacker, NEW)
    reset(unconfirmed, mailed)
    assert has_confirmed_address(get_user_model().objects.get(pk=unconfirmed.pk))
    assert not is_signed_in(attacker)
    assert not Authenticator.objects.exists()
    assert EmailAddress.objects.count() == 1


def test_later_a_stolen_mailbox_does_not_beat_the_second_factor(ola, mailed):
    TOTP.activate(ola, generate_totp_secret())
    reset(ola, mailed)
    assert Authenticator.objects.filter(user=ola).exists()
    browser = Client()
    answer = browser.post(reverse("account_login"), {"login": ola.email, "password": OWN_PASSWORD})
    assert answer["Location"] == reverse("mfa_authenticate")


def test_an_account_that_staff_made_is_proved_by_its_first_password(mailed):
    made = get_user_model().objects.create_user("made", "made@example.org", "somebody knows it")
    reset(made, mailed)
    assert has_confirmed_address(made)
