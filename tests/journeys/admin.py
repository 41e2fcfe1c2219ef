"""What people do in Wagtail's admin: fill in, wait until it is kept, choose what becomes of the page."""

import re

from playwright.sync_api import Locator, Page, expect

KEPT = re.compile(r"^\s*(Saved|Zapisano)\s*$")
"""The admin's own words, which its Polish has not translated everywhere."""
PATIENCE = 20_000


def wait_for_editor(page: Page) -> None:
    """Wait until the editor of a page is complete: what is typed before is not noticed."""
    page.get_by_role("navigation", name="Actions (footer)").wait_for()
    page.wait_for_load_state("networkidle")


def write_in(box: Locator, text: str) -> None:
    """Type ``text`` at the end of a box of rich text, and wait until the admin says that it is kept."""
    box.click()
    box.page.keyboard.press("Control+End")
    box.page.keyboard.type(text)
    wait_until_kept(box.page)


def wait_until_kept(page: Page) -> None:
    expect(page.get_by_text(KEPT).first).to_be_visible(timeout=PATIENCE)


def decide(page: Page, name: str) -> None:
    """Press one of the buttons below the page that are behind the first."""
    below = page.get_by_role("navigation", name="Actions (footer)")
    below.get_by_role("button", name="Więcej akcji").click()
    with page.expect_navigation():
        below.get_by_role("button", name=name).click()
