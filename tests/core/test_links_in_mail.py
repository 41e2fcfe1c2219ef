"""Links in mails lead to the site, whatever name a visitor has asked for it by."""

import re
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Site

from mypart_wagtail.grants.services.applications import start_application
from mypart_wagtail.models import OutgoingMail
from mypart_wagtail.newsletter.models import NewsletterSettings, NewsletterWords
from mypart_wagtail.portal.models import PortalSettings, PortalWords
from tests.grants.calls import open_call
from tests.grants.offers import sample_data
from tests.journeys.question import answer_to
from tests.people import member, organisation, person
from tests.sites import default_site

pytestmark = pytest.mark.django_db

FOREIGN = "evil.example"
LINK = re.compile(r"https?://\S+")


@pytest.fixture(autouse=True)
def _host(settings):
    """A host that answers to any name, as behind a proxy that passes on what it is asked for."""
    settings.ALLOWED_HOSTS = ["*"]
    settings.MYPART = settings.MYPART | {"CAPTCHA_MINIMUM_SECONDS": 0}
    Site.objects.filter(pk=default_site().pk).update(hostname="oferty.example.org", port=443)
    portal = PortalSettings.objects.create(site=default_site(), messages_to="office@example.org")
    PortalWords.objects.create(settings=portal, language="en", name="Portal", privacy="<p>We read it.</p>")
    newsletter = NewsletterSettings.objects.create(site=default_site())
    NewsletterWords.objects.create(settings=newsletter, language="en", about="News", privacy="<p>Kept.</p>")


@pytest.fixture
def club():
    return organisation()


@pytest.fixture
def boss(club):
    return member(club, "boss", is_administrator=True, is_signer=True)


def browser(user=None) -> Client:
    """Whoever asks for the site by another name."""
    client = Client(headers={"host": FOREIGN})
    if user:
        client.force_login(user)
    return client


def fill_in(client: Client, address: str, **typed: str):
    """Post the form at ``address`` as somebody does who answers its question."""
    page = client.get(address).content.decode()
    hidden = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page))
    if "captcha_0" in hidden:
        typed = {"captcha_1": answer_to(page), **typed}
    return client.post(address, hidden | {"nickname": ""} | typed)


def sign_up(boss, club):
    fill_in(browser(), reverse("account_signup"), email="new@example.org", password1="zielony rower 7")


def draft_of(boss, club):
    begun = start_application(boss, call=open_call(), organisation=club, at=timezone.now())
    begun.document.data = sample_data()
    begun.document.save()
    return begun


def submit(boss, club):
    offer = draft_of(boss, club)
    client = browser(boss)
    address = reverse("mypart_grants:submit", args=[offer.uuid])
    seen = re.search(r'name="seen" value="([^"]*)"', client.get(address).content.decode()).group(1)
    client.post(address, {"seen": seen})
    return offer


def change_address(boss, club):
    client = browser()
    client.post(reverse("account_login"), {"login": boss.email, "password": "correct horse battery"})
    client.post(reverse("account_email"), {"email": "newer@example.org", "action_add": ""})


def withdraw(boss, club):
    offer = submit(boss, club)
    OutgoingMail.objects.all().delete()
    browser(boss).post(reverse("mypart_grants:withdraw", args=[offer.uuid]))


def ask_signer(boss, club):
    offer = draft_of(boss, club)
    editor = member(club, "editor")
    browser(editor).post(reverse("mypart_grants:ask_signer", args=[offer.uuid]), {"signer": boss.pk})


def invite(boss, club):
    address = reverse("mypart_organisations:invite", args=[club.uuid])
    browser(boss).post(address, {"email": "colleague@example.org"})


def ask_to_join(boss, club):
    browser(person("asker")).post(reverse("mypart_organisations:join", args=[club.uuid]), {"message": "Hi"})


def report_a_barrier(boss, club):
    fill_in(
        browser(), reverse("mypart_portal:barrier"), text="No name.", email="anna@example.org", consent="on"
    )


def subscribe(boss, club):
    fill_in(
        browser(),
        reverse("mypart_newsletter:subscribe"),
        email="anna@example.org",
        topics="news",
        consent="on",
    )


ACTS: dict[str, Callable] = {
    "sign up": sign_up,
    "forgotten password": lambda boss, club: browser().post(
        reverse("account_reset_password"), {"email": boss.email}
    ),
    "forgotten password, no account": lambda boss, club: browser().post(
        reverse("account_reset_password"), {"email": "nobody@example.org"}
    ),
    "another address": change_address,
    "invite": invite,
    "ask to join": ask_to_join,
    "submit": submit,
    "withdraw": withdraw,
    "ask a signer": ask_signer,
    "report a barrier": report_a_barrier,
    "subscribe": subscribe,
}


@pytest.mark.parametrize("act", ACTS.values(), ids=ACTS)
def test_no_mail_leads_to_the_name_that_a_visitor_has_asked_for(boss, club, act):
    act(boss, club)
    bodies = list(OutgoingMail.objects.values_list("body", flat=True))
    assert bodies
    assert FOREIGN not in "".join(bodies)
    links = [link for body in bodies for link in LINK.findall(body)]
    assert links
    assert [link for link in links if not link.startswith("https://oferty.example.org/")] == []
