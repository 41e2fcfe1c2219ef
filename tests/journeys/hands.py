"""How somebody works with a page: by finger or mouse, or with the keyboard alone. The words are the same."""

from pathlib import Path
from typing import Protocol

from playwright.sync_api import Download, Locator, Page, expect

from tests.browser import keyboard


class Hands(Protocol):
    """What a person does with a page. Each name is what she reads there."""

    page: Page

    def follow(self, link: str) -> None: ...
    def press(self, button: str) -> None: ...
    def add(self, button: str) -> None: ...
    def write(self, label: str, text: str) -> None: ...
    def pick(self, label: str, option: str) -> None: ...
    def choose(self, question: str, answer: str) -> None: ...
    def tick(self, label: str) -> None: ...
    def save(self, link: str, folder: Path) -> Path: ...


class Fingers:
    """By finger or mouse. Works without scripts too."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def follow(self, link: str) -> None:
        with self.page.expect_navigation():
            _main(self.page).get_by_role("link", name=link).first.click()

    def press(self, button: str) -> None:
        with self.page.expect_navigation():
            _main(self.page).get_by_role("button", name=button).first.click()

    def add(self, button: str) -> None:
        """Press a button that adds a row, which is there at once, ready to be written in."""
        _main(self.page).get_by_role("button", name=button).first.click()
        expect(_box_with_focus(self.page)).to_have_value("")

    def write(self, label: str, text: str) -> None:
        box = field(self.page, label)
        box.fill(text)
        box.blur()

    def pick(self, label: str, option: str) -> None:
        _main(self.page).get_by_label(label, exact=True).select_option(option)

    def choose(self, question: str, answer: str) -> None:
        _answer(self.page, question, answer).check()

    def tick(self, label: str) -> None:
        _main(self.page).get_by_label(label).check()

    def save(self, link: str, folder: Path) -> Path:
        """Save what ``link`` leads to, as „Zapisz link jako” does, and return the file."""
        with self.page.expect_download() as saving:
            _main(self.page).get_by_role("link", name=link, exact=True).click(modifiers=["Alt"])
        return _kept(saving.value, folder)


class Keys:
    """With the keyboard alone: Tab, arrows, Space, Enter and letters."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def follow(self, link: str) -> None:
        keyboard.follow(self.page, link)

    def press(self, button: str) -> None:
        keyboard.press(self.page, button)

    def add(self, button: str) -> None:
        keyboard.add(self.page, button)
        expect(_box_with_focus(self.page)).to_have_value("")

    def write(self, label: str, text: str) -> None:
        keyboard.tab_to(field(self.page, label))
        self.page.keyboard.press("Control+A")
        self.page.keyboard.insert_text(text)

    def pick(self, label: str, option: str) -> None:
        box = _main(self.page).get_by_label(label, exact=True)
        keyboard.tab_to(box)
        self.page.keyboard.type(option)
        expect(box.get_by_role("option", name=option, exact=True, selected=True)).to_be_attached()

    def choose(self, question: str, answer: str) -> None:
        keyboard.choose(self.page, question, answer)

    def tick(self, label: str) -> None:
        keyboard.tab_to(_main(self.page).get_by_label(label))
        self.page.keyboard.press("Space")

    def save(self, link: str, folder: Path) -> Path:
        """Save what ``link`` leads to, as Alt and Enter do, and return the file."""
        keyboard.tab_to(_main(self.page).get_by_role("link", name=link, exact=True))
        with self.page.expect_download() as saving:
            self.page.keyboard.press("Alt+Enter")
        return _kept(saving.value, folder)


def field(page: Page, label: str) -> Locator:
    """The box with ``label``, the last one where rows of a table repeat it: that of the newest row."""
    main = _main(page)
    optional = main.get_by_label(f"{label} (nieobowiązkowe)", exact=True)
    return main.get_by_label(label, exact=True).or_(optional).last


def _box_with_focus(page: Page) -> Locator:
    return _main(page).get_by_role("textbox").and_(page.locator(":focus"))


def _answer(page: Page, question: str, answer: str) -> Locator:
    group = _main(page).get_by_role("group", name=question, exact=True)
    return group.get_by_role("radio", name=answer, exact=True)


def _kept(download: Download, folder: Path) -> Path:
    file = folder / download.suggested_filename
    download.save_as(file)
    return file


def _main(page: Page) -> Locator:
    return page.get_by_role("main")
