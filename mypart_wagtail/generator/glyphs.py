"""What the shipped fonts can print, and what becomes of the rest on paper."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from fontTools.ttLib import TTFont

from mypart_wagtail.text import visible

FONTS = Path(__file__).parent / "fonts"

# A word this long is no word; without places to break it would run out of its column, and the
# compiler gives up on very long ones.
_UNBROKEN = re.compile(r"\S{25,}")
_PIECE = re.compile(r".{1,8}")
_BREAK_OPPORTUNITY = "\u200b"

# No language stacks more marks on one letter, and the compiler takes minutes over hundreds.
_STACKED = re.compile(
    "([\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]{4})"
    "([\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]+)"
)


@cache
def coverage() -> frozenset[int]:
    """Code points that some shipped font can print in every weight."""
    families: dict[str, set[int]] = {}
    for path in FONTS.glob("*.ttf"):
        family = path.stem.split("-")[0]
        with TTFont(path, lazy=True) as font:
            codes = set(font.getBestCmap())
        families[family] = families.get(family, codes) & codes
    return frozenset(code for codes in families.values() for code in codes if chr(code).isprintable())


@cache
def _without_glyph() -> re.Pattern[str]:
    printable = "".join(re.escape(chr(code)) for code in sorted(coverage() | {ord("\u00a0")}))
    return re.compile(f"[^\n{printable}]")


def unprintable(text: str) -> list[str]:
    """Visible characters of ``text`` that no shipped font can print, each once, in order."""
    return _without_glyph().findall(_visible("".join(dict.fromkeys(text))))


def printable(text: str) -> str:
    """``text`` as it is printed: ``[U+1F600]`` for what has no glyph, places to break in endless words.

    Of marks stacked on one letter four are printed, and ``[+12]`` for the rest.
    """
    unstacked = _STACKED.sub(lambda match: f"{match[1]}[+{len(match[2])}]", _visible(text))
    named = _without_glyph().sub(lambda match: code_point(match[0]), unstacked)
    return _UNBROKEN.sub(lambda match: _BREAK_OPPORTUNITY.join(_PIECE.findall(match[0])), named)


def code_point(character: str) -> str:
    """The name by which ``character`` is printed if it has no glyph, such as ``[U+1F600]``."""
    return f"[U+{ord(character):04X}]"


def _visible(text: str) -> str:
    lines = "\n".join(text.splitlines()).replace("\t", " ")
    return visible(lines)
