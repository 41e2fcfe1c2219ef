"""What blocks refuse, at its place, and what they make of links, places, contacts, files and pictures."""

from decimal import Decimal
from typing import Any

import lxml.html
import pytest
from django.urls import reverse
from wagtail import blocks

from mypart_wagtail.blocks.chart import ChartBlock
from mypart_wagtail.blocks.contact import ContactPersonBlock, HelpBoxBlock
from mypart_wagtail.blocks.films import EmbedBlock, FilmBlock, player_of
from mypart_wagtail.blocks.links import LinkBlock
from mypart_wagtail.blocks.navigation import MapLinkBlock
from mypart_wagtail.blocks.pictures import GalleryBlock
from tests.blocks.samples import examples, page_with, stored_file, stored_picture
from tests.people import person


def errors(block: Any, value: dict[str, Any]) -> dict[str, str]:
    """What the editor is told at each field of ``block``."""
    with pytest.raises(blocks.StructBlockValidationError) as caught:
        block.clean(block.to_python(value))
    return {name: error.messages[0] for name, error in caught.value.block_errors.items()}


@pytest.mark.parametrize(
    ("link", "field"),
    [
        ({"text": "Read"}, "page"),
        ({}, "page"),
        ({"url": "https://example.org"}, "text"),
        ({"text": "Read", "url": "javascript:alert(1)"}, "url"),
    ],
)
def test_a_link_that_leads_nowhere_or_says_nothing_is_refused(db, link, field):
    assert list(errors(LinkBlock(), link)) == [field]


def test_an_address_that_is_none_of_the_web_is_never_shown():
    for block, value in ((LinkBlock(), {"text": "x"}), (EmbedBlock(), {"title": "x"})):
        assert block.to_python(value | {"url": "javascript:alert(1)"}).href == ""


def test_a_link_has_one_target(db):
    link = {"text": "Read", "url": "https://example.org", "document": stored_file("a.pdf").pk}
    assert "Choose one" in errors(LinkBlock(), link)["url"]


def test_a_link_that_may_stay_empty_may(db):
    block = LinkBlock(required=False)
    assert block.clean(block.to_python({})).href == ""


@pytest.mark.parametrize("block", [ContactPersonBlock(), HelpBoxBlock()])
def test_a_contact_by_voice_alone_is_refused(db, block):
    name = "name" if isinstance(block, ContactPersonBlock) else "heading"
    value = {name: "Desk", "phone": "32 555 00 00"}
    assert "not everybody can use a telephone" in errors(block, value)["email"]
    block.clean(block.to_python(value | {"other": "a text message"}))
    # A draft may still lack it.
    block.clean_deferred(block.to_python(value))


def test_a_telephone_number_can_be_called_from_abroad():
    value = HelpBoxBlock().to_python({"heading": "Help", "phone": "32 555-00 00", "email": "a@example.org"})
    page = lxml.html.fromstring(HelpBoxBlock().render(value))
    assert [link.get("href") for link in page.cssselect("a")] == ["mailto:a@example.org", "tel:+48325550000"]


@pytest.mark.parametrize("phone", ["call us", "12", "32 555 00 00 ext. 5"])
def test_what_is_no_telephone_number_is_refused(phone):
    value = {"heading": "Help", "phone": phone, "email": "a@example.org"}
    assert "Write the number as" in errors(HelpBoxBlock(), value)["phone"]


@pytest.mark.parametrize(
    ("place", "address"),
    [
        (
            {"latitude": Decimal("50.2081"), "longitude": Decimal("19.1661")},
            "https://www.openstreetmap.org/?mlat=50.2081&mlon=19.1661#map=17/50.2081/19.1661",
        ),
        (
            {"address": "ul. Żółta 1\nMysłowice"},
            "https://www.openstreetmap.org/search?query=ul.+%C5%BB%C3%B3%C5%82ta+1+Mys%C5%82owice",
        ),
        ({"latitude": Decimal("50.2")}, ""),
    ],
)
def test_a_map_is_a_link_to_the_place(place, address):
    assert MapLinkBlock().to_python(place).map_url == address


@pytest.mark.parametrize(
    ("address", "player"),
    [
        (
            "https://www.youtube.com/watch?v=dQw4w9WgXcQ&t=5",
            "https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ",
        ),
        ("https://youtu.be/dQw4w9WgXcQ", "https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ"),
        ("https://vimeo.com/12345", "https://player.vimeo.com/video/12345?dnt=1"),
        ("https://tube.example.org/videos/embed/1", "https://tube.example.org/videos/embed/1"),
    ],
)
def test_the_player_that_asks_least_about_its_viewers_is_used(address, player):
    assert player_of(address) == player


@pytest.mark.parametrize(
    ("address", "allowed"),
    [
        ("https://youtu.be/dQw4w9WgXcQ", True),
        ("https://vimeo.com/12345", False),
        ("http://www.youtube-nocookie.com/embed/x", False),
        ("https://www.youtube-nocookie.com.example.org/", False),
    ],
)
def test_only_hosts_that_are_allowed_get_a_frame(settings, address, allowed):
    settings.MYPART = settings.MYPART | {"EMBED_HOSTS": ["www.youtube-nocookie.com"]}
    assert bool(EmbedBlock().to_python({"url": address}).player_url) is allowed


def test_a_film_that_browsers_do_not_play_is_refused(db):
    value = {"title": "Film", "film": stored_file("film.avi").pk, "transcript": "<p>Words</p>"}
    assert "MP4" in errors(FilmBlock(), value)["film"]
    captions = {"film": stored_file("film.mp4").pk, "captions": stored_file("film.srt").pk}
    assert "VTT" in errors(FilmBlock(), value | captions)["captions"]
    assert "transcript" in errors(FilmBlock(), value | captions | {"transcript": ""})


def test_a_picture_needs_a_description_or_to_be_decoration(db):
    image = {"image": stored_picture().pk, "alt_text": "", "decorative": False}
    value = {"pictures": [{"image": image, "caption": ""}]}
    with pytest.raises(blocks.StructBlockValidationError):
        GalleryBlock().clean(GalleryBlock().to_python(value))
    GalleryBlock().clean(GalleryBlock().to_python({"pictures": [{"image": image | {"decorative": True}}]}))


def test_pictures_take_the_same_number_of_queries_however_many(db, django_assert_num_queries):
    image = {"alt_text": "A town", "decorative": False}
    items = [{"image": image | {"image": stored_picture(f"Town {n}").pk}} for n in range(6)]
    for count in (2, 6):
        value = GalleryBlock().to_python({"pictures": items[:count]})
        GalleryBlock().render(value)
        value = GalleryBlock().to_python({"pictures": items[:count]})
        with django_assert_num_queries(1):
            html = GalleryBlock().render(value)
        assert html.count("srcset=") == count


def test_a_picture_whose_file_is_lost_does_not_break_the_page(db):
    picture = stored_picture()
    picture.file.storage.delete(picture.file.name)
    image = {"image": picture.pk, "alt_text": "A town", "decorative": False}
    html = GalleryBlock().render(GalleryBlock().to_python({"pictures": [{"image": image}]}))
    assert 'alt="A town"' in html
    assert "0w" not in html


def test_an_editor_opens_a_page_of_all_blocks(client, db):
    page = page_with(examples())
    client.force_login(person("editor", is_superuser=True))
    assert client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).status_code == 200


def test_a_film_without_captions_is_one_in_which_nobody_speaks(db):
    value = {"title": "Film", "film": stored_file("film.mp4").pk, "transcript": "<p>Words</p>"}
    assert "captions" in errors(FilmBlock(), value)["captions"]
    FilmBlock().clean(FilmBlock().to_python(value | {"is_silent": True}))


def test_a_link_to_a_page_that_is_no_longer_public_keeps_its_title_to_itself(db):
    page = page_with([])
    link = LinkBlock().to_python({"page": page.pk})
    assert link.words == page.title
    page.unpublish()
    assert LinkBlock().to_python({"page": page.pk}).words == ""


def test_numbers_of_a_chart_have_an_end(db):
    row = {"label": "2026", "values": ["1e1000000"]}
    value = {"title": "T", "description": "D", "series": ["S"], "rows": [row]}
    with pytest.raises(blocks.StructBlockValidationError) as caught:
        ChartBlock().clean(ChartBlock().to_python(value))
    assert "rows" in caught.value.block_errors
