"""Journeys: what a person does with the demo, by what the page, the mail and the paper say.

They run by ``make journeys`` in a process that knows nothing of the package, of Django or of the sandbox
(``test_from_outside.py``). Each has a server, a mail server and windows of its own.
"""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Playwright, expect, sync_playwright

from tests.browser.chromium import WINDOWLESS, arguments, find_chromium
from tests.journeys.complaints import Complaints
from tests.journeys.demo import ADDRESS, FAKETIME, Demo, Prepared, prepare, reserved_port
from tests.journeys.mailbox import Mailbox

WIDTHS = {"smallest": 320, "phone": 390, "desktop": 1280}
LOCALES = {"pl": "pl-PL", "en": "en-GB"}
PATIENCE = 45_000
"""Milliseconds after which something is not going to be seen any more, on a busy machine too."""


MARKS = (
    "long: begins first, so that no process is left alone with it at the end",
    "refused(*statuses): the journey is refused something, and the browser writes that down",
)


def pytest_configure(config: pytest.Config) -> None:
    for mark in MARKS:
        config.addinivalue_line("markers", mark)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: item.get_closest_marker("long") is None)


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Prepared:
    """The filled demo, made once for all processes of the run.

    Who writes journeys names a folder in ``MYPART_JOURNEYS``, where it is kept for the next run.
    """
    if kept := os.environ.get("MYPART_JOURNEYS"):
        return prepare(Path(kept))
    base = tmp_path_factory.getbasetemp()
    return prepare((base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "prepared")


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="session")
def port() -> Iterator[int]:
    """Where the demos of this process listen, one after the other."""
    with reserved_port() as port:
        yield port


@pytest.fixture(scope="session")
def browser(playwright: Playwright, port: int) -> Iterator[Browser]:
    """A browser that finds the demo at the address which ``make demo`` tells."""
    told = ADDRESS.removeprefix("http://")
    browser = playwright.chromium.launch(
        executable_path=find_chromium(WINDOWLESS),
        args=[*arguments(), f"--host-resolver-rules=MAP {told} 127.0.0.1:{port}"],
    )
    yield browser
    browser.close()


@pytest.fixture
def mailbox() -> Iterator[Mailbox]:
    mailbox = Mailbox()
    mailbox.open()
    yield mailbox
    mailbox.close()


@pytest.fixture
def demo(
    request: pytest.FixtureRequest, prepared: Prepared, port: int, mailbox: Mailbox, tmp_path: Path
) -> Iterator[Demo]:
    """A demo of one's own, which listens. Its clock can be moved where the journey asks for ``clock``."""
    demo = Demo(prepared, tmp_path, port, mailbox.port, is_clock_moved="clock" in request.fixturenames)
    with demo.running():
        yield demo


@pytest.fixture
def clock(demo: Demo) -> object:
    """The clock of the demo's server."""
    if not FAKETIME:
        assert not os.environ.get("CI"), "faketime is not installed"
        pytest.skip("LEFT OUT, since no clock can be moved without it: please install faketime")
    return demo.clock


@pytest.fixture
def complaints(request: pytest.FixtureRequest) -> Iterator[Complaints]:
    """What the browser complains of. It fails the journey, save the refusals that ``refused`` names."""
    complaints = Complaints()
    yield complaints
    named = {status for mark in request.node.iter_markers("refused") for status in mark.args}
    complaints.are_only_refusals(named)


@pytest.fixture
def open_page(browser: Browser, demo: Demo, complaints: Complaints) -> Iterator[Callable[..., Page]]:
    """Open somebody's own window: ``open_page("/pl/", width="phone", language="pl", javascript=True)``."""
    contexts = []

    def open_one(
        address: str, *, width: str = "desktop", language: str = "pl", javascript: bool = True
    ) -> Page:
        context = browser.new_context(
            base_url=ADDRESS,
            viewport={"width": WIDTHS[width], "height": 844 if width == "phone" else 900},
            has_touch=width == "phone",
            locale=LOCALES[language],
            timezone_id="Europe/Warsaw",
            java_script_enabled=javascript,
        )
        contexts.append(context)
        context.set_default_timeout(PATIENCE)
        page = context.new_page()
        complaints.listen_to(page)
        page.goto(address)
        return page

    yield open_one
    for context in contexts:
        context.close()


@pytest.fixture
def sign_in(prepared: Prepared, open_page: Callable[..., Page]) -> Callable[..., Page]:
    """Open a window and sign somebody of the demo in: ``sign_in("clerk: announces", width="desktop")``."""

    def sign_one_in(role: str, **options: object) -> Page:
        page = open_page("/pl/", **options)
        page.get_by_role("banner").get_by_role("link", name="Zaloguj się").click()
        page.get_by_label("E-mail").fill(prepared.email_of(role))
        page.get_by_label("Hasło", exact=True).fill(prepared.password)
        page.get_by_role("main").get_by_role("button", name="Zaloguj").click()
        page.wait_for_url(lambda url: "login" not in url)
        return page

    return sign_one_in
