"""Every page type of the portal comes through wagtail-localize whole: as a PO file, out and back."""

import pytest
from wagtail.fields import StreamField
from wagtail.models import Page

from tests.blocks.test_translation import MARK, is_words, leaves, translate
from tests.portal.pages import one_of_each
from tests.portal.statements import statement

pytestmark = [pytest.mark.django_db, pytest.mark.database]

PLAIN = ("title", "lead", "button")
RICH = ("for_whom", "time_limits", "legal_basis", "failures", "building", "communication")
KINDS = range(9)


def pages() -> list[Page]:
    made = one_of_each()
    return [*made, statement()]


@pytest.mark.parametrize("number", KINDS)
def test_all_words_of_a_page_are_translated_and_nothing_else_changes(number):
    page = pages()[number]
    polish = translate(page)
    assert polish.locale.language_code == "pl"
    assert polish.translation_key == page.translation_key
    for name in (*PLAIN, *RICH):
        if getattr(page, name, ""):
            assert MARK in getattr(polish, name), name
    for field in page._meta.get_fields():
        if isinstance(field, StreamField):
            compare(getattr(page, field.name), getattr(polish, field.name))


def compare(before, after) -> None:
    assert [child.id for child in before] == [child.id for child in after]
    for one, other in zip(before, after, strict=True):
        pairs = zip(leaves(one.block, one.value), leaves(other.block, other.value), strict=True)
        for (path, block, value), (_path, _block, value_after) in pairs:
            if is_words(block, value):
                assert MARK in value_after, path
            else:
                assert value_after == value, path


def test_there_is_a_page_of_every_type_of_the_portal():
    from wagtail.models import get_page_models

    ours = {model for model in get_page_models() if model._meta.app_label == "mypart_portal"}
    assert {type(page) for page in pages()} == ours
    assert len(KINDS) == len(ours)
