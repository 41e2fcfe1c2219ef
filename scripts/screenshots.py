"""Take the pictures of ``docs/screenshots/``: the sandbox with fresh demo data, in every look and width.

``make screenshots``. A picture is the first screen of a page, in few colours so that it stays small.
"""

import io
import os
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

REPOSITORY = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(REPOSITORY))

from tests.browser.chromium import arguments, find_chromium  # noqa: E402

FOLDER = REPOSITORY / "docs" / "screenshots"
SIGNER = "podpisujacy@example.org"
PASSWORD = "demo-myslowice"
COLOURS = 128
SIZES = {390: 844, 1280: 800}
LOOKS = {
    "light": {"color_scheme": "light"},
    "dark": {"color_scheme": "dark"},
    "contrast": {"color_scheme": "light", "contrast": "more"},
}


def main() -> None:
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        environment = {**os.environ, "MYPART_VAR": folder, "DATABASE_URL": f"sqlite:///{folder}/db.sqlite3"}
        manage("migrate", "--verbosity", "0", environment=environment)
        manage("mypart_demo", environment=environment)
        address = f"127.0.0.1:{free_port()}"
        server = subprocess.Popen(command("runserver", address, "--noreload"), env=environment)
        try:
            wait_for(f"http://{address}/pl/")
            browser = playwright.chromium.launch(executable_path=find_chromium(), args=arguments())
            take_all(browser, f"http://{address}")
            browser.close()
        finally:
            server.terminate()
            server.wait()


def take_all(browser: Browser, site: str) -> None:
    pages = places(browser, site)
    for look, preferences in LOOKS.items():
        for width, height in SIZES.items():
            context = browser.new_context(
                viewport={"width": width, "height": height}, locale="pl-PL", base_url=site, **preferences
            )
            page = context.new_page()
            for name, place in pages.items():
                if name == "wizard":
                    sign_in(page)
                page.goto(place)
                page.wait_for_load_state("networkidle")
                save(page.screenshot(), FOLDER / f"{name}-{look}-{width}.png")
            context.close()


def places(browser: Browser, site: str) -> dict[str, str]:
    """Addresses by the names of their pictures; those of offers hold ids that each demo makes anew."""
    page = browser.new_page(base_url=site)
    sign_in(page)
    draft = page.get_by_role("link", name="Noclegownia z ludzką twarzą").get_attribute("href")
    receipt = page.get_by_role("link", name="Ogród przy familokach").get_attribute("href")
    page.context.close()
    return {
        "home": "/pl/",
        "city": "/pl/organizacje-pozarzadowe/",
        "procedure": "/pl/procedury/inicjatywa-lokalna/",
        "call": "/pl/konkursy/sport-dzieci-i-mlodziezy/",
        "wizard": f"{draft}costs/action0001/",
        "receipt": str(receipt),
    }


def sign_in(page: Page) -> None:
    page.goto("/pl/accounts/login/")
    page.fill("[name=login]", SIGNER)
    page.fill("[name=password]", PASSWORD)
    with page.expect_navigation():
        page.press("[name=password]", "Enter")


def save(png: bytes, file: Path) -> None:
    Image.open(io.BytesIO(png)).convert("RGB").quantize(COLOURS).save(file, optimize=True)


def command(*arguments: str) -> list[str]:
    return [sys.executable, str(REPOSITORY / "sandbox" / "manage.py"), *arguments]


def manage(*arguments: str, environment: dict[str, str]) -> None:
    subprocess.run(command(*arguments), env=environment, check=True)


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


def wait_for(address: str, seconds: int = 60) -> None:
    """Raises ``TimeoutError`` if the server does not answer."""
    for _attempt in range(seconds):
        try:
            urlopen(address).close()  # noqa: S310
            return
        except (URLError, OSError):
            time.sleep(1)
    raise TimeoutError(address)


if __name__ == "__main__":
    main()
