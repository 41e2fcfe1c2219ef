"""What becomes of a photo: the picture stays, everything that tells of the person who took it goes."""

from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from mypart_wagtail.photos import LARGEST_SIDE, MOST_BYTES, clean_photo
from tests.photos import bomb, photo, picture, tells_place


def opened(file) -> Image.Image:
    return Image.open(BytesIO(file.read()))


@pytest.mark.parametrize(
    ("kind", "stored"),
    [("JPEG", "JPEG"), ("PNG", "PNG"), ("WEBP", "WEBP"), ("HEIF", "JPEG"), ("TIFF", "JPEG")],
)
def test_nothing_tells_where_by_what_and_how_a_photo_was_taken(kind, stored):
    file = clean_photo(photo(kind))
    content = file.read()
    assert not tells_place(content)
    assert Image.open(BytesIO(content)).format == stored


def test_the_profile_of_colours_stays():
    assert opened(clean_photo(photo("JPEG"))).info["icc_profile"]


def test_a_photo_from_an_iphone_becomes_a_jpeg_under_its_own_name():
    file = clean_photo(photo("HEIF", name="Rejs.HEIC"))
    assert file.name == "Rejs.jpg"
    shown = opened(file)
    assert (shown.format, shown.size) == ("JPEG", (600, 400))


@pytest.mark.parametrize("kind", ["JPEG", "HEIF"])
def test_a_photo_stands_upright_whichever_way_the_telephone_was_held(kind):
    """6: turned by a quarter, so that the left of what was stored is the top of what was seen."""
    shown = opened(clean_photo(photo(kind, orientation=6))).convert("RGB")
    assert shown.size == (400, 600)
    top, bottom = shown.getpixel((200, 50)), shown.getpixel((200, 550))
    assert top[0] > 150 > top[2]
    assert bottom[2] > 150 > bottom[0]


def test_a_large_photo_is_scaled_down_and_a_small_one_left():
    assert opened(clean_photo(photo(size=(5000, 1000)))).size == (LARGEST_SIDE, 819)
    assert opened(clean_photo(photo(size=(300, 200)))).size == (300, 200)


@pytest.mark.parametrize("kind", ["PNG", "GIF"])
def test_what_can_be_seen_through_stays_so(kind):
    drawn = picture().convert("RGBA")
    drawn.paste((0, 0, 0, 0), (0, 0, 100, 100))
    written = BytesIO()
    drawn.save(written, kind)
    shown = opened(clean_photo(SimpleUploadedFile("logo", written.getvalue())))
    assert shown.format == "PNG"
    assert shown.convert("RGBA").getpixel((0, 0))[3] == 0


def test_the_colours_of_a_printer_become_those_of_a_screen():
    written = BytesIO()
    picture().convert("CMYK").save(written, "JPEG", icc_profile=b"of a printer")
    shown = opened(clean_photo(SimpleUploadedFile("print.jpg", written.getvalue())))
    assert (shown.mode, shown.info.get("icc_profile")) == ("RGB", None)


def cut_off() -> SimpleUploadedFile:
    whole = photo().read()
    return SimpleUploadedFile("cut.jpg", whole[: len(whole) // 2])


@pytest.mark.parametrize(
    "file",
    [
        SimpleUploadedFile("letter.jpg", b"Dear all"),
        SimpleUploadedFile("empty.jpg", b""),
        SimpleUploadedFile("drawing.svg", b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>"),
        SimpleUploadedFile("print.eps", b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n"),
        cut_off(),
    ],
    ids=lambda file: file.name,
)
def test_what_is_no_photo_is_refused(file):
    with pytest.raises(ValidationError, match="cannot be read as a photo"):
        clean_photo(file)


def test_a_small_file_that_unpacks_to_a_huge_one_is_refused_unopened():
    with pytest.raises(ValidationError, match="too many pixels"):
        clean_photo(bomb())


def test_too_large_a_file_is_refused():
    with pytest.raises(ValidationError, match="20 MB"):
        clean_photo(SimpleUploadedFile("long.jpg", b"\0" * (MOST_BYTES + 1)))
