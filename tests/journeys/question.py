"""Answer the question that keeps robots out as a person does: by reading it.

The words here are a reader's own. Nothing of the package is asked, so a page that puts one question and
expects the answer to another fails.
"""

import re

from playwright.sync_api import Page

HASTE = 3_500
"""Milliseconds within which nobody has filled in a form."""

KINDS = {
    "animal|zwierzę": "cat dog horse cow fish kot pies koń krowa ryba",
    "colour|kolor": "red green blue yellow white czerwony zielony niebieski żółty biały",
    "fruit|owoc": "apple plum cherry banana lemon jabłko śliwka wiśnia banan cytryna",
    "day of the week|dzień tygodnia": "monday wednesday friday sunday poniedziałek środa piątek niedziela",
    "something to wear|coś do ubrania": "coat shirt shoes hat płaszcz koszula buty czapka",
}
QUESTION = re.compile(r"(?:Which of these words is|Które z tych słów to) (?:an? )?(.+?): ([^?<]+)\?")


def answer_to(text: str) -> str:
    """Return the word that answers the one question in ``text``, as it stands there.

    Raises ``AssertionError`` where there is no question, or not exactly one of its words answers it.
    """
    asked = QUESTION.findall(text)
    assert len(set(asked)) == 1, f"one question was expected: {asked}"
    kind, words = asked[0]
    known = next(words for names, words in KINDS.items() if kind in names.split("|")).split()
    fitting = [word for word in words.split(", ") if word.lower() in known]
    assert len(fitting) == 1, f"{kind}: {words}"
    return fitting[0]


def wrong_answer_to(text: str) -> str:
    """Return a word of the question in ``text`` that does not answer it."""
    words = QUESTION.search(text)[2].split(", ")
    return next(word for word in words if word != answer_to(text))


def answer_and_press(page: Page, button: str) -> None:
    """Type the word that answers the question, take the time a person takes, and press ``button``."""
    main = page.get_by_role("main")
    main.get_by_label(QUESTION).fill(answer_to(main.inner_text()))
    page.wait_for_timeout(HASTE)
    main.get_by_role("button", name=button, exact=True).click()
