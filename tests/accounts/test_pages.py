"""Pages of accounts: complete in both languages, valid, and without anything the strict policy refuses."""

import re

import pytest
from lxml import html

from tests.accounts.pages import SIGNED_IN, SIGNED_OUT, opened
from tests.browser.nu import assert_valid_html
from tests.people import person

pytestmark = pytest.mark.django_db

PAGES = SIGNED_OUT | SIGNED_IN
EXECUTABLE = re.compile(r"""<script(?![^>]*(\ssrc=|application/json))|<style|\sstyle=|\son\w+=""")


def words(page: str) -> set[str]:
    """The texts of a page's title and content that have words in them."""
    tree = html.fromstring(page)
    texts = [tree.findtext(".//title"), *tree.get_element_by_id("main").itertext()]
    return {" ".join(text.split()) for text in texts if re.search(r"[^\W\d_]{3}", text) and "@" not in text}


@pytest.mark.parametrize("name", PAGES)
def test_no_word_of_a_page_is_left_in_another_language(name, django_user_model):
    ola = person("ola")
    in_polish = words(opened(name, "pl", ola).content.decode())
    django_user_model.objects.all().delete()
    in_english = words(opened(name, "en", person("ola")).content.decode())
    assert in_polish
    assert not {text for text in in_polish & in_english if not is_key(text)}


def is_key(text: str) -> bool:
    """Keys and codes for a second factor look alike in every language."""
    return re.fullmatch(r"[A-Z2-7]{16,}|[0-9a-f]{8}|[0-9A-Za-z]+-?", text) is not None


@pytest.mark.parametrize("name", PAGES)
def test_no_page_runs_a_script_or_style_written_into_it(name):
    assert not EXECUTABLE.search(opened(name, "pl", person("ola")).content.decode())


@pytest.mark.parametrize(
    "name",
    [
        "addresses, one waits",
        "confirm the present address",
        "second factor, on",
        "second factor, wrong code",
        "new password",
    ],
)
def test_pages_of_accounts_are_valid_html(name):
    assert_valid_html(opened(name, "pl", person("ola")).content.decode())
