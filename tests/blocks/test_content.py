"""Blocks an editor can choose: findable, previewed, and showing nothing as long as they hold nothing."""

import lxml.html
import pytest
from django.db.migrations.writer import MigrationWriter
from django.template import Context, Template
from django.test import RequestFactory
from django.urls import reverse
from django.utils import translation
from wagtail import blocks, hooks
from wagtail.admin.views.generic.preview import StreamFieldBlockPreview
from wagtail.blocks.stream_block import StreamBlockValidationError
from wagtail.documents import get_document_model
from wagtail.fields import StreamField

from mypart_wagtail.blocks.content import HOOK, ContentStreamBlock, content_blocks
from mypart_wagtail.blocks.text import HeadingBlock
from mypart_wagtail.grants.apps import MypartGrantsConfig
from mypart_wagtail.streamfields import ExtensibleStreamField
from sandbox.models import MunicipalPage
from tests.blocks.samples import OFFERED, OWN_CONTENT, examples, page_with, stream_item
from tests.people import person


@pytest.fixture
def offered():
    return dict(ContentStreamBlock().child_blocks)


@pytest.mark.parametrize("name", OFFERED)
def test_the_picker_shows_each_block_with_group_icon_description_and_preview(offered, name):
    block = offered[name]
    assert str(block.meta.group)
    assert block.meta.icon != blocks.Block._meta_class.icon
    assert str(block.get_description())
    assert block.is_previewable
    with translation.override("pl"):
        polish = [str(block.meta.group), str(block.label), str(block.get_description())]
    assert polish != [str(block.meta.group), str(block.label), str(block.get_description())]


@pytest.mark.parametrize("language", ["en", "pl"])
@pytest.mark.parametrize("name", OFFERED)
def test_the_preview_needs_no_database(offered, name, language):
    """Run without access to one: a query would fail the test."""
    request = RequestFactory().get("/", {"id": offered[name].definition_prefix})
    with translation.override(language):
        html = StreamFieldBlockPreview.as_view()(request).render().content.decode()
    shown = lxml.html.document_fromstring(html).find("body")
    assert shown.findall(".//img") or len(shown.text_content().split()) > 1
    assert "mypart_blocks/blocks.css" in html or name == "offer_generator"


def test_the_preview_in_the_admin_opens(client, db, offered):
    client.force_login(person("editor", is_superuser=True))
    address = reverse("wagtailadmin_block_preview")
    assert client.get(address, {"id": offered["chart"].definition_prefix}).status_code == 200


@pytest.mark.parametrize("name", OWN_CONTENT)
def test_an_empty_block_shows_nothing(offered, name):
    block = offered[name]
    assert block.render(block.get_default()).strip() == ""
    if isinstance(block, blocks.StructBlock):
        assert block.render(block.to_python({})).strip() == ""


@pytest.mark.parametrize("name", OWN_CONTENT)
def test_a_block_renders_without_a_request(db, name):
    (child,) = page_with(examples([name])).body
    alone = child.block.render(child.value)
    template = Template("{% load wagtailcore_tags %}{% include_block block %}")
    assert template.render(Context({"block": child})) == alone
    assert len(alone.split()) > 2


@pytest.mark.parametrize("name", OWN_CONTENT)
def test_there_is_no_inline_script_or_style(db, name):
    html = page_with(examples([name])).body.render_as_block()
    page = lxml.html.fromstring(html)
    assert (
        page.xpath("//style | //script[not(@src)] | //iframe | //@style | //@*[starts-with(name(), 'on')]")
        == []
    )


def test_a_block_of_a_missing_app_is_not_offered(monkeypatch):
    monkeypatch.setattr(MypartGrantsConfig, "mypart_providers", {})
    assert "offer_generator" not in content_blocks()


def test_a_host_adds_and_removes_blocks_by_one_hook_without_a_migration():
    def ours(offered):
        offered["weather"] = blocks.CharBlock()
        del offered["chart"]

    before = ExtensibleStreamField(ContentStreamBlock, blank=True).deconstruct()
    with hooks.register_temporarily(HOOK, ours):
        field = ExtensibleStreamField(ContentStreamBlock, blank=True)
        assert "weather" in field.stream_block.child_blocks
        assert "chart" not in field.stream_block.child_blocks
        assert field.deconstruct()[1:] == before[1:]


def test_a_plain_stream_field_of_a_host_takes_the_blocks_and_its_migration_can_be_read_back():
    written, imports = MigrationWriter.serialize(StreamField(ContentStreamBlock, blank=True))
    found: dict[str, object] = {}
    exec("\n".join([*imports, f"field = {written}"]), found)  # noqa: S102 - what a migration would hold
    assert set(found["field"].stream_block.child_blocks) == set(OFFERED)


def test_a_page_type_may_add_a_block_of_its_own_and_put_one_in_place_of_ours():
    board = MunicipalPage._meta.get_field("body").stream_block.child_blocks["notice_board"]
    assert board.__class__.__module__ == "sandbox.models"

    class PlainCards(ContentStreamBlock):
        cards = blocks.CharBlock()

    assert isinstance(PlainCards().child_blocks["cards"], blocks.CharBlock)


def test_a_heading_that_was_plain_text_is_read():
    assert HeadingBlock().to_python("About us")["text"] == "About us"
    assert (
        'class="mypart mypart-block mypart-heading"'
        in ContentStreamBlock().to_python([stream_item("heading", "About us")]).render_as_block()
    )


def heading(anchor):
    return stream_item("heading", {"text": "Contact", "level": "2", "anchor": anchor})


def test_two_headings_of_a_page_cannot_have_one_anchor():
    block = ContentStreamBlock()
    with pytest.raises(StreamBlockValidationError) as caught:
        block.clean(block.to_python([heading("contact"), heading(""), heading("contact")]))
    assert sorted(caught.value.block_errors) == [0, 2]
    block.clean(block.to_python([heading("contact"), heading("contact-2"), heading("")]))


@pytest.mark.parametrize("anchor", ["main", "mypart-nav", "Contact", "a b", "1st", "kontakt\u0142"])
def test_an_anchor_that_would_not_work_is_refused(anchor):
    with pytest.raises(blocks.StructBlockValidationError):
        HeadingBlock().clean(HeadingBlock().to_python(heading(anchor)["value"]))


@pytest.mark.parametrize("name", ["documents", "easy_to_read"])
def test_a_block_whose_document_was_deleted_breaks_nothing(client, db, name):
    page = page_with(examples([name]))
    assert ".pdf" in client.get(page.url).content.decode()
    get_document_model().objects.all().delete()
    assert client.get(page.url).status_code == 200
