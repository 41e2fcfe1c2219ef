"""Whether each test that is slow is marked so, and `make test-quick` keeps its promise.

What counts is the processor's time, the same on an idle machine and on a busy one.
"""

import os
from collections.abc import Iterator

import pytest

MOST_SECONDS = 30.0
"""Of CPU. A fifth as much is marked ``slow``, so that coverage or a slower machine breaks nothing."""
LEFT_OUT = ("slow", "browser", "servers", "benchmark")


class Plugin:
    """Fails a test that takes too long without a mark by which `make test-quick` leaves it out."""

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_call(self, item: pytest.Item) -> Iterator[None]:
        begun = _seconds()
        result = yield
        took = _seconds() - begun
        if took > MOST_SECONDS and not any(map(item.get_closest_marker, LEFT_OUT)):
            pytest.fail(f"It took {took:.0f} s of CPU: mark it `slow`", pytrace=False)
        return result


def _seconds() -> float:
    """Of CPU, used by this process and by those that it started and that have ended."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system
