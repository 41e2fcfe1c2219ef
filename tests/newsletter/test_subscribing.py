"""People subscribe in two steps, change their mind and leave, and nobody learns who is subscribed."""

from datetime import timedelta
from urllib.parse import urlsplit
from uuid import uuid4

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from mypart_wagtail.human_check import FAILURES_OF_ADDRESS, Attempt
from mypart_wagtail.models import OutgoingMail
from mypart_wagtail.newsletter.models import Delivery, Subscriber
from mypart_wagtail.newsletter.services.subscribing import ask_to_subscribe, erase_old
from mypart_wagtail.newsletter.topics import labels_of
from tests.newsletter.editions import begun, newsletter, slow, some_news, subscriber
from tests.people import person
from tests.portal.pages import add
from tests.sites import default_site, new_site

pytestmark = pytest.mark.django_db

SIGN_UP = "/en/newsletter/"
ASKED = {"email": "anna@example.org", "topics": ["news"], "consent": "on"}


@pytest.fixture(autouse=True)
def _newsletter(settings):
    settings.MYPART = settings.MYPART | {"CAPTCHA_MINIMUM_SECONDS": 0}
    newsletter()


def ask(client, **changes):
    return client.post(SIGN_UP, {"attempt": slow(), **ASKED, **changes})


def mails() -> list[OutgoingMail]:
    return list(OutgoingMail.objects.filter(to="anna@example.org").order_by("pk"))


def link_in(mail: OutgoingMail) -> str:
    return urlsplit(next(line for line in mail.body.splitlines() if line.startswith("http"))).path


def address(name: str, token) -> str:
    return reverse(f"mypart_newsletter:{name}", args=[token])


def errors(response) -> list[str]:
    return list(response.context["form"].errors)


@pytest.mark.database
def test_who_opens_the_mailed_link_and_presses_the_button_is_subscribed(client):
    response = ask(client, topics=["news", "calls"])
    assert response["Location"] == reverse("mypart_newsletter:link_sent")
    assert "open the link in your mail" in client.get(response["Location"]).content.decode()
    (mail,) = mails()
    link = link_in(mail)
    # A program that looks at links subscribes nobody.
    page = client.get(link).content.decode()
    assert "anna@example.org" in page
    assert Subscriber.objects.get().confirmed_at is None
    page = client.post(link).content.decode()
    assert "You are subscribed" in page
    mine = Subscriber.objects.get()
    assert mine.confirmed_at
    assert (mine.topics, mine.language) == (["news", "calls"], "en")
    assert mine.consent == "We keep your address until you leave."
    first = mine.confirmed_at
    client.post(link)
    mine.refresh_from_db()
    assert mine.confirmed_at == first
    assert client.get(link)["Location"] == address("manage", mine.token)


def test_the_mail_speaks_the_language_of_the_page(client):
    with translation.override("pl"):
        page = reverse("mypart_newsletter:subscribe")
    client.post(page, {"attempt": slow(), **ASKED})
    assert Subscriber.objects.get().language == "pl"
    assert link_in(mails()[0]).startswith("/pl/")


def test_the_topics_in_the_mail_are_in_the_language_of_the_reader(client):
    """Also where a Polish reader asks once more from an English page."""
    subscriber(language="pl", topics=["calls"], mailed_at=timezone.now() - timedelta(days=1))
    ask(client)
    with translation.override("pl"):
        label = labels_of(["calls"])[0]
    assert label != "Calls for offers"
    assert label in mails()[0].body
    assert "Calls for offers" not in mails()[0].body


def test_a_topic_posted_many_times_is_chosen_once(client):
    ask(client, topics=["news", "calls", "news", "news"])
    mine = Subscriber.objects.get()
    assert mine.topics == ["news", "calls"]
    mine.confirmed_at = timezone.now()
    mine.save()
    client.post(address("manage", mine.token), {"topics": ["calls"] * 5, "language": "en"})
    mine.refresh_from_db()
    assert mine.topics == ["calls"]


def test_the_answer_is_the_same_whether_an_address_is_known_or_not(client):
    known = subscriber("known", mailed_at=timezone.now() - timedelta(days=1))
    answers = []
    for email in ("known@example.org", "unknown@example.org"):
        response = ask(client, email=email, topics=["calls"])
        answers.append((response.status_code, response["Location"], sorted(response.cookies)))
    assert answers[0] == answers[1]
    known.refresh_from_db()
    # Who signs up an address need not be its owner, so nothing of it changes.
    assert known.topics == ["news"]
    assert OutgoingMail.objects.count() == 2


def test_who_is_subscribed_already_gets_a_link_to_the_settings(client):
    mine = subscriber(mailed_at=timezone.now() - timedelta(days=1))
    ask(client, email="Anna@Example.org")
    assert Subscriber.objects.get() == mine
    (mail,) = mails()
    assert "already" in mail.body
    assert link_in(mail) == address("manage", mine.token)


def test_nobody_fills_the_mailbox_of_another(client):
    for _time in range(5):
        ask(client)
    (first,) = mails()
    Subscriber.objects.update(mailed_at=timezone.now() - timedelta(minutes=11))
    ask(client)
    (second,) = mails()
    assert first != second


def test_the_last_choice_before_confirming_counts(client):
    ask(client)
    ask(client, topics=["calls"])
    assert Subscriber.objects.get().topics == ["calls"]


def test_an_address_subscribes_once_on_each_site():
    now = timezone.now()
    for site in (default_site(), new_site("other.example.org")):
        for email in ("anna@example.org", "ANNA@example.org"):
            ask_to_subscribe(site=site, email=email, topics=["news"], language="en", consent="", at=now)
    assert Subscriber.objects.count() == 2


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"email": ""}, "email"),
        ({"email": "anna@"}, "email"),
        ({"email": f"{'a' * 60}@{'b' * 60}.{'c' * 60}.{'d' * 60}.{'e' * 60}.org"}, "email"),
        ({"topics": []}, "topics"),
        ({"topics": ["weather"]}, "topics"),
        ({"consent": ""}, "consent"),
    ],
)
def test_bad_input_is_told_at_its_place_and_nothing_typed_is_lost(client, typed, field):
    response = ask(client, **typed)
    assert errors(response) == [field]
    assert f'value="{typed.get("email", ASKED["email"])}"' in response.content.decode() or not typed.get(
        "email", True
    )
    assert not Subscriber.objects.exists()


def test_no_topic_is_ticked_beforehand(client):
    page = client.get(SIGN_UP).content.decode()
    assert 'value="news"' in page
    assert "checked" not in page


def test_the_question_keeps_robots_out_and_who_fails_it_twice_needs_the_link_anyway(client):
    assert 'name="captcha_1"' in client.get(SIGN_UP).content.decode()
    assert ask(client, attempt=Attempt.begin().sign()).status_code == 200
    assert not Subscriber.objects.exists()
    failed = Attempt(started=timezone.now().timestamp() - 60, failures=2).sign()
    assert ask(client, attempt=failed).status_code == 302
    client.force_login(person("clerk"))
    assert 'name="captcha_1"' not in client.get(SIGN_UP).content.decode()


def test_an_address_from_which_many_answers_were_wrong_is_asked_no_more(client):
    for _time in range(FAILURES_OF_ADDRESS):
        ask(client, attempt=Attempt.begin().sign(), captcha_0="", captcha_1="")
    assert 'name="captcha_1"' not in client.get(SIGN_UP).content.decode()
    elsewhere = client.get(SIGN_UP, REMOTE_ADDR="203.0.113.7").content.decode()
    assert 'name="captcha_1"' in elsewhere


def test_a_box_that_only_robots_see_keeps_them_out(client):
    assert ask(client, nickname="bot").status_code == 200
    assert not Subscriber.objects.exists()


def test_a_hundred_posts_end_in_the_rate_limit_and_what_was_typed_stays(client):
    answers = [ask(client, email=f"a{number}@example.org").status_code for number in range(100)]
    assert answers.count(302) == 20
    assert answers.count(429) == 80
    refused = ask(client, email="person@example.org").content.decode()
    assert 'value="person@example.org"' in refused
    elsewhere = client.post(SIGN_UP, {"attempt": slow(), **ASKED}, REMOTE_ADDR="203.0.113.7")
    assert elsewhere.status_code == 302


def test_one_changes_what_one_gets(client):
    mine = subscriber()
    page = address("manage", mine.token)
    assert "anna@example.org" in client.get(page).content.decode()
    assert errors(client.post(page, {"topics": [], "language": "en"})) == ["topics"]
    response = client.post(page, {"topics": ["calls"], "language": "pl"}, follow=True)
    assert "Your choice is saved." in response.content.decode()
    mine.refresh_from_db()
    assert (mine.topics, mine.language) == (["calls"], "pl")


def test_who_has_not_confirmed_has_nothing_to_manage(client):
    assert client.get(address("manage", subscriber(is_confirmed=False).token)).status_code == 404


def test_a_mail_program_unsubscribes_by_one_post_without_cookie_or_token_of_a_form():
    """RFC 8058."""
    mine = subscriber()
    program = Client(enforce_csrf_checks=True)
    for _time in range(2):
        response = program.post(address("unsubscribe", mine.token), {"List-Unsubscribe": "One-Click"})
        assert response.status_code == 200
        assert "You are unsubscribed" in response.content.decode()
        assert not response.cookies
    assert not Subscriber.objects.exists()


def test_looking_at_the_way_out_leaves_nothing(client):
    mine = subscriber()
    page = client.get(address("unsubscribe", mine.token)).content.decode()
    assert "anna@example.org" in page
    assert Subscriber.objects.exists()


def test_a_page_without_token_of_a_form_is_the_only_one():
    mine = subscriber()
    program = Client(enforce_csrf_checks=True)
    for name in ("manage", "confirm"):
        assert program.post(address(name, mine.token), {"topics": ["calls"]}).status_code == 403


def test_who_leaves_takes_along_what_is_not_sent_yet_and_is_nowhere_any_more(client):
    some_news()
    subscriber("other")
    mine = subscriber()
    made = begun()
    client.post(address("unsubscribe", mine.token))
    assert not Subscriber.objects.filter(email="anna@example.org").exists()
    assert made.progress() == {"sent": 0, "failed": 0, "waiting": 1}


def test_who_leaves_is_not_remembered_by_the_outbox_either(client):
    other = OutgoingMail.objects.create(to="anna@example.org")
    ask(client)
    client.post(address("unsubscribe", Subscriber.objects.get().token))
    ask(client, email="bot@example.org")
    erase_old(at=timezone.now() + timedelta(days=8))
    assert list(OutgoingMail.objects.all()) == [other]


@pytest.mark.parametrize("name", ["manage", "confirm", "unsubscribe"])
def test_a_wrong_token_leads_nowhere(client, name):
    subscriber()
    response = client.get(address(name, uuid4()))
    assert response.status_code == 404
    assert "This link is no longer good" in response.content.decode()
    if name != "unsubscribe":
        assert client.post(address(name, uuid4())).status_code == 404
    assert Subscriber.objects.exists()


@pytest.mark.parametrize("name", ["manage", "confirm", "unsubscribe"])
def test_the_token_of_another_site_leads_nowhere(client, name):
    mine = subscriber(site=new_site("other.example.org"))
    assert client.get(address(name, mine.token)).status_code == 404
    client.post(address(name, mine.token))
    mine.refresh_from_db()


@pytest.mark.parametrize("name", ["manage", "confirm", "unsubscribe"])
def test_a_page_with_a_token_in_its_address_keeps_it_to_itself(client, name):
    from mypart_wagtail.portal.models import HomePage

    add(HomePage, "Start")
    mine = subscriber(is_confirmed=name != "confirm")
    response = client.get(address(name, mine.token))
    assert "no-store" in response["Cache-Control"]
    assert response["Referrer-Policy"] == "same-origin"
    assert response["X-Robots-Tag"] == "noindex"
    page = response.content.decode()
    assert '<meta name="robots" content="noindex">' in page
    barrier = next(part for part in page.split('"') if part.startswith("/en/portal/barrier/"))
    assert str(mine.token) not in barrier


def test_what_nobody_confirmed_is_erased_after_a_week_and_the_rest_is_not():
    now = timezone.now()
    long_ago = now - timedelta(days=8)
    subscriber("waits", is_confirmed=False, mailed_at=long_ago)
    subscriber("fresh", is_confirmed=False)
    subscriber("reads", mailed_at=long_ago)
    assert erase_old(at=now) == (1, 0)
    assert sorted(Subscriber.objects.values_list("email", flat=True)) == [
        "fresh@example.org",
        "reads@example.org",
    ]
    call_command("mypart_erase_subscriptions")


@pytest.fixture
def late():
    """Who has let the link lie for a week; the nightly command has not run."""
    return subscriber("late", is_confirmed=False, mailed_at=timezone.now() - timedelta(days=7, minutes=1))


@pytest.mark.parametrize("name", ["confirm", "unsubscribe"])
def test_a_link_older_than_a_week_shows_no_address(client, late, name):
    response = client.get(address(name, late.token))
    assert response.status_code == 404
    assert "late@example.org" not in response.content.decode()


def test_a_link_older_than_a_week_confirms_nothing(client, late):
    response = client.post(address("confirm", late.token))
    assert response.status_code == 404
    assert "late@example.org" not in response.content.decode()
    late.refresh_from_db()
    assert late.confirmed_at is None


def test_a_link_of_almost_a_week_is_still_good(client):
    almost = subscriber(is_confirmed=False, mailed_at=timezone.now() - timedelta(days=6, hours=23))
    assert client.get(address("confirm", almost.token)).status_code == 200
    assert client.post(address("confirm", almost.token)).status_code == 200
    almost.refresh_from_db()
    assert almost.confirmed_at


def test_the_links_of_a_reader_never_grow_old(client):
    mine = subscriber(mailed_at=timezone.now() - timedelta(days=400))
    assert client.get(address("unsubscribe", mine.token)).status_code == 200
    assert client.get(address("confirm", mine.token))["Location"] == address("manage", mine.token)


def test_who_signs_up_again_after_a_week_gets_a_new_link_and_the_old_one_stays_bad(client, late):
    ask(client, email="late@example.org")
    (mail,) = OutgoingMail.objects.filter(to="late@example.org")
    assert client.get(address("confirm", late.token)).status_code == 404
    assert client.post(link_in(mail)).status_code == 200
    assert Subscriber.objects.get().confirmed_at


def test_who_was_sent_what_is_forgotten_after_a_month_and_the_numbers_are_not():
    some_news()
    subscriber()
    made = begun()
    made.finished_at, made.sent_count = timezone.now() - timedelta(days=31), 1
    made.save()
    assert erase_old(at=timezone.now()) == (0, 1)
    assert not Delivery.objects.exists()
    assert made.progress()["sent"] == 1
