"""Accessibility as axe sees it, WCAG 2.2 AA and best practice, targets' size included.

What a state is made of does not change with its colours or its width, and is checked once; contrast in each
look, the size of targets and the edges at both widths. Each rule takes an axe of its own, so nothing is lost.
"""

from axe_playwright_python.base import AXE_SCRIPT
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.browser.conftest import LOOKS, WIDTHS

NOTHING = "0"
"""What is put into a page that has axe already."""

AT_REST = """() => document.getAnimations().every(
    (moving) => !(moving instanceof CSSTransition) || moving.playState !== "running"
)"""
"""Nothing fades in any more: what is half transparent has half its contrast."""

FINISH = "() => document.getAnimations().forEach((moving) => moving.finish())"

UNSEEN_FOCUS = """(within) => {
    const shown = (element) => ["outline", "boxShadow", "border", "background", "textDecoration", "color"]
        .map((name) => getComputedStyle(element)[name]).join()
    const around = (element) => [element, element.parentElement, ...(element.labels ?? [])]
        .concat(element.nextElementSibling ?? []).map(shown).join()
    const CONTROLS = "a[href], button, input, select, textarea, summary, [tabindex='0']"
    const unseen = []
    for (const element of document.querySelector(within).querySelectorAll(CONTROLS)) {
        if (!element.checkVisibility({ visibilityProperty: true }) || element.disabled) continue
        document.activeElement.blur()
        const before = around(element)
        element.focus({ preventScroll: true })
        if (document.activeElement !== element) continue
        document.getAnimations().forEach((moving) => moving.finish())
        if (around(element) === before) unseen.push(element.outerHTML.slice(0, 200))
    }
    document.activeElement.blur()
    return unseen
}"""
"""What can be focused and shows it neither itself nor by what stands around it."""

# The other results name every element of the page, and take longer to send than to find.
VIOLATIONS = {"resultTypes": ["violations"]}
EVERY_RULE = VIOLATIONS | {
    "runOnly": {
        "type": "tag",
        "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    },
    "rules": {"target-size": {"enabled": True}},
}


def assert_accessible(page: Page, within: str | None = None) -> None:
    """Fail with a readable list if axe finds anything in the page, or ``within`` a selector, as it is now."""
    _assert_nothing_found(page, within, EVERY_RULE)


def assert_accessible_in_each_look(page: Page, within: str | None = None) -> None:
    """Check a state whole, then its contrast in each look, and its targets and edges at 320 and at 1280 px.

    The looks take turns with the widths, so that both are seen in light and in dark.
    """
    see(page, "light", "smallest")
    assert_fits(page)
    assert_accessible(page, within)
    assert_focus_is_seen(page, within)
    see(page, "dark", "desktop")
    assert_fits(page)
    assert_rules(page, within, "color-contrast", "target-size")
    assert_focus_is_seen(page, within)
    see(page, "light-contrast", "desktop")
    assert_rules(page, within, "color-contrast")
    see(page, "dark-contrast", "smallest")
    assert_rules(page, within, "color-contrast")


def assert_accessible_in_another_language(page: Page) -> None:
    """Check a state whose colours are checked in Polish: its words, and whether they fit at both widths."""
    see(page, "dark", "desktop")
    assert_fits(page)
    assert_accessible(page)
    see(page, "dark", "smallest")
    assert_fits(page)
    assert_rules(page, None, "target-size")


def assert_rules(page: Page, within: str | None, *rules: str) -> None:
    """The same as ``assert_accessible`` for ``rules`` of axe alone."""
    _assert_nothing_found(page, within, VIOLATIONS | {"runOnly": {"type": "rule", "values": list(rules)}})


def assert_fits(page: Page) -> None:
    """Fail if the page scrolls sideways."""
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{page.url} is too wide"


def assert_focus_is_seen(page: Page, within: str | None) -> None:
    """Fail if something looks the same with the keyboard's focus as without it."""
    page.keyboard.press("Tab")  # From now on the browser shows the focus, also where a script puts it.
    unseen = page.evaluate(UNSEEN_FOCUS, within or "body")
    assert not unseen, f"{page.url}: nothing shows the focus of\n" + "\n".join(unseen)


def see(page: Page, look: str, width: str) -> None:
    """Show the page in ``look`` at ``width``, with nothing half way."""
    page.emulate_media(**({"contrast": "no-preference"} | LOOKS[look]))
    page.set_viewport_size({"width": WIDTHS[width], "height": 900})
    page.evaluate(FINISH)


def _assert_nothing_found(page: Page, within: str | None, options: dict) -> None:
    page.wait_for_load_state()  # A press ends when the next page begins, before there is anything in it.
    page.wait_for_function(AT_REST)
    axe = Axe(NOTHING if page.evaluate("'axe' in window") else AXE_SCRIPT)
    violations = axe.run(page, context=within, options=options).response["violations"]
    seen = f"{page.url} at {page.viewport_size['width']} px"
    assert not violations, f"{seen}\n" + "\n".join(map(_describe, violations))


def _describe(violation: dict) -> str:
    places = "\n".join(f"    {node['html']}\n    {node['failureSummary']}" for node in violation["nodes"])
    return f"{violation['id']} ({violation['impact']}): {violation['help']}\n{places}"
