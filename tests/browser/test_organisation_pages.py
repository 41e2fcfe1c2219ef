"""Pages of organisations and their people, in each state, on the smallest screen and in Polish."""

import pytest
from django.urls import reverse
from django.utils import timezone, translation
from playwright.sync_api import expect

from mypart_wagtail.grants.kind import ApplicationKind, digest
from mypart_wagtail.grants.models import Application
from mypart_wagtail.grants.services.applications import start_application, submit_application
from mypart_wagtail.organisations import services
from mypart_wagtail.organisations.models import Membership
from tests.browser.axe import assert_accessible
from tests.browser.conftest import let_in
from tests.browser.nu import assert_valid_page
from tests.grants.calls import open_call
from tests.grants.offers import sample_data
from tests.people import member, organisation, person

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def club():
    return organisation(nip="5260250274")


@pytest.fixture
def boss(club):
    return member(club, "boss", is_administrator=True)


@pytest.fixture
def open_as(open_context):
    def opened(user, name, *arguments, look="light"):
        context = open_context(width="smallest", look=look)
        let_in(context, user)
        page = context.new_page()
        with translation.override("pl"):
            page.goto(reverse(name, args=arguments))
        return page

    return opened


def looks_right(page) -> None:
    assert_accessible(page)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), page.url
    assert_valid_page(page)


def test_the_form_of_a_card_with_every_mistake_and_a_nip_that_is_taken(open_as, club, complaints):
    page = open_as(person("newcomer"), "mypart_organisations:create")
    looks_right(page)
    page.get_by_label("NIP").fill("526-025-02-74")
    page.get_by_role("button", name="Zapisz kartę").click()
    expect(page.get_by_role("heading", name="Ta organizacja ma już kartę")).to_be_visible()
    expect(page.get_by_label("NIP")).to_have_value("526-025-02-74")
    looks_right(page)
    page.get_by_role("button", name="Poproś o dołączenie").click()
    expect(page.get_by_role("main")).to_contain_text(club.name)
    looks_right(page)
    assert [text for text in complaints if "422" not in text] == []  # A form that came back says so.
    complaints.clear()


def test_the_card_and_the_people_as_their_administrator_sees_them(open_as, club, boss):
    member(club, "signer", is_signer=True)
    services.ask_to_join(person("asker"), organisation=club, message="Pomagam.")
    services.invite(
        boss, organisation=club, email="guest@example.org", is_signer=True, is_administrator=True, base_url=""
    )
    looks_right(open_as(boss, "mypart_organisations:change", club.uuid, look="dark"))
    page = open_as(boss, "mypart_organisations:members", club.uuid)
    looks_right(page)
    page.get_by_role("button", name="Cofnij guest@example.org").click()
    expect(page.get_by_text("guest@example.org")).to_have_count(0)
    looks_right(open_as(boss, "mypart_organisations:mine"))


def test_an_invitation(open_as, club, boss):
    invitation = services.invite(
        boss, organisation=club, email="guest@example.org", is_signer=True, is_administrator=True, base_url=""
    )
    page = open_as(person("guest"), "mypart_organisations:invitation", invitation.uuid)
    looks_right(page)


def test_submitting_with_an_unconfirmed_email_and_confirming_later(open_as, club):
    newcomer = person("newcomer", is_confirmed=False)
    Membership.objects.create(organisation=club, user=newcomer, is_signer=True)
    for facts in ({}, {"submitters": "anyone", "confirmation_days": 7}):
        application = start_application(
            newcomer, call=open_call(**facts), organisation=club, at=timezone.now()
        )
        application.document.data = sample_data()
        application.document.save()
        looks_right(open_as(newcomer, "mypart_grants:submit", application.uuid))
    fresh = Application.objects.with_parts().get(pk=application.pk)
    seen = digest(fresh, ApplicationKind().form(fresh.document))
    submit_application(newcomer, application=application, at=timezone.now(), seen=seen)
    looks_right(open_as(newcomer, "mypart_grants:receipt", application.uuid))
    signer = member(club, "signer", is_signer=True)
    page = open_as(signer, "mypart_grants:receipt", application.uuid)
    looks_right(page)
    page.get_by_role("button", name="Potwierdź umocowanie").click()
    expect(page.get_by_role("main")).to_contain_text("potwierdzone")
