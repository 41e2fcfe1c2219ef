"""The table that ``make bench`` prints."""

from dataclasses import dataclass, field
from typing import Any

import pytest

from tests.benchmarks.measure import Spent

HEADINGS = ("what", "measured", "beside", "ratio", "target")


@dataclass
class Table:
    rows: list[tuple[str, ...]] = field(default_factory=list)

    def ratio(self, what: str, measured: float, bare: float, *, target: float) -> None:
        """``measured`` and ``bare`` in ms of processor time."""
        self._add(what, f"{measured:.2f} ms", f"{bare:.2f} ms", f"{measured / bare:.2f} ×", f"≤ {target} ×")

    def time(self, what: str, measured: float, *, target: int) -> None:
        self._add(what, f"{measured:.0f} ms", "", "", f"≤ {target} ms")

    def stall(self, what: str, spent: Spent, loop: Spent) -> None:
        """What one request spends, beside the fixed loop: its processor time, and its time by the clock."""
        measured = f"{spent.cpu:.2f} s, locked {spent.locked:.2f} s ({spent.locked_cpu:.2f} s of CPU)"
        self._add(
            what,
            measured,
            f"loop {loop.cpu:.2f} s, by the clock {loop.locked:.2f} s",
            f"{spent.cpu / loop.cpu:.2f} ×",
            "≤ 2 s, locked 0.5 s",
        )

    def counts(self, what: str, many: int, one: int) -> None:
        self._add(what, f"{many}", f"{one}", f"{many / one:.2f} ×", "1 ×")

    def size(self, what: str, kilobytes: float, *, target: int) -> None:
        self._add(what, f"{kilobytes:.1f} KB", "", "", f"≤ {target} KB")

    def _add(self, *row: str) -> None:
        self.rows.append(row)

    def __str__(self) -> str:
        rows = [HEADINGS, *self.rows]
        widths = [max(len(row[column]) for row in rows) for column in range(len(HEADINGS))]
        return "\n".join(
            "  ".join(text.ljust(w) for text, w in zip(row, widths, strict=True)) for row in rows
        )


_table = Table()


@pytest.fixture(scope="session")
def table() -> Table:
    """Where a benchmark writes what it found."""
    return _table


def pytest_terminal_summary(terminalreporter: Any) -> None:
    if _table.rows:
        terminalreporter.section("speed")
        terminalreporter.write_line(str(_table))
