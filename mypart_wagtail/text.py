"""Text as people type it: cleaned on every way in, so that any database and the PDF take it; and compared."""

import re
import unicodedata

LONGEST_NUMBER = 18
"""Digits of the largest number that every database keeps."""

# Control characters that people mean: line breaks. A tab becomes a space.
_REPLACED = {ord("\t"): " ", ord("\u2028"): "\n", ord("\u2029"): "\n", ord("\x0b"): "\n", ord("\x0c"): "\n"}


def clean_text(text: str) -> str:
    """``text`` in NFC, with ``\\n`` as its only line break and nothing that no one could have meant to type.

    Left out are NUL and other control characters, lone surrogates, noncharacters, private-use characters
    and byte order marks: databases disagree on storing them, and the PDF compiler stops at them.
    """
    unified = text.replace("\r\n", "\n").replace("\r", "\n").translate(_REPLACED)
    return unicodedata.normalize("NFC", "".join(filter(_is_meant, unified)))


def _is_meant(character: str) -> bool:
    if character == "\n":
        return True
    if character == "\ufeff" or _is_noncharacter(ord(character)):
        return False
    # Cc: control, Cs: lone surrogate, Co: private use
    return unicodedata.category(character) not in ("Cc", "Cs", "Co")


def _is_noncharacter(code: int) -> bool:
    return code & 0xFFFE == 0xFFFE or 0xFDD0 <= code <= 0xFDEF


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
    decomposed = unicodedata.normalize("NFKD", text.casefold().replace("ł", "l"))
    return "".join(character for character in decomposed if not unicodedata.combining(character))
