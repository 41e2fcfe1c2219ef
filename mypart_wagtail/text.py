"""Text as people type it: cleaned on every way in, so that any database and the PDF take it; and compared."""

import re
import unicodedata
from itertools import pairwise

LONGEST_NUMBER = 18
"""Digits of the largest number that every database keeps."""

_LINE_BREAK = re.compile("\r\n|[\r\x0b\x0c\u2028\u2029]")
_NOT_MEANT = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f"  # control characters but for the line break
    "\ud800-\udfff"  # lone surrogates
    "\ue000-\uf8ff\U000f0000-\U000fffff\U00100000-\U0010ffff"  # private use
    "\ufdd0-\ufdef\ufeff"  # noncharacters, byte order mark
    + "".join(f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0, 0x110000, 0x10000))
    + "]"
)

# Putting marks in order takes the square of their number: 200,000 on one letter took half a minute. So one
# that nobody sees stands after every 30, as the Stream-Safe Text Format of Unicode (UAX 15) has it.
MOST_MARKS = 30
_GRAPHEME_JOINER = "\u034f"
# No mark is a letter or a digit, and all lie above the Latin letters: in most texts there is none to count.
# A pattern of all marks would be slow: outside the first plane each of its ranges is tried in turn.
_MAY_BE_MARKS = re.compile(rf"[^\x00-\u02ff\w]{{{MOST_MARKS // 2},}}")
# The marks that are two in one.
_TAKEN_APART = {mark: unicodedata.normalize("NFD", mark) for mark in "\u0344\u0f73\u0f75\u0f81"}
# In the combining classes of a text, where all but marks have none: a full stack with another mark after it.
_FULL_STACK = re.compile(rb"[^\0]{%d}(?=[^\0])" % MOST_MARKS)


def clean_text(text: str) -> str:
    """``text`` in NFC, with ``\\n`` as its only line break and nothing that no one could have meant to type.

    Left out are NUL and other control characters, lone surrogates, noncharacters, private-use characters
    and byte order marks: databases disagree on storing them, and the PDF compiler stops at them. A tab
    becomes a space.
    """
    if not text.replace("\n", "").isprintable():
        text = _NOT_MEANT.sub("", _LINE_BREAK.sub("\n", text).replace("\t", " "))
    return unicodedata.normalize("NFC", _in_safe_stacks(text))


def _in_safe_stacks(text: str) -> str:
    """``text`` with no more than ``MOST_MARKS`` marks one after another, in linear time."""
    return _MAY_BE_MARKS.sub(_parted, text)


def _parted(stretch: re.Match[str]) -> str:
    """``stretch`` with a joiner after each full stack that goes on."""
    text = stretch[0]
    for mark, parts in _TAKEN_APART.items():
        text = text.replace(mark, parts)
    classes = bytes(map(unicodedata.combining, text))
    ends = [stack.end() for stack in _FULL_STACK.finditer(classes)]
    return _GRAPHEME_JOINER.join(text[start:end] for start, end in pairwise([0, *ends, len(text)]))


def number(text: str, default: int = 0) -> int:
    """The whole number that a browser sent as ``text``, ``default`` where it is none or none of ours."""
    return int(text) if text.isdecimal() and len(text) <= LONGEST_NUMBER else default


# Joiners, direction marks, soft hyphens, variation selectors: there is nothing to see in them.
_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\U000e0000-\U000e0fff]"
)


def visible(text: str) -> str:
    """``text`` without characters that nobody sees."""
    return _INVISIBLE.sub("", text)


def fold(text: str) -> str:
    """``text`` in small letters without diacritics: ``zazolc gesla jazn``."""
    decomposed = unicodedata.normalize("NFKD", _in_safe_stacks(text.casefold().replace("ł", "l")))
    letters = (character for character in decomposed if not unicodedata.combining(character))
    return "".join(letters).replace(_GRAPHEME_JOINER, "")
