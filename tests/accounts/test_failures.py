"""Whoever guesses passwords has to wait; nobody is locked out of an account by what others do."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from mypart_wagtail.accounts import failures
from mypart_wagtail.ratelimit import limiter
from tests.journeys.question import answer_to, wrong_answer_to
from tests.people import PASSWORD, person

pytestmark = [pytest.mark.django_db, pytest.mark.database]

HOME, STRANGERS = "203.0.113.7", "198.51.100.9"
TOLD = "Too many wrong passwords came from your connection."
QUESTION = "Which of these words"


@pytest.fixture
def ola():
    return person("ola")


def from_network(address: str) -> Client:
    return Client(REMOTE_ADDR=address)


def sign_in(client: Client, password: str = PASSWORD, email: str = "ola@example.org", **typed: str):
    return client.post(reverse("account_login"), {"login": email, "password": password, **typed})


def is_signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def a_minute_passes() -> None:
    """The counts of minutes begin anew, those of hours go on."""
    limiter.cache_clear()


def test_after_five_wrong_passwords_one_waits_for_a_minute_and_is_told_so(ola):
    client = from_network(HOME)
    answers = [sign_in(client, "wrong") for _try in range(6)]
    assert [TOLD in answer.content.decode() for answer in answers] == [False] * 5 + [True]
    assert TOLD in sign_in(client).content.decode()
    assert not is_signed_in(client)
    a_minute_passes()
    sign_in(client)
    assert is_signed_in(client)


def test_what_strangers_guess_elsewhere_stops_no_owner(ola):
    stranger = from_network(STRANGERS)
    for _try in range(20):
        sign_in(stranger, "wrong")
    assert TOLD in sign_in(stranger, "wrong").content.decode()
    owner = from_network(HOME)
    sign_in(owner)
    assert is_signed_in(owner)


def test_right_passwords_are_not_counted(ola):
    client = from_network(HOME)
    for _time in range(12):
        sign_in(client)
        assert is_signed_in(client)
        client.logout()


def test_one_network_that_guesses_for_many_addresses_waits_too(ola):
    client = from_network(HOME)
    for number in range(10):
        sign_in(client, "wrong", f"n{number}@example.org")
    assert TOLD in sign_in(client).content.decode()


def guess_from_everywhere(times: int = 50) -> None:
    for number in range(times):
        sign_in(from_network(f"198.51.100.{number}"), "wrong")


def test_after_fifty_wrong_ones_from_everywhere_a_question_comes_first_and_the_owner_gets_in(ola):
    guess_from_everywhere()
    owner = from_network(HOME)
    asked = sign_in(owner)
    page = asked.content.decode()
    assert QUESTION in page
    assert "perhaps by somebody else" in page
    assert f'value="{PASSWORD}"' in page
    assert "no-store" in asked["Cache-Control"]
    assert not is_signed_in(owner)
    sign_in(owner, **answered(page))
    assert is_signed_in(owner)


def answered(page: str, answer=answer_to) -> dict[str, str]:
    key = re.search(r'name="captcha_0" value="(\w+)"', page).group(1)
    return {"captcha_0": key, "captcha_1": answer(page)}


@pytest.mark.parametrize("email", [" ola@example.org", "OLA@example.org", "ola@example.org\t"])
def test_the_same_address_written_otherwise_gets_round_no_question(ola, email):
    guess_from_everywhere()
    robot = from_network(STRANGERS)
    assert QUESTION in sign_in(robot, email=email).content.decode()
    assert not is_signed_in(robot)


def test_until_it_is_answered_no_password_is_tried(ola):
    guess_from_everywhere()
    robot = from_network(STRANGERS)
    page = sign_in(robot).content.decode()
    for _try in range(3):
        page = sign_in(robot, **answered(page, wrong_answer_to)).content.decode()
        assert QUESTION in page
    assert not is_signed_in(robot)


def test_an_unknown_address_is_treated_alike():
    for number in range(50):
        sign_in(from_network(f"198.51.100.{number}"), "wrong", "nobody@example.org")
    page = sign_in(from_network(HOME), "wrong", "nobody@example.org").content.decode()
    assert QUESTION in page


def test_confirming_that_it_is_you_counts_by_network_too(ola):
    client = from_network(HOME)
    client.force_login(ola)
    guess_from_everywhere()
    again = reverse("account_reauthenticate")
    answers = [client.post(again, {"password": "wrong"}) for _try in range(6)]
    assert TOLD in answers[5].content.decode()
    assert TOLD not in answers[4].content.decode()


def test_a_storage_that_does_not_answer_keeps_nobody_out(ola, settings):
    settings.MYPART = settings.MYPART | {"RATE_LIMIT_STORAGE": "redis://127.0.0.1:1/0"}
    client = from_network(HOME)
    sign_in(client, "wrong")
    sign_in(client)
    assert is_signed_in(client)
    assert not failures.are_many("ola@example.org")


def ask_for_link(client: Client, email: str = "ola@example.org"):
    return client.post(reverse("account_reset_password"), {"email": email}, follow=True)


def test_links_that_strangers_ask_for_refuse_nobody_and_fill_no_mailbox(
    ola, mailoutbox, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        for number in range(30):
            ask_for_link(from_network(f"198.51.100.{number}"))
        told = ask_for_link(from_network(HOME))
    assert [mail.to for mail in mailoutbox] == [["ola@example.org"]]
    assert "that one counts" in told.content.decode()
    link = re.search(r"https?://[^/\s]+(/\S+)", mailoutbox[0].body).group(1)
    owner = from_network(HOME)
    form = owner.get(link)["Location"]
    owner.post(form, {"password1": "zielony rower 7", "password2": "zielony rower 7"})
    sign_in(owner, "zielony rower 7")
    assert is_signed_in(owner)


def test_a_link_that_is_used_or_worth_nothing_any_more_makes_room_for_the_next(
    ola, mailoutbox, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        ask_for_link(from_network(HOME))
        sign_in(from_network(HOME))
        ask_for_link(from_network(HOME))
    assert len(mailoutbox) == 2
