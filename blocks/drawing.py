"""Charts as SVG: geometry as numbers that no language changes, colours and dashes by classes.

A drawing is a picture beside a table with the same numbers, so it holds no text that is not there too.
Long names are left to HTML, which can break lines; the drawing then bears their numbers.
"""

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from django.utils.formats import number_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

# The coordinates of the drawings; on the screen they are as wide as there is room.
WIDTH, HEIGHT = 360.0, 240.0
LEFT, RIGHT, TOP, BOTTOM = 52.0, 14.0, 14.0, 30.0
LONGEST_LABEL = 6
MOST_LABELS = 7
# About as many steps along an axis.
STEPS = 5

Point = tuple[float, float]
Number = Decimal | None


@dataclass(frozen=True)
class Row:
    """A name with one number for each series; None where there are no data."""

    label: str
    values: list[Number]


@dataclass(frozen=True)
class Bar:
    """A bar of a series, in percent of the width; ``text`` is its number for people."""

    series: int
    name: str
    text: str
    start: str
    width: str


@dataclass(frozen=True)
class Drawing:
    """What is to be drawn: the names of the series, and the rows."""

    series: list[str]
    rows: list[Row]
    unit: str

    @classmethod
    def of(cls, series: list[str], rows: Sequence[tuple[str, list[Number]]], *, unit: str = "") -> "Drawing":
        """Fits what an editor has entered so far: missing numbers are no data, surplus ones are left out."""
        names = series or [""]
        fitted = [Row(label, (values + [None] * len(names))[: len(names)]) for label, values in rows]
        kept = [row for row in fitted if row.label or any(one is not None for one in row.values)]
        return cls(names, kept, unit)

    @property
    def is_empty(self) -> bool:
        """Whether there is no number in it."""
        return not self.numbers

    @property
    def numbers(self) -> list[Decimal]:
        """All numbers there are."""
        return [one for row in self.rows for one in row.values if one is not None]

    @property
    def has_keys(self) -> bool:
        """Whether the names of rows are too long or too many to stand in the drawing."""
        too_long = any(len(row.label) > LONGEST_LABEL for row in self.rows)
        return too_long or len(self.rows) > MOST_LABELS

    @property
    def labels(self) -> list[str]:
        """What stands in the drawing for each row: its name, or its number in the list of names."""
        return [str(number) if self.has_keys else row.label for number, row in enumerate(self.rows, start=1)]

    @property
    def texts(self) -> list[tuple[str, list[str]]]:
        """Rows of the table for people."""
        return [(row.label, [as_text(one) for one in row.values]) for row in self.rows]

    def column(self, index: int) -> list[Number]:
        """The numbers of one series."""
        return [row.values[index] for row in self.rows]


def as_text(number: Number) -> str:
    """``number`` as the language writes it; a dash for none."""
    if number is None:
        return "–"
    places = max(0, -int(number.normalize().as_tuple().exponent))
    return number_format(number, places, use_l10n=True, force_grouping=True)


def draw_bars(drawing: Drawing) -> list[tuple[str, list[Bar]]]:
    """Bars of each row. Their names and numbers are HTML, so that a phone shows them in full size."""
    low = min(Decimal(0), *drawing.numbers)
    span = max(Decimal(0), *drawing.numbers) - low or Decimal(1)

    def bar(index: int, value: Number) -> Bar:
        length = value or Decimal(0)
        start = (min(length, Decimal(0)) - low) / span * 100
        width = abs(length) / span * 100
        return Bar(index + 1, drawing.series[index], as_text(value), _plain(start), _plain(width))

    return [
        (row.label, [bar(index, value) for index, value in enumerate(row.values)]) for row in drawing.rows
    ]


def draw_lines(drawing: Drawing) -> SafeString:
    """A line for each series, broken where there are no data."""
    ticks = _ticks(drawing.numbers)
    bottom, top = ticks[0], ticks[-1]
    across = _spread(len(drawing.rows), LEFT + 10, WIDTH - RIGHT - 10)

    def height(value: Decimal) -> float:
        return HEIGHT - BOTTOM - float((value - bottom) / (top - bottom)) * (HEIGHT - BOTTOM - TOP)

    parts = [
        _line("mypart-chart__grid", (LEFT, height(tick)), (WIDTH - RIGHT, height(tick))) for tick in ticks
    ]
    parts += [_text((LEFT - 6, height(tick) + 4), as_text(tick), "end") for tick in ticks]
    parts += [_text((x, HEIGHT - 10), label) for x, label in zip(across, drawing.labels, strict=True)]
    for index in range(len(drawing.series)):
        points = [
            None if value is None else (x, height(value))
            for x, value in zip(across, drawing.column(index), strict=True)
        ]
        parts += _series(points, index + 1)
    return _svg(parts)


def draw_radar(drawing: Drawing) -> SafeString:
    """An axis for each row and a ring for each series, all from zero; numbers below it are drawn at zero."""
    centre, radius = (WIDTH / 2, HEIGHT / 2), HEIGHT / 2 - 24
    ticks = _ticks([max(number, Decimal(0)) for number in drawing.numbers])
    top = ticks[-1]
    angles = [2 * math.pi * index / len(drawing.rows) - math.pi / 2 for index in range(len(drawing.rows))]

    def place(angle: float, share: float) -> Point:
        return centre[0] + radius * share * math.cos(angle), centre[1] + radius * share * math.sin(angle)

    rings = [[place(angle, float(tick / top)) for angle in angles] for tick in ticks if tick > 0]
    parts = [_polygon("mypart-chart__grid", ring) for ring in rings]
    parts += [_line("mypart-chart__grid", centre, place(angle, 1)) for angle in angles]
    parts += [
        _text((x, y + 4), label)
        for label, (x, y) in zip(drawing.labels, (place(angle, 1.16) for angle in angles), strict=True)
    ]
    for index in range(len(drawing.series)):
        points = [
            None if value is None else place(angle, max(0.0, float(value / top)))
            for angle, value in zip(angles, drawing.column(index), strict=True)
        ]
        parts += _series(points, index + 1, closed=True)
    parts.append(_text((centre[0] + 4, centre[1] - radius + 12), as_text(top), "start"))
    return _svg(parts)


def _ticks(numbers: Sequence[Decimal]) -> list[Decimal]:
    """Round numbers along an axis that holds zero and all ``numbers``."""
    low, high = min(Decimal(0), *numbers), max(Decimal(0), *numbers)
    step = _round_step((high - low) / STEPS)
    first, last = (
        int((low / step).to_integral_value(ROUND_FLOOR)),
        int((high / step).to_integral_value(ROUND_CEILING)),
    )
    return [step * times for times in range(first, max(last, first + 1) + 1)]


def _round_step(least: Decimal) -> Decimal:
    """1, 2, 2.5 or 5 times a power of ten, the next that is not below ``least``."""
    if least <= 0:
        return Decimal(1)
    power = Decimal(10) ** least.adjusted()
    steps = (Decimal(times) * power for times in ("1", "2", "2.5", "5", "10"))
    return next(step for step in steps if step >= least)


def _spread(count: int, start: float, end: float) -> list[float]:
    if count < 2:
        return [(start + end) / 2] * count
    return [start + (end - start) * index / (count - 1) for index in range(count)]


def _series(points: Sequence[Point | None], number: int, *, closed: bool = False) -> Iterator[SafeString]:
    name = f"mypart-chart__line mypart-chart__line--{number}"
    if closed and len(points) > 2 and None not in points:
        yield _polygon(name, [point for point in points if point])
    else:
        for run in _runs(points):
            yield _shape("polyline", name, run)
    yield from (_marker(number, point) for point in points if point)


def _runs(points: Sequence[Point | None]) -> Iterator[list[Point]]:
    """Unbroken stretches of two points or more."""
    run: list[Point] = []
    for point in [*points, None]:
        if point is not None:
            run.append(point)
            continue
        if len(run) > 1:
            yield run
        run = []


def _marker(number: int, point: Point) -> SafeString:
    """A shape of its own for each series, since not everyone tells colours apart."""
    name = f"mypart-chart__marker mypart-chart__marker--{number}"
    x, y = point
    corners: dict[int, Callable[[], list[Point]]] = {
        2: lambda: [(x - 5, y - 5), (x + 5, y - 5), (x + 5, y + 5), (x - 5, y + 5)],
        3: lambda: [(x, y - 6), (x + 6, y + 5), (x - 6, y + 5)],
        4: lambda: [(x, y - 7), (x + 7, y), (x, y + 7), (x - 7, y)],
    }
    if number in corners:
        return _polygon(name, corners[number]())
    return format_html('<circle class="{}" cx="{}" cy="{}" r="5"/>', name, _plain(x), _plain(y))


def marker_svg(number: int) -> SafeString:
    """The marker of series ``number`` alone, for the legend."""
    return format_html(
        '<svg class="mypart-chart__sample" viewBox="0 0 36 18" width="36" height="18" focusable="false">'
        '<line class="mypart-chart__line mypart-chart__line--{}" x1="0" y1="9" x2="36" y2="9"/>{}</svg>',
        str(number),
        _marker(number, (18.0, 9.0)),
    )


def _svg(parts: Sequence[SafeString]) -> SafeString:
    return format_html(
        '<svg class="mypart-chart__drawing" viewBox="0 0 {} {}" focusable="false">{}</svg>',
        _plain(WIDTH),
        _plain(HEIGHT),
        format_html_join("", "{}", ((part,) for part in parts)),
    )


def _line(name: str, start: Point, end: Point) -> SafeString:
    numbers = [_plain(one) for one in (*start, *end)]
    return format_html('<line class="{}" x1="{}" y1="{}" x2="{}" y2="{}"/>', name, *numbers)


def _polygon(name: str, points: Sequence[Point]) -> SafeString:
    return _shape("polygon", name, points)


def _shape(tag: str, name: str, points: Sequence[Point]) -> SafeString:
    joined = " ".join(f"{_plain(x)},{_plain(y)}" for x, y in points)
    return format_html('<{} class="{}" points="{}"/>', tag, name, joined)


def _text(place: Point, text: str, anchor: str = "middle") -> SafeString:
    return format_html(
        '<text class="mypart-chart__text" x="{}" y="{}" text-anchor="{}">{}</text>',
        _plain(place[0]),
        _plain(place[1]),
        anchor,
        text,
    )


def _plain(number: float | Decimal) -> str:
    """A number for machines: ``52.4`` in every language."""
    return f"{number:.2f}".rstrip("0").rstrip(".")
