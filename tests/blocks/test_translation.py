"""Every block comes through wagtail-localize whole: submitted, exported as PO, imported, published."""

from typing import Any

import pytest
from django.utils import translation
from wagtail import blocks
from wagtail.blocks.list_block import ListValue
from wagtail.images.models import AbstractImage
from wagtail.models import Locale, Page, Site
from wagtail_localize.models import Translation, TranslationSource

from mypart_wagtail.blocks.navigation import LinkListBlock
from tests.blocks.samples import LISTS, OWN_CONTENT, examples, page_with, stream_item
from tests.people import person

MARK = "po polsku: "
# Read by people, but the same in every language.
SAME = (blocks.URLBlock, blocks.EmailBlock, blocks.RegexBlock)


def translate(page: Page) -> Any:
    """The published Polish page, made as a translator does by exporting and importing a PO file."""
    polish, _is_new = Locale.objects.get_or_create(language_code="pl")
    source, _is_new = TranslationSource.update_or_create_from_instance(page)
    task = Translation.objects.create(source=source, target_locale=polish)
    exported = task.export_po()
    for entry in exported:
        entry.msgstr = MARK + entry.msgid
    assert task.import_po(exported) == []
    task.save_target(user=person("translator"), publish=True)
    return page.get_translation(polish).specific


def leaves(block: Any, value: Any, path: tuple[Any, ...] = ()) -> list[tuple[tuple[Any, ...], Any, Any]]:
    """All values inside ``value`` that hold no others, as (path, block, value)."""
    if isinstance(value, blocks.StructValue):
        return [
            leaf
            for name, part in value.items()
            for leaf in leaves(block.child_blocks[name], part, (*path, name))
        ]
    if isinstance(value, ListValue):
        return [
            leaf for item in value.bound_blocks for leaf in leaves(item.block, item.value, (*path, item.id))
        ]
    if isinstance(value, AbstractImage):
        return [
            ((*path, "image"), block, value.pk),
            ((*path, "alt"), blocks.CharBlock(), value.contextual_alt_text),
        ]
    return [(path, block, block.get_prep_value(value))]


def is_words(block: Any, value: Any) -> bool:
    wordy = isinstance(block, (blocks.CharBlock, blocks.TextBlock, blocks.RichTextBlock))
    return bool(value) and wordy and not isinstance(block, SAME)


@pytest.mark.parametrize("name", [*OWN_CONTENT, *LISTS])
def test_all_words_of_a_block_are_translated_and_nothing_else_changes(db, name):
    page = page_with(examples([name]))
    (before,), (after,) = page.body, translate(page).body
    assert after.id == before.id
    pairs = list(zip(leaves(before.block, before.value), leaves(after.block, after.value), strict=True))
    assert any(is_words(block, value) for (_path, block, value), _after in pairs)
    for (path, block, value), (path_after, _block, value_after) in pairs:
        assert path_after == path
        if is_words(block, value):
            assert MARK in value_after, path
        else:
            assert value_after == value, path


@pytest.mark.database
def test_links_lead_to_pages_in_the_readers_language_in_two_queries(db, django_assert_num_queries):
    targets = [page_with([], slug=f"target-{number}") for number in range(5)]
    links = [
        {"type": "item", "id": f"link-{page.pk}", "value": {"link": {"page": page.pk, "text": "Read"}}}
        for page in targets
    ]
    guide = page_with([stream_item("link_list", {"heading": "More", "links": links})], slug="guide")
    for page in targets[:4]:
        translate_quietly(page)
    Site.clear_site_root_paths_cache()
    (child,) = guide.body
    child.block.render(child.value)
    with translation.override("pl"), django_assert_num_queries(2):
        html = child.block.render(child.value)
    assert html.count('href="/pl/target-') == 4
    # A page that is not translated is better than a dead link.
    assert html.count('href="/en/target-4') == 1


def translate_quietly(page: Page) -> None:
    polish, _is_new = Locale.objects.get_or_create(language_code="pl")
    if not Page.objects.filter(locale=polish, translation_key=page.get_parent().translation_key).exists():
        page.get_parent().copy_for_translation(polish).save_revision().publish()
    page.copy_for_translation(polish).save_revision().publish()


def test_a_link_to_a_page_that_is_no_longer_public_leads_nowhere(db):
    page = page_with([], slug="gone")
    page.unpublish()
    block = LinkListBlock()
    item = {"type": "item", "id": "1", "value": {"link": {"page": page.pk, "text": "Read"}}}
    html = block.render(block.to_python({"links": [item]}))
    assert "Read" in html
    assert "<a" not in html
