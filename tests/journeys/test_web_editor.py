"""The web editor composes a page, publishes and translates it, and takes a mistake back."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.admin import (
    add_block,
    add_page,
    choose_act,
    decide,
    fill,
    follow_from_notice,
    give_title,
    wait_for_editor,
    wait_until_kept,
)

EDITOR = "web editor:"
SECTION, ENGLISH_SECTION = "Zadania publiczne", "Public tasks"
TITLE, LEAD = "Wkład własny bez pieniędzy", "Jak policzyć pracę wolontariuszy."
HEADING, NEWS = "Pytania o godziny pracy", "Co nowego u sąsiadów"
QUESTION, ANSWER = "Czy liczy się praca zarządu?", "Tak, jeśli jest nieodpłatna."
ENGLISH = {
    TITLE: "Own contribution without money",
    LEAD: "How to count the work of volunteers.",
    HEADING: "Questions about hours of work",
    QUESTION: "Does the work of the board count?",
    ANSWER: "Yes, if it is not paid.",
    NEWS: "What is new with the neighbours",
}


@pytest.mark.long
def test_a_page_of_several_blocks_is_published_translated_and_mended(sign_in, open_page):
    editor = sign_in(EDITOR)
    _compose(editor)
    _preview(editor)
    decide(editor, "Opublikuj")
    resident = open_page("/pl/")
    _find(resident, SECTION, TITLE)
    _read(resident, QUESTION, ANSWER)
    expect(resident.get_by_role("heading", name=NEWS)).to_be_visible()

    follow_from_notice(editor, "Edytuj")
    _begin_translation(editor)
    resident.get_by_role("link", name="English").click()
    expect(resident.get_by_role("main")).to_contain_text("You can read it in another language (Polish):")
    _translate(editor)
    visitor = open_page("/en/", language="en")
    _find(visitor, ENGLISH_SECTION, ENGLISH[TITLE])
    _read(visitor, ENGLISH[QUESTION], ENGLISH[ANSWER])

    editor.get_by_role("link", name="polski", exact=True).click()
    _lose_the_answers(editor)
    visitor.get_by_role("link", name="Polski").click()
    expect(visitor.get_by_role("heading", name=NEWS)).to_be_visible()
    expect(visitor.get_by_text(QUESTION)).to_be_hidden()
    _restore(editor)
    visitor.reload()
    _read(visitor, QUESTION, ANSWER)


def _compose(page: Page) -> None:
    add_page(page, SECTION, "Strona z treścią")
    give_title(page, TITLE)
    fill(page, "Wstęp", LEAD)
    fill(add_block(page, "Nagłówek"), "Nagłówek*", HEADING)
    answers = add_block(page, "Rozwijane odpowiedzi")
    fill(answers, "Tytuł*", QUESTION)
    answers.get_by_role("textbox").last.click()
    page.keyboard.type(ANSWER)
    fill(add_block(page, "Aktualności"), "Nagłówek", NEWS)
    wait_until_kept(page)


def _preview(page: Page) -> None:
    """Beside the editor, which is how she sees what she has forgotten."""
    page.get_by_role("button", name="Przełącz podgląd").click()
    shown = page.frame_locator("iframe[title='Podgląd']").last.get_by_role("main")
    expect(shown.get_by_role("heading", name=NEWS)).to_be_visible()
    expect(shown.get_by_text(QUESTION)).to_be_visible()
    page.get_by_role("button", name="Przełącz podgląd").click()


def _find(visitor: Page, section: str, title: str) -> None:
    """By the menu, and the list of its section."""
    visitor.get_by_role("navigation", name=re.compile("Menu|menu")).get_by_role("link", name=section).click()
    visitor.get_by_role("main").get_by_role("link", name=title).click()
    expect(visitor.get_by_role("heading", level=1, name=title)).to_be_visible()


def _read(visitor: Page, question: str, answer: str) -> None:
    expect(visitor.get_by_text(answer)).to_be_hidden()
    visitor.get_by_text(question).click()
    expect(visitor.get_by_text(answer)).to_be_visible()


def _begin_translation(page: Page) -> None:
    choose_act(page, "Przetłumacz tę stronę")
    page.get_by_label("angielski").check()
    page.get_by_role("button", name="Wyślij").click()
    expect(page.get_by_text("pomyślnie przesłana do tłumaczenia")).to_be_visible()


def _translate(page: Page) -> None:
    for polish, english in ENGLISH.items():
        text = page.get_by_role("listitem").filter(has=page.get_by_text(polish, exact=True)).last
        text.get_by_role("button", name="Tłumacz").click()
        text.get_by_role("textbox").fill(english)
        text.get_by_role("button", name="Zapisz").click()
        expect(text.get_by_role("button", name="Edytuj")).to_be_visible()
    with page.expect_navigation():
        page.get_by_role("button", name="Opublikuj").last.click()
    expect(page.get_by_role("status").first).to_contain_text(f'Opublikowano "{ENGLISH[TITLE]}"')


def _lose_the_answers(page: Page) -> None:
    wait_for_editor(page)
    answers = page.get_by_role("region", name=re.compile("^Rozwijane odpowiedzi"))
    answers.get_by_role("button", name="Usuń").first.click()
    decide(page, "Opublikuj")


def _restore(page: Page) -> None:
    """From the history: the newest version is the mistake, the one below was right."""
    follow_from_notice(page, "Edytuj")
    page.get_by_role("link", name="Historia").first.click()
    right = page.get_by_role("row").filter(has_text="Szkic zapisany").nth(1)
    right.get_by_role("button", name="Akcje").click()
    right.get_by_role("link", name="Zweryfikuj tą wersję").click()
    wait_for_editor(page)
    expect(page.get_by_text("Oglądasz wcześniejszą wersję strony")).to_be_visible()
    decide(page, "Opublikuj tą wersję")
