"""Which tests one worker runs one after the other, since they share something costly or what they leave.

pytest-xdist's own marks for that are not read by every release of pytest, and nothing says so
(https://github.com/pytest-dev/pytest-xdist/issues/1386): each worker then makes what is costly once more.
"""

from typing import Any

from xdist.scheduler import LoadScopeScheduling

TOGETHER = {
    "tests/deployment/": "servers",
    "tests/races/": "servers",
    "tests/packaging/test_distribution.py": "wheel",
    "tests/sandbox/test_demo.py": "demo",
    "tests/test_databases.py": "databases",
}
"""What the tests of a folder or a file share."""


class Scheduling(LoadScopeScheduling):
    """Gives what is shared to one worker, and each other test to the next that is free, all in their turn."""

    def __init__(self, config: Any, log: Any) -> None:
        super().__init__(config, log)
        config.option.loadscopereorder = False  # Otherwise the largest groups come first.

    def _split_scope(self, nodeid: str) -> str:
        return shared(nodeid) or nodeid


def shared(nodeid: str) -> str | None:
    """What the test shares with others, if anything."""
    return next((what for start, what in TOGETHER.items() if nodeid.startswith(start)), None)
