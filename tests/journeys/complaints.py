"""What the browser complains of: errors of scripts, breaches of the policy, what it did not get."""

import re

from playwright.sync_api import ConsoleMessage, Page

LEFT = "ERR_ABORTED"
"""Written down though nothing is broken: a page was left while it loaded."""
REFUSAL = re.compile(r"the server responded with a status of (4\d\d)")


class Complaints:
    """The complaints of all windows of a journey."""

    def __init__(self) -> None:
        self._told: list[str] = []

    def listen_to(self, page: Page) -> None:
        page.on("console", self._note)
        page.on("pageerror", lambda error: self._told.append(str(error)))

    def are_only_refusals(self, named: set[int]) -> None:
        """Fail where anything but refusals with the ``named`` statuses was told."""
        found = [told for told in self._told if _status(told) not in named]
        assert not found, "The browser complained:\n" + "\n".join(found)

    def _note(self, message: ConsoleMessage) -> None:
        if message.type == "error" and LEFT not in message.text:
            self._told.append(f"{message.text} ({message.location['url']})")


def _status(told: str) -> int | None:
    """Return the status of a refusal, None for other complaints."""
    found = REFUSAL.search(told)
    return int(found[1]) if found else None
