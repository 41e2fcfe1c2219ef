"""What people do in Wagtail's admin: fill in, wait until it is kept, choose what becomes of the page."""

import re
from datetime import date

from playwright.sync_api import Locator, Page, expect

KEPT = re.compile(r"^\s*(Saved|Zapisano)\s*$")
"""The admin's own words, which its Polish has not translated everywhere."""
PATIENCE = 60_000
"""Milliseconds that a save of the admin may take on a busy machine."""
KEY = 80
"""Milliseconds between two keys: the admin misses what a machine types while the editor still settles."""

QUIET = """milliseconds => new Promise(end => {
    let waiting;
    const wait = () => { clearTimeout(waiting); waiting = setTimeout(end, milliseconds); };
    new PerformanceObserver(wait).observe({type: "resource"});
    wait();
})"""
"""Ends when a page has fetched nothing for so long. The browser's own word for it may never come."""
SETTLED = 500
NOTICED = 1_200
"""The admin looks twice a second for what was typed, and begins to keep it half a second later."""


def wait_for_editor(page: Page) -> None:
    """Wait until the editor of a page is complete: what is typed before is not noticed."""
    page.get_by_role("navigation", name="Actions (footer)").wait_for()
    page.wait_for_load_state()
    page.evaluate(QUIET, SETTLED)


def fill(within: Page | Locator, label: str, text: str) -> None:
    """Fill in the box with ``label``, which names the parts around it too."""
    within.get_by_role("textbox", name=label, exact=True).fill(text)


def type_date(page: Page, label: str, day: date | str) -> None:
    """Type a date and leave the box, so that its calendar closes."""
    fill(page, label, str(day))
    page.keyboard.press("Tab")


def give_title(page: Page, title: str) -> None:
    """Type the title of a new page, and wait until the admin says that it keeps the page."""
    page.get_by_role("textbox", name="Tytuł*", exact=True).first.press_sequentially(title, delay=KEY)
    wait_until_kept(page)


def box_below(page: Page, words: str) -> Locator:
    """Return the box of rich text below ``words``: it has no name of its own."""
    label = page.get_by_text(re.compile(rf"^\s*{words}")).last
    return label.locator("xpath=following::*[@role='textbox'][1]")


def write_in(box: Locator, text: str) -> None:
    """Type ``text`` at the end of a box of rich text, and wait until the admin says that it is kept."""
    box.click()
    box.page.keyboard.press("Control+End")
    box.page.keyboard.type(text, delay=KEY)
    wait_until_kept(box.page)


def wait_until_kept(page: Page) -> None:
    """Wait until the admin says it, and not still of what was typed before."""
    page.evaluate(QUIET, NOTICED)
    expect(page.get_by_text(KEPT).first).to_be_visible(timeout=PATIENCE)


def decide(page: Page, name: str) -> None:
    """Press one of the buttons below the page that are behind the first."""
    below = page.get_by_role("navigation", name="Actions (footer)")
    below.get_by_role("button", name="Więcej akcji").click()
    with page.expect_navigation(timeout=PATIENCE):
        below.get_by_role("button", name=name).click(timeout=PATIENCE)


def choose_act(page: Page, name: str) -> None:
    """Follow a link of the list of acts above the editor of a page."""
    wait_for_editor(page)
    above = page.get_by_role("navigation", name="Actions", exact=True)
    above.get_by_role("button", name="Akcje").click()
    above.get_by_role("link", name=name).click()


def follow_from_notice(page: Page, name: str) -> None:
    """Follow a link in what the admin has just told."""
    page.get_by_role("status").get_by_role("link", name=name).click()
    wait_for_editor(page)


def add_page(page: Page, below: str, kind: str = "") -> None:
    """Look for the page called ``below`` and begin a page under it.

    ``kind`` is asked for where more than one may stand there.
    """
    page.get_by_role("link", name="Kokpit").click()
    box = page.get_by_role("main").get_by_role("textbox", name="Wyszukiwania fraza")
    box.fill(below)
    box.press("Enter")
    page.get_by_role("link", name=f"Przeglądaj strony pochodne '{below}'").click()
    page.get_by_role("link", name="Dodaj stronę podrzędną").first.click()
    if kind:
        page.get_by_role("main").get_by_role("link", name=kind).first.click()
    wait_for_editor(page)


def add_block(page: Page, kind: str) -> Locator:
    """Add a block at the end of the text of a page, and return it."""
    text = page.get_by_role("region", name="Treść", exact=True)
    text.get_by_role("button", name="Dodaj blok").last.click()
    page.get_by_role("combobox", name="Opcje szukania").fill(kind)
    page.get_by_role("option", name=kind, exact=True).click()
    return text.get_by_role("region", name=re.compile(f"^{kind}")).last
