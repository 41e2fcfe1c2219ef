"""How people get an account: quickly, without a picture to guess, and without losing what they typed."""

import re
from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse
from django.utils import translation

from mypart_wagtail.accounts.forms import SignUpForm
from mypart_wagtail.human_check import FAILURES_OF_ADDRESS, Attempt
from mypart_wagtail.languages import language_of
from mypart_wagtail.organisations.models import Authority, LegalText, LegalTextShown, legal_text
from tests.journeys.question import answer_to, wrong_answer_to
from tests.people import person
from tests.sites import default_site

pytestmark = pytest.mark.django_db

PASSWORD = "zielony rower 7"
User = get_user_model()


@pytest.fixture(autouse=True)
def patient(settings):
    settings.MYPART = {"CAPTCHA_MINIMUM_SECONDS": 0}


@pytest.fixture
def url():
    return reverse("account_signup")


@pytest.fixture
def clause():
    authority = Authority.objects.create(
        site=default_site(),
        name="Prezydent Miasta Mysłowice",
        officer_name="Anna Nowak",
        officer_email="iod@example.org",
    )
    return LegalText.objects.create(
        authority=authority, kind=LegalText.Kind.CLAUSE, version=1, title="Klauzula", body="Dane chronimy."
    )


def typed(page, **changes):
    """What a browser would post of ``page``, with ``changes``."""
    html = page.content.decode()
    fields = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', html))
    fields |= {"email": "ola@example.org", "password1": PASSWORD, "nickname": ""}
    return fields | changes


def answered(page, **changes):
    """What a browser would post of ``page`` after its reader has answered the question in it."""
    return typed(page, captcha_1=answer_to(page.content.decode()), **changes)


def answered_wrongly(page, **changes):
    return typed(page, captcha_1=wrong_answer_to(page.content.decode()), **changes)


def test_one_signs_up_with_an_email_a_password_and_one_word_and_is_let_in_at_once(
    client, url, mailoutbox, django_capture_on_commit_callbacks
):
    page = client.get(url)
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(url, answered(page))
    assert answer.status_code == 302
    assert client.session["_auth_user_id"] == str(User.objects.get(email="ola@example.org").pk)
    assert [mail.to for mail in mailoutbox] == [["ola@example.org"]]


def test_whoever_signs_up_in_polish_is_written_to_in_polish(client):
    with translation.override("pl"):
        url = reverse("account_signup")
    client.post(url, answered(client.get(url)))
    assert language_of(User.objects.get()) == "pl"


def test_a_wrong_word_costs_nothing_that_was_typed(client, url):
    answer = client.post(url, typed(client.get(url), captcha_1="nonsense"))
    html = answer.content.decode()
    assert "That word does not answer the question" in html
    assert 'value="ola@example.org"' in html
    assert f'value="{PASSWORD}"' in html
    assert "no-store" in answer["Cache-Control"]
    assert not User.objects.exists()


def test_who_answered_is_not_asked_again_because_of_another_mistake(client, url):
    page = client.get(url)
    page = client.post(url, answered(page, password1="1"))
    assert "Which of these words" not in page.content.decode()
    assert client.post(url, typed(page)).status_code == 302


@pytest.mark.database
def test_who_fails_twice_gets_an_emailed_link_and_types_nothing_again(
    client, url, mailoutbox, django_capture_on_commit_callbacks
):
    page = client.post(url, typed(client.get(url), captcha_1="nonsense"))
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(url, typed(page, captcha_1="more nonsense"))
    assert answer["Location"] == reverse("account_email_verification_sent")
    assert "_auth_user_id" not in client.session
    link = re.search(r"https?://[^/]+(/\S+)", mailoutbox[0].body).group(1)
    client.post(link)
    assert client.session["_auth_user_id"]


@pytest.mark.database
def test_who_failed_twice_cannot_sign_in_before_following_the_link(client, url):
    page = client.post(url, typed(client.get(url), captcha_1="nonsense"))
    client.post(url, typed(page, captcha_1="more nonsense"))
    client.cookies.clear()
    client.post(reverse("account_login"), {"login": "ola@example.org", "password": PASSWORD})
    assert "_auth_user_id" not in client.session


def test_forging_the_count_of_tries_helps_no_robot(client, url):
    forged = Attempt(started=0, is_proven=True).sign()[:-3] + "abc"
    answer = client.post(url, typed(client.get(url), attempt=forged, captcha_1="nonsense"))
    assert answer.status_code == 200
    assert not User.objects.exists()


def test_an_old_copy_of_the_form_does_not_begin_to_count_anew(client, url):
    """Who sends the first token again and again gets the link after two wrong answers all the same."""
    first = answered_wrongly(client.get(url))
    client.post(url, first)
    again = answered_wrongly(client.get(url), attempt=first["attempt"])
    assert client.post(url, again)["Location"] == reverse("account_email_verification_sent")
    assert "_auth_user_id" not in client.session


def test_from_where_many_answers_were_wrong_the_link_decides(client, url):
    for number in range(FAILURES_OF_ADDRESS):
        page = client.get(url)
        client.post(url, answered_wrongly(page, email=f"robot{number}@example.org"))
    assert not User.objects.exists()
    page = client.get(url)
    assert "Which of these words" not in page.content.decode()
    assert client.post(url, typed(page))["Location"] == reverse("account_email_verification_sent")
    assert "_auth_user_id" not in client.session
    elsewhere = client.get(url, REMOTE_ADDR="192.0.2.9")
    assert "Which of these words" in elsewhere.content.decode()


def test_one_answer_lets_one_form_through_also_of_those_sent_at_once(settings):
    settings.MYPART = {"CAPTCHA_MINIMUM_SECONDS": 0}
    token = Attempt(started=0, is_proven=True).sign()
    fields = {"attempt": token, "password1": PASSWORD}
    at_once = [SignUpForm(fields | {"email": f"n{number}@example.org"}) for number in range(5)]
    assert [form.is_valid() for form in at_once] == [True, False, False, False, False]
    assert "captcha" in at_once[1].fields


def test_a_question_answered_wrongly_is_asked_no_more(client, url):
    page = client.get(url)
    client.post(url, answered_wrongly(page))
    again = client.post(url, answered(page))
    assert "This question was answered before" in again.content.decode()
    assert not User.objects.exists()
    assert client.post(url, answered(again)).status_code == 302
    assert "_auth_user_id" in client.session


@pytest.mark.parametrize("forge", [lambda text: text.pk, lambda text: f"{text.pk}:abc:def"])
def test_what_was_never_shown_is_not_recorded_as_shown(client, url, clause, forge):
    new = LegalText.objects.create(
        authority=clause.authority, kind=clause.kind, version=2, title="Nowa", body="Nowsza treść."
    )
    client.post(url, answered(client.get(url), legal_text=forge(clause)))
    assert LegalTextShown.objects.get().text == new


def test_what_was_shown_long_ago_is_not_recorded_as_shown_now(client, url, clause, monkeypatch):
    old = clause.shown_token
    new = LegalText.objects.create(
        authority=clause.authority, kind=clause.kind, version=2, title="Nowa", body="Nowsza treść."
    )
    monkeypatch.setattr(legal_text, "LONGEST_SHOWN", timedelta(seconds=-1))
    client.post(url, answered(client.get(url), legal_text=old))
    assert LegalTextShown.objects.get().text == new


def test_a_robot_that_fills_in_the_hidden_box_is_told_and_not_let_in(client, url):
    page = client.get(url)
    answer = client.post(url, answered(page, nickname="Bob"))
    assert "A hidden box" in answer.content.decode()
    assert 'value="Bob"' not in answer.content.decode()
    assert not User.objects.exists()


def test_who_is_quicker_than_people_presses_once_more(client, url, settings):
    settings.MYPART = {"CAPTCHA_MINIMUM_SECONDS": 30}
    page = client.get(url)
    answer = client.post(url, answered(page))
    assert "faster than people type" in answer.content.decode()
    settings.MYPART = {"CAPTCHA_MINIMUM_SECONDS": 0}
    assert client.post(url, typed(answer)).status_code == 302


def test_a_site_may_do_without_the_question(client, url, settings):
    settings.MYPART = {"CAPTCHA": None, "CAPTCHA_MINIMUM_SECONDS": 0}
    page = client.get(url)
    assert "Which of these words" not in page.content.decode()
    assert client.post(url, typed(page)).status_code == 302


@pytest.mark.parametrize("name", ["account_login", "account_reset_password"])
def test_no_question_at_sign_in_and_reset(client, name):
    html = client.get(reverse(name)).content.decode()
    assert "Which of these words" not in html
    assert "captcha" not in html


@pytest.mark.database
def test_the_version_of_the_legal_text_that_was_shown_is_recorded(client, url, clause):
    page = client.get(url)
    assert "Dane chronimy." in page.content.decode()
    assert "iod@example.org" in page.content.decode()
    LegalText.objects.create(
        authority=clause.authority, kind=clause.kind, version=2, title="Nowa", body="Nowsza treść."
    )
    client.post(url, answered(page))
    shown = LegalTextShown.objects.get()
    assert (shown.text, shown.place) == (clause, LegalTextShown.Place.SIGN_UP)


@pytest.mark.database
def test_one_connection_ends_in_the_limit_while_another_gets_through(client, url, settings):
    settings.ACCOUNT_RATE_LIMITS = {"signup": "20/h/ip"}
    answers = [client.post(url, {"email": "x"}).status_code for _try in range(30)]
    assert answers == [200] * 20 + [429] * 10
    page = client.get(url, REMOTE_ADDR="192.0.2.7")
    answer = client.post(url, answered(page), REMOTE_ADDR="192.0.2.7")
    assert answer.status_code == 302


def test_the_limit_costs_nothing_that_was_typed(client, url, settings):
    settings.ACCOUNT_RATE_LIMITS = {"signup": "1/h/ip"}
    client.post(url, {"email": "x"})
    answer = client.post(url, {"email": "ola@example.org", "password1": PASSWORD, "next": "/en/offers/"})
    page = answer.content.decode()
    assert answer.status_code == 429
    assert "Please try again in an hour" in page
    assert 'value="ola@example.org"' in page
    assert f'value="{PASSWORD}"' in page
    assert 'name="next" value="/en/offers/"' in page


def test_whoever_has_an_account_is_led_to_it_and_makes_no_second_one(client, url):
    """One is let in at once, so this cannot be hidden; the question and the limit keep robots from asking."""
    person("ola")
    answer = client.post(url, answered(client.get(url)))
    assert "already registered with this email" in answer.content.decode()
    assert "_auth_user_id" not in client.session
    assert User.objects.count() == 1


def test_neither_sign_in_nor_a_forgotten_password_tells_who_has_an_account(client):
    person("ola")
    for name, field in (("account_login", "login"), ("account_reset_password", "email")):
        answers = [
            client.post(reverse(name), {field: email, "password": "no"})
            for email in ("ola@example.org", "nobody@example.org")
        ]
        known, unknown = (
            (answer.status_code, answer.headers.get("Location"), errors_of(answer)) for answer in answers
        )
        assert known == unknown


def errors_of(answer) -> list:
    form = answer.context.get("form") if answer.context else None
    return list(form.errors.items()) if form else []


def test_before_the_question_is_answered_nothing_tells_whether_there_is_an_account(client, url):
    person("ola")
    told = []
    for email in ("ola@example.org", "nobody@example.org"):
        answer = client.post(url, answered_wrongly(client.get(url), email=email))
        told.append((answer.status_code, list(answer.context["form"].errors)))
        assert "already registered" not in answer.content.decode()
    assert told == [(200, ["captcha"])] * 2


def test_whoever_is_told_that_there_is_an_account_has_its_owner_told_once(
    client, url, mailoutbox, django_capture_on_commit_callbacks
):
    person("ola")
    with django_capture_on_commit_callbacks(execute=True):
        again = client.post(url, answered(client.get(url)))
        client.post(url, typed(again))
    assert [mail.to for mail in mailoutbox] == [["ola@example.org"]]
    assert "tried to sign up" in mailoutbox[0].body
    # Another address in the same form needs no other answer.
    assert client.post(url, typed(again, email="another@example.org")).status_code == 302


def test_a_network_is_told_five_times_an_hour_and_then_signing_up_rests_there(client, url):
    person("ola")
    tellings = [client.post(url, answered(client.get(url))).content.decode() for _time in range(6)]
    assert ["already registered" in page for page in tellings] == [True] * 5 + [False]
    assert "it rests for a while" in tellings[5]
    assert (
        "it rests for a while"
        in client.post(url, answered(client.get(url), email="new@example.org")).content.decode()
    )
    page = client.get(url, REMOTE_ADDR="192.0.2.7")
    answer = client.post(url, answered(page, email="new@example.org"), REMOTE_ADDR="192.0.2.7")
    assert answer.status_code == 302


def test_whom_a_link_has_to_prove_is_told_the_same_whether_there_is_an_account_or_not(
    url, mailoutbox, django_capture_on_commit_callbacks
):
    person("ola")
    ends = []
    for email in ("ola@example.org", "nobody@example.org"):
        browser = Client()
        page = browser.post(url, typed(browser.get(url), email=email, captcha_1="nonsense"))
        with django_capture_on_commit_callbacks(execute=True):
            answer = browser.post(url, typed(page, email=email, captcha_1="more nonsense"))
        ends.append((answer.status_code, answer["Location"], "_auth_user_id" in browser.session))
    assert ends[0] == ends[1]
    assert [mail.to for mail in mailoutbox] == [["ola@example.org"], ["nobody@example.org"]]
    assert "tried to sign up" in mailoutbox[0].body


def test_two_accounts_never_have_one_address(client, url):
    person("ola")
    for email in ("ola@example.org", "OLA@example.org", " Ola@Example.Org "):
        client.post(url, answered(client.get(url), email=email))
    assert User.objects.count() == 1
