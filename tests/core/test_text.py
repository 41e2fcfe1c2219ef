"""Text as people type it: whatever comes in, any database takes it and nothing takes long over it."""

import re
import unicodedata
from itertools import groupby

import pytest

from mypart_wagtail.text import MOST_MARKS, clean_text, fold

GRAPHEME_JOINER = "\u034f"


def is_meant(character: str) -> bool:
    """As Unicode sorts its characters: no control, surrogate, private-use character or noncharacter."""
    code = ord(character)
    is_none = code & 0xFFFE == 0xFFFE or 0xFDD0 <= code <= 0xFDEF or character == "\ufeff"
    return not is_none and unicodedata.category(character) not in ("Cc", "Cs", "Co")


def test_of_all_characters_there_are_those_stay_that_somebody_may_have_meant():
    characters = [
        chr(code) for code in range(0x110000) if not re.match("[\t\n\r\x0b\x0c\u2028\u2029]", chr(code))
    ]
    typed = "".join(f"a{character}b" for character in characters)
    meant = "".join(f"a{character}b" if is_meant(character) else "ab" for character in characters)
    assert clean_text(typed) == unicodedata.normalize("NFC", meant)


def test_lines_break_in_one_way_and_a_tab_is_a_space():
    assert clean_text("a\r\nb\rc\x0bd\x0ce\u2028f\u2029g\n\nh\ti") == "a\nb\nc\nd\ne\nf\ng\n\nh i"


def longest_stack(text: str) -> int:
    decomposed = unicodedata.normalize("NFD", text)
    stacks = groupby(decomposed, key=lambda character: unicodedata.combining(character) > 0)
    return max((len(list(stack)) for is_mark, stack in stacks if is_mark), default=0)


@pytest.mark.parametrize(
    "marks",
    ["\u0301\u0316", "\u0344", "\u0f73\u0316", "\u05b0\u05bc", "\u0489"],
    ids=lambda marks: marks.encode("unicode_escape").decode(),
)
def test_of_endless_marks_on_one_letter_none_is_lost_and_no_more_are_put_in_order_than_a_few(marks):
    cleaned = clean_text("zażółć a" + marks * 1000 + "!")
    assert longest_stack(cleaned) <= MOST_MARKS
    assert clean_text(cleaned) == cleaned
    without_joiners = cleaned.replace(GRAPHEME_JOINER, "")
    typed = unicodedata.normalize("NFD", "zażółć a" + marks * 1000 + "!")
    assert sorted(unicodedata.normalize("NFD", without_joiners)) == sorted(typed)


def test_every_mark_there_is_counts_as_one():
    decomposed = ((chr(code), unicodedata.normalize("NFD", chr(code))) for code in range(0x110000))
    marks = [character for character, parts in decomposed if all(map(unicodedata.combining, parts))]
    assert len(marks) > 900
    assert longest_stack(clean_text("a" + "".join(marks))) <= MOST_MARKS


def test_marks_as_languages_have_them_stay_as_they_are():
    for text in ("Zażółć gęślą jaźń", "שָׁלוֹם", "ที่นี่", "é́", "👩‍👩‍👧‍👦" * 20, "…" * 100):
        assert clean_text(text) == unicodedata.normalize("NFC", text)


def test_texts_are_folded_to_the_same_however_many_marks_stand_on_a_letter():
    assert fold("Zażółć gęślą Łódź") == "zazolc gesla lodz"
    assert fold("a" + "\u0316\u0301" * 500) == "a"
