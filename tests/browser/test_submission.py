"""Submitting and what follows it, in a real browser: every state is accessible, and one press counts once."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from mypart_wagtail.generator.models import FormDocument
from mypart_wagtail.grants.models import Application
from mypart_wagtail.grants.services.applications import start_application
from tests.browser.axe import assert_accessible_in_each_look
from tests.browser.conftest import let_in
from tests.browser.nu import assert_valid_page
from tests.grants.calls import open_call
from tests.grants.offers import sample_data
from tests.people import member, organisation, person

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def signer(transactional_db):
    return member(organisation(), "signer", is_signer=True)


@pytest.fixture
def draft(signer) -> Application:
    club = signer.mypart_memberships.get().organisation
    application = start_application(signer, call=open_call(), organisation=club, at=timezone.now())
    application.document.data = sample_data()
    application.document.save()
    return application


@pytest.fixture
def enter(open_context, signer) -> Callable[..., Page]:
    """A page of a browser in which the signer is signed in."""

    def enter(**options: object) -> Page:
        context = open_context(**options)
        let_in(context, signer)
        return context.new_page()

    return enter


def url(name: str, application: Application) -> str:
    return reverse(f"mypart_grants:{name}", args=[application.uuid])


def button(page: Page, name: str):
    return page.get_by_role("main").get_by_role("button", name=name)


def test_every_state_of_submitting_is_accessible(enter, draft, complaints):
    page = enter()

    def looks_right() -> None:
        assert_accessible_in_each_look(page)

    FormDocument.objects.update(data=sample_data() | {"title": "", "taxes": ""})
    page.goto(url("submit", draft))
    looks_right()
    button(page, "Submit the offer").click()
    expect(page.get_by_role("alert")).to_be_focused()
    looks_right()
    complaints.clear()  # The browser writes down every answer with 422.
    FormDocument.objects.update(data=sample_data(), title="Letnia szkoła żeglarstwa")
    page.goto(url("submit", draft))
    button(page, "Check whether I can submit").click()
    looks_right()
    button(page, "Submit the offer").click()
    looks_right()
    page.get_by_role("link", name="The same as a page").click()
    looks_right()
    page.goto(url("receipt", draft))
    button(page, "Correct the offer").click()
    page.goto(url("receipt", draft))
    looks_right()
    page.get_by_role("link", name="Throw the correction away").click()
    looks_right()
    page.goto(url("withdraw", draft))
    looks_right()
    page.goto(reverse("mypart_grants:start", args=[draft.call.uuid]))
    looks_right()
    draft.call.intake_until = timezone.now()
    draft.call.save()
    for name in ("submit", "receipt", "withdraw"):
        page.goto(url(name, draft))
        looks_right()
    page.goto(reverse("mypart_grants:applications"))
    looks_right()


def test_the_pages_after_submitting_are_valid_html(enter, draft):
    page = enter()
    page.goto(url("submit", draft))
    assert_valid_page(page)
    button(page, "Submit the offer").click()
    assert_valid_page(page)
    page.goto(url("offer", draft))
    assert_valid_page(page)


def test_a_double_click_submits_once(enter, draft, mailoutbox):
    page = enter()
    page.goto(url("submit", draft))
    button(page, "Submit the offer").dblclick()
    expect(page.get_by_role("heading", level=1)).to_have_text("The offer is submitted")
    [receipt] = [mail for mail in mailoutbox if mail.to == ["signer@example.org"]]
    assert "has been submitted" in receipt.subject


@pytest.mark.usefixtures("clear")
def test_without_network_the_page_says_that_nothing_is_submitted_and_the_next_press_submits(enter, draft):
    page = enter()
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(url("submit", draft))
    page.context.set_offline(True)
    button(page, "Submit the offer").click()
    notice = page.get_by_role("alert").filter(has_text="The offer is not submitted: no connection")
    expect(notice).to_be_in_viewport()
    assert_accessible_in_each_look(page)
    page.context.set_offline(False)
    button(page, "Submit the offer").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("The offer is submitted")


def test_staff_read_an_offer_in_the_admin(enter, open_context, draft):
    page = enter()
    page.goto(url("submit", draft))
    button(page, "Submit the offer").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("The offer is submitted")
    number = page.get_by_role("definition").first.inner_text()
    clerk = open_context()
    let_in(clerk, person("clerk", is_superuser=True))
    reading = clerk.new_page()
    reading.goto(reverse("mypart_admin_applications:index"))
    expect(reading.get_by_text("Te oferty są jeszcze zamknięte")).to_be_visible()
    draft.call.intake_until = timezone.now() - timedelta(minutes=3)
    draft.call.save()
    reading.reload()
    reading.get_by_role("link", name=number).first.click()
    expect(reading.get_by_role("heading", name="VII. Oświadczenia")).to_be_visible()
    expect(reading.get_by_text("Otwarto w urzędzie")).to_have_count(1)
