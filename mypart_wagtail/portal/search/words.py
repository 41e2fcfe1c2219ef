"""Words as the search compares them: without capitals, without diacritics, without endings.

People type "zlozyc oferte" for „złożyć ofertę”, and look for „dotacje” on a page that says „dotacji”. Each
word is kept in two forms, since the ending of a word typed without diacritics is cut elsewhere: the stem of
the word, and the stem of the word without diacritics.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any

import snowballstemmer

from mypart_wagtail.text import fold

STEMMERS = {"pl": "polish", "en": "english"}
_WORD = re.compile(r"\w+")


def split(text: str) -> list[str]:
    """The words of ``text``, in small letters."""
    return _WORD.findall(text.casefold())


def forms(word: str, language: str) -> list[str]:
    """The forms in which ``word`` is kept, each once."""
    cut = _stemmer(language)
    return list(dict.fromkeys([fold(cut(word)), cut(fold(word))]))


def keep(text: str, language: str) -> str:
    """All forms of all words of ``text``, as the index keeps them."""
    return " ".join(form for word in split(text) for form in forms(word, language))


def _stemmer(language: str) -> Any:
    name = STEMMERS.get(language.split("-")[0])
    return _snowball(name).stemWord if name else str


@cache
def _snowball(name: str) -> Any:
    return snowballstemmer.stemmer(name)
