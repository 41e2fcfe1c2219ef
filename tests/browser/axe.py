"""Accessibility as axe sees it, WCAG 2.2 AA and best practice, targets' size included."""

from axe_playwright_python.base import AXE_SCRIPT
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

NOTHING = "0"
"""What is put into a page that has axe already."""

AT_REST = """() => document.getAnimations().every(
    (moving) => !(moving instanceof CSSTransition) || moving.playState !== "running"
)"""
"""Nothing fades in any more: what is half transparent has half its contrast."""

OPTIONS = {
    # The other results name every element of the page, and take longer to send than to find.
    "resultTypes": ["violations"],
    "runOnly": {
        "type": "tag",
        "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    },
    "rules": {"target-size": {"enabled": True}},
}


def assert_accessible(page: Page, within: str | None = None) -> None:
    """Fail with a readable list if axe finds anything in the page, or ``within`` a selector, as it is now."""
    page.wait_for_load_state()  # A press ends when the next page begins, before there is anything in it.
    page.wait_for_function(AT_REST)
    axe = Axe(NOTHING if page.evaluate("'axe' in window") else AXE_SCRIPT)
    violations = axe.run(page, context=within, options=OPTIONS).response["violations"]
    assert not violations, f"{page.url}\n" + "\n".join(map(_describe, violations))


def _describe(violation: dict) -> str:
    places = "\n".join(f"    {node['html']}\n    {node['failureSummary']}" for node in violation["nodes"])
    return f"{violation['id']} ({violation['impact']}): {violation['help']}\n{places}"
