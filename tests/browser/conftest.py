"""A real browser before a live server.

``visit`` opens a page of the live server at a width, in a theme and a contrast. Whatever the browser
complains of (errors in its console, breaches of the content security policy, failed requests) fails the test.
"""

import os
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from mypart_wagtail.generator.models import FormDocument
from mypart_wagtail.grants.services.applications import start_application
from tests.browser.chromium import WINDOWLESS, arguments, find_chromium
from tests.grants.calls import open_call
from tests.grants.offers import sample_data
from tests.people import member, organisation

WIDTHS = {"smallest": 320, "phone": 390, "desktop": 1280}
LOOKS = {
    "light": {"color_scheme": "light"},
    "dark": {"color_scheme": "dark"},
    "light-contrast": {"color_scheme": "light", "contrast": "more"},
    "dark-contrast": {"color_scheme": "dark", "contrast": "more"},
}


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One browser for the whole session."""
    with sync_playwright() as playwright:
        # Playwright's event loop lives in this thread until the session ends, so Django takes every query
        # of every later test for one made inside async code. None is: tests are synchronous.
        os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
        browser = playwright.chromium.launch(executable_path=find_chromium(WINDOWLESS), args=arguments())
        yield browser
        browser.close()
        del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def complaints() -> list[str]:
    """What the browser complained of during the test. A test that provokes a complaint clears it."""
    return []


@pytest.fixture
def open_context(
    browser: Browser, live_server: object, complaints: list[str]
) -> Iterator[Callable[..., BrowserContext]]:
    """Open a browser of somebody's own: ``open_context(width="phone", look="dark", **options)``."""
    contexts = []

    def open_one(width: str = "desktop", look: str = "light", **options: object) -> BrowserContext:
        context = browser.new_context(
            base_url=live_server.url,
            viewport={"width": WIDTHS[width], "height": 900},
            locale="pl-PL",
            timezone_id="Europe/Warsaw",
            **LOOKS[look],
            **options,
        )
        context.set_default_timeout(10_000)
        context.on("page", lambda page: _listen(page, complaints))
        contexts.append(context)
        return context

    yield open_one
    for context in contexts:
        context.close()
    assert not complaints, "The browser complained:\n" + "\n".join(complaints)


@pytest.fixture
def clear(open_context, complaints):
    """Forget what the browser rightly complained of."""
    yield
    complaints.clear()


@pytest.fixture
def visit(open_context: Callable[..., BrowserContext]) -> Callable[..., Page]:
    """Open an address: ``visit("/pl/", width="phone", look="dark")``."""

    def open_page(address: str, **context_options: object) -> Page:
        page = open_context(**context_options).new_page()
        page.goto(address)
        return page

    return open_page


@pytest.fixture
def desktop(open_context: Callable[..., BrowserContext]) -> Page:
    """An empty page 1280 px wide."""
    return open_context(width="desktop").new_page()


@pytest.fixture
def phone(open_context: Callable[..., BrowserContext]) -> Page:
    """An empty page 390 px wide."""
    return open_context(width="phone").new_page()


def _listen(page: Page, complaints: list[str]) -> None:
    page.on("console", lambda message: message.type == "error" and complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("requestfailed", lambda request: _note_failure(request, complaints))


def _note_failure(request: object, complaints: list[str]) -> None:
    # A request cut off by going to the next page is no fault.
    if request.failure != "net::ERR_ABORTED":
        complaints.append(f"{request.failure}: {request.url}")


def let_in(context: BrowserContext, user: Any) -> None:
    """Sign ``user`` in, in a browser of their own, without going through the form."""
    client = Client()
    client.force_login(user)
    session = client.cookies["sessionid"].value
    context.add_cookies([{"name": "sessionid", "value": session, "domain": "localhost", "path": "/"}])


@pytest.fixture
def editor(transactional_db) -> Any:
    """Someone who may fill in the offers of one organisation."""
    return member(organisation(), "editor")


@pytest.fixture
def document(editor) -> FormDocument:
    """A complete draft with two actions of two costs each."""
    club = editor.mypart_memberships.get().organisation
    application = start_application(editor, call=open_call(), organisation=club, at=timezone.now())
    application.document.data = sample_data(actions=2, costs_per_action=2)
    application.document.save()
    return application.document


@pytest.fixture
def fill_in(open_context, editor, document) -> Callable[..., Page]:
    """Open a page of the draft as its editor: ``fill_in("costs", "action0001", javascript=False)``."""

    def open_page(*place: str, javascript: bool = True) -> Page:
        context = open_context(java_script_enabled=javascript)
        let_in(context, editor)
        page = context.new_page()
        with translation.override("pl"):
            address = reverse(
                "mypart_generator:group" if len(place) > 1 else "mypart_generator:section",
                args=[document.uuid, *place],
            )
        page.goto(address)
        return page

    return open_page
