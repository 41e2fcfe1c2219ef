"""An organisation publishes and a moderator decides, each in a browser of their own."""

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse

from mypart_wagtail.publishing.services import decide
from mypart_wagtail.publishing.services.set_up import MODERATORS
from tests.blocks.samples import root_collection
from tests.browser.axe import assert_accessible
from tests.browser.conftest import let_in
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


@pytest.mark.parametrize("width", ["smallest", "desktop"])
@pytest.mark.parametrize("look", ["light", "dark"])
def test_screens_of_the_admin_are_accessible(enter, club, ewa, anna, width, look):
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
        page = enter(user, address, width=width, look=look)
        assert_accessible(page, within="main")


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
