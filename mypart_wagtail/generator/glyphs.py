"""What the shipped fonts can print, and what becomes of the rest on paper."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from fontTools.ttLib import TTFont

FONTS = Path(__file__).parent / "fonts"

# Joiners, direction marks, soft hyphens, variation selectors: nothing to see, so nothing is missed on paper.
_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\U000e0000-\U000e0fff]"
)

# A word this long is no word; without places to break it would run out of its column, and the
# compiler gives up on very long ones.
_UNBROKEN = re.compile(r"\S{25,}")
_PIECE = re.compile(r".{1,8}")
_BREAK_OPPORTUNITY = "\u200b"


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
    if not _without_glyph().search(text):
        return []
    return list(dict.fromkeys(_without_glyph().findall(_visible(text))))


def printable(text: str) -> str:
    """``text`` as it is printed: ``[U+1F600]`` for what has no glyph, places to break in endless words."""
    named = _without_glyph().sub(lambda match: code_point(match[0]), _visible(text))
    return _UNBROKEN.sub(lambda match: _BREAK_OPPORTUNITY.join(_PIECE.findall(match[0])), named)


def code_point(character: str) -> str:
    """The name by which ``character`` is printed if it has no glyph, such as ``[U+1F600]``."""
    return f"[U+{ord(character):04X}]"


def _visible(text: str) -> str:
    lines = "\n".join(text.splitlines()).replace("\t", " ")
    return _INVISIBLE.sub("", lines)
