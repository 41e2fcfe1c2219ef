"""Colours of a city: two are chosen, the others follow, and every pair that is read together can be read.

Contrast is that of WCAG 2.2 (1.4.3), between two colours written ``#rrggbb``.
"""

from __future__ import annotations

from collections.abc import Callable

WHITE, BLACK = "#ffffff", "#000000"
# Surfaces of the package, see ``mypart.css``.
LIGHT_PAPER, LIGHT_SUNKEN, DARK_SURFACE = "#fbf7f0", "#f2ebdf", "#1e262c"
READABLE = 4.5
EASILY_READABLE = 7.0
STEP = 0.02

Rgb = tuple[float, float, float]


def contrast(one: str, other: str) -> float:
    """From 1 (the same) to 21 (black on white)."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def readable_on_light(colour: str) -> bool:
    """Whether ``colour`` can be read on every light surface, and white can be read on it."""
    return min(contrast(colour, paper) for paper in (LIGHT_PAPER, LIGHT_SUNKEN, WHITE)) >= READABLE


def lighter_until(colour: str, ratio: float, *, on: str) -> str:
    """``colour`` with just so much white that it reaches ``ratio`` on the dark colour ``on``."""
    return _mixed_until(colour, WHITE, lambda mixed: contrast(mixed, on) >= ratio)


def darker_until(colour: str, ratio: float, *, under: str) -> str:
    """``colour`` with just so much black that ``under`` reaches ``ratio`` on it."""
    return _mixed_until(colour, BLACK, lambda mixed: contrast(mixed, under) >= ratio)


def tokens(primary: str, accent: str) -> dict[str, str]:
    """The values of ``--mypart-*`` for the chosen colours; what is not chosen keeps the package's."""
    found: dict[str, str] = {}
    if primary:
        light_on_dark = lighter_until(primary, EASILY_READABLE, on=DARK_SURFACE)
        found |= {
            "primary": _pair(primary, light_on_dark),
            "primary-deep": _pair(mixed(primary, BLACK, 0.3), mixed(light_on_dark, WHITE, 0.4)),
            "on-primary": _pair(WHITE, darker_until(primary, EASILY_READABLE, under=light_on_dark)),
            "band": darker_until(primary, EASILY_READABLE, under=WHITE),
        }
    if accent:
        found["accent"] = _pair(accent, lighter_until(accent, EASILY_READABLE, on=DARK_SURFACE))
    return found


def stylesheet(primary: str, accent: str) -> str:
    """CSS that lets the package wear the chosen colours; high contrast still wins over it."""
    rules = "".join(f"--mypart-{name}:{value};" for name, value in tokens(primary, accent).items())
    return f"@layer mypart.tokens, mypart.theme, mypart.contrast;@layer mypart.theme{{:root{{{rules}}}}}"


def mixed(colour: str, other: str, share: float) -> str:
    """``colour`` with a ``share`` (0 to 1) of ``other``."""
    parts = zip(_rgb(colour), _rgb(other), strict=True)
    return "#" + "".join(f"{round(255 * (one + (two - one) * share)):02x}" for one, two in parts)


def _mixed_until(colour: str, other: str, is_enough: Callable[[str], bool]) -> str:
    steps = (mixed(colour, other, step * STEP) for step in range(round(1 / STEP)))
    return next((each for each in steps if is_enough(each)), other)


def _pair(light: str, dark: str) -> str:
    return f"light-dark({light}, {dark})"


def _rgb(colour: str) -> Rgb:
    red, green, blue = (int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5))
    return red, green, blue


def _luminance(colour: str) -> float:
    linear = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in _rgb(colour))
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))
