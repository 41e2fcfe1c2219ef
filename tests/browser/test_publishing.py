"""An organisation publishes and a moderator decides, each in a browser of their own."""

from urllib.parse import urlsplit

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from django.utils import translation

from mypart_wagtail.news.models import NewsIndexPage
from mypart_wagtail.organisations.models import Organisation
from mypart_wagtail.organisations.services import show_on_sites
from mypart_wagtail.publishing.services import decide
from mypart_wagtail.publishing.services.set_up import MODERATORS
from tests.blocks.samples import root_collection
from tests.browser.axe import assert_accessible_in_each_look
from tests.browser.conftest import let_in
from tests.browser.test_offer_journey import SIGNER_CARD
from tests.journeys.question import answer_to
from tests.news.news import index
from tests.organisations.public import accepted, directory
from tests.people import person
from tests.publishing.writers import draft, mailed_to, submitted, writer
from tests.sites import default_site

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def club(db):
    default_site()
    root_collection()
    directory()
    index()
    return accepted("Klub Fala")


@pytest.fixture
def ewa(club):
    return writer(club, "ewa")


@pytest.fixture
def anna(ewa):
    """A moderator; the group was made with the first publisher."""
    moderator = person("anna")
    moderator.groups.add(Group.objects.get(name=MODERATORS))
    return moderator


@pytest.fixture
def enter(open_context):
    """Open a page as somebody, in a browser of their own, in Polish."""

    def enter(user, address, **looks):
        context = open_context(**looks)
        if user is not None:
            let_in(context, user)
        page = context.new_page()
        page.goto(address)
        page.wait_for_load_state("networkidle")
        return page

    return enter


def test_screens_of_the_admin_are_accessible(enter, club, ewa, anna):
    public = draft(club, ewa, "Public")
    decide(anna, task_state=submitted(public, ewa), decision="approve")
    back = draft(club, ewa, "Sent back")
    decide(anna, task_state=submitted(back, ewa), decision="reject", comment="Add the date.")
    state = submitted(draft(club, ewa), ewa)
    screens = [
        (ewa, reverse("wagtailadmin_home")),
        (ewa, reverse("mypart_admin_moderation:withdraw", args=[public.pk])),
        (anna, reverse("wagtailadmin_home")),
        (anna, reverse("mypart_admin_moderation:index")),
        (anna, reverse("mypart_admin_moderation:review", args=[state.pk])),
    ]
    for user, address in screens:
        assert_accessible_in_each_look(enter(user, address), within="main")


def test_a_moderator_sends_back_by_keyboard_and_approves_what_comes_again(enter, complaints, club, ewa, anna):
    state = submitted(draft(club, ewa), ewa)
    screen = enter(anna, reverse("mypart_admin_moderation:index"))
    screen.get_by_role("link", name="Regatta").press("Enter")
    screen.get_by_role("button", name="Odeślij do poprawy").press("Enter")
    screen.get_by_text("Napisz autorowi, dlaczego.").wait_for()
    complaints.clear()  # Of the status of that answer.
    screen.locator("#comment").fill("Add the date.")
    screen.get_by_role("button", name="Odeślij do poprawy").press("Enter")
    screen.get_by_text("Nic nie czeka.").wait_for()
    assert mailed_to(ewa)[-1] == "To be changed: Regatta"
    page = state.workflow_state.content_object
    submitted(page.specific, ewa)
    screen.reload()
    screen.get_by_role("link", name="Regatta").press("Enter")
    screen.get_by_role("button", name="Zatwierdź i opublikuj").press("Enter")
    screen.get_by_text("Nic nie czeka.").wait_for()
    assert mailed_to(ewa)[-1] == "Published: Regatta"
    resident = enter(None, page.get_url())
    resident.get_by_role("heading", name="Regatta").wait_for()


def test_from_sign_up_to_a_published_piece_with_the_moderator_in_a_second_browser(
    open_context, enter, settings, live_server, mailoutbox
):
    settings.MYPART = {"CAPTCHA_MINIMUM_SECONDS": 0}
    site = default_site()
    site.port = urlsplit(live_server.url).port
    site.save()
    root_collection()
    directory()
    index()
    ola = _sign_up(open_context(width="phone").new_page())
    club = _make_card(ola)
    show_on_sites(None, organisation=club, shown_on=[site], among=[site])

    ola.goto(reverse("mypart_organisations:mine"))
    ola.get_by_role("link", name="Who writes in the portal").click()
    ola.get_by_label("ola@example.org").check()
    ola.get_by_role("button", name="Save").click()
    ola.goto(reverse("wagtailadmin_home"))
    ola.get_by_role("link", name="Write news").click()
    _write(ola)
    assert _subjects(mailoutbox, "ola") == ["Received: Regatta"]

    anna = person("anna")
    anna.groups.add(Group.objects.get(name=MODERATORS))
    desk = enter(anna, reverse("mypart_admin_moderation:index"))
    desk.get_by_role("link", name="Regatta").click()
    desk.get_by_role("button", name="Zatwierdź i opublikuj").click()
    desk.get_by_text("Nic nie czeka.").wait_for()
    assert _subjects(mailoutbox, "ola") == ["Received: Regatta", "Published: Regatta"]

    resident = enter(None, NewsIndexPage.objects.get().get_url())
    resident.get_by_role("link", name="Regatta").click()
    resident.get_by_role("link", name="Klub Żeglarski Szkwał").first.wait_for()


def _sign_up(page):
    with translation.override("en"):
        page.goto(reverse("account_signup"))
    page.get_by_label("Email").fill("ola@example.org")
    page.get_by_label("Password").fill("zielony rower 7")
    page.get_by_label("Which of these words").fill(answer_to(page.get_by_role("main").inner_text()))
    page.get_by_role("main").get_by_role("button", name="Sign up").click()
    page.wait_for_load_state()
    return page


def _make_card(page) -> Organisation:
    with translation.override("en"):
        page.goto(reverse("mypart_organisations:create"))
    for label, words in SIGNER_CARD.items():
        page.get_by_label(label, exact=True).first.fill(words)
    page.get_by_label("Legal form").select_option("association")
    page.get_by_label("Register", exact=True).select_option("krs")
    page.get_by_label("First name and surname").first.fill("Ola Nowak")
    page.get_by_label("Function").first.fill("prezeska")
    with page.expect_navigation():
        page.get_by_role("button", name="Save the card").click()
    return Organisation.objects.get()


def _write(page) -> None:
    page.get_by_label("Title").fill("Regatta")
    page.get_by_label("Text", exact=True).fill("We sail on Sunday.")
    # It asks first whether the server answers.
    with page.expect_navigation():
        page.get_by_role("button", name="Send to the moderators").click()


def _subjects(mails, name: str) -> list[str]:
    """What moderation mailed to ``name``."""
    told = [mail.subject for mail in mails if mail.to == [f"{name}@example.org"]]
    return [subject for subject in told if "Regatta" in subject]
