"""Using a page as those do who have no mouse: Tab, arrows, Enter and letters only."""

from playwright.sync_api import Locator, Page

MOST_TABS = 200
HAS_FOCUS = "element => element.isConnected ? element === document.activeElement : null"


def tab_to(target: Locator) -> None:
    """Press Tab until ``target`` has the focus; fail if the keyboard never reaches it."""
    page = target.page
    # Looked for once, not after each press: finding it by its role and name takes longer than a press.
    element = target.element_handle()
    for _press in range(MOST_TABS):
        has_focus = element.evaluate(HAS_FOCUS)
        if has_focus:
            return
        if has_focus is None:  # The page has put a newer one in its place.
            element = target.element_handle()
        else:
            page.keyboard.press("Tab")
    raise AssertionError(f"The keyboard does not reach {target}")


def follow(page: Page, name: str) -> None:
    """Reach a link by Tab and follow it."""
    tab_to(page.get_by_role("main").get_by_role("link", name=name).first)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def press(page: Page, name: str) -> None:
    """Reach a button by Tab and press it."""
    tab_to(page.get_by_role("main").get_by_role("button", name=name).first)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def add(page: Page, name: str) -> None:
    """Reach the button that adds a row by Tab and press it: the row is there at once, on the same page."""
    tab_to(page.get_by_role("main").get_by_role("button", name=name).first)
    page.keyboard.press("Enter")


def write(page: Page, label: str, text: str) -> None:
    """Reach the box with ``label`` by Tab and type into it."""
    tab_to(page.get_by_label(label, exact=True).last)
    page.keyboard.press("Control+A")
    page.keyboard.insert_text(text)


def choose(page: Page, question: str, answer: str) -> None:
    """Reach a group of radio buttons by Tab and choose with the arrows and Space."""
    group = page.get_by_role("group", name=question)
    radios = group.get_by_role("radio")
    tab_to(radios.first)
    page.keyboard.press("Space")
    wanted = group.get_by_role("radio", name=answer, exact=True)
    for _press in range(radios.count()):
        if wanted.is_checked():
            return
        page.keyboard.press("ArrowDown")
    raise AssertionError(f"{answer!r} cannot be chosen in {question!r}")
