"""Photos that come in through the admin tell nobody where they were taken."""

from io import BytesIO

import pytest
from django.core.checks import run_checks
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image
from wagtail.images import get_image_model

from mypart_wagtail.publishing.models import OrganisationSpace
from tests.memory import memory_stays_small
from tests.photos import PLACE, hundred_megapixels, photo, tells_place
from tests.publishing.writers import writer

pytestmark = pytest.mark.django_db


@pytest.fixture
def upload(client, club):
    client.force_login(writer(club, "ewa"))
    collection = OrganisationSpace.objects.get().collection

    def upload(file, name="wagtailimages:add"):
        body = {"title": "Boat", "file": file, "collection": collection.pk}
        client.post(reverse(name), body, headers={"x-requested-with": "XMLHttpRequest"})
        return get_image_model().objects.filter(collection=collection).first()

    return upload


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "HEIF"])
def test_a_photo_uploaded_in_the_admin_loses_its_place(upload, kind):
    stored = upload(photo(kind)).file.read()
    assert not tells_place(stored)


def test_so_does_what_is_dropped_there_by_the_dozen(client, club):
    client.force_login(writer(club, "ewa"))
    collection = OrganisationSpace.objects.get().collection
    client.post(
        reverse("wagtailimages:add_multiple"),
        {"title": "Boat", "files[]": photo(), "collection": collection.pk},
        headers={"x-requested-with": "XMLHttpRequest"},
    )
    assert not tells_place(get_image_model().objects.get().file.read())


def test_what_the_library_tells_of_a_photo_is_true_of_what_is_stored(upload):
    image = upload(photo("HEIF", orientation=6))
    with Image.open(BytesIO(image.file.read())) as stored:
        assert (stored.format, *stored.size) == ("JPEG", image.width, image.height) == ("JPEG", 400, 600)
    assert image.file_size == image.file.size
    known = image.file_hash
    image._set_file_hash()
    assert image.file_hash == known


def test_the_web_process_never_unpacks_a_huge_photo(upload):
    known = upload(photo())
    with memory_stays_small():
        upload(hundred_megapixels())
    assert get_image_model().objects.get() == known


def test_a_photo_of_a_format_that_is_not_taken_is_refused_as_ever(upload):
    assert upload(photo("TIFF")) is None


def test_changing_the_words_about_a_photo_leaves_its_file(client, upload):
    image = upload(photo())
    before = image.file.name
    body = {"title": "Another", "collection": image.collection_id}
    client.post(reverse("wagtailimages:edit", args=[image.pk]), body)
    image.refresh_from_db()
    assert (image.title, image.file.name) == ("Another", before)


def test_a_host_whose_admin_keeps_places_is_told(settings):
    del settings.WAGTAILIMAGES_IMAGE_FORM_BASE
    assert "mypart_publishing.W001" in {each.id for each in run_checks()}


def test_the_samples_do_tell_where_they_were_taken():
    assert PLACE in photo().read()


@pytest.mark.parametrize(("width", "is_taken"), [(4096, True), (4097, False)])
def test_a_drawing_is_taken_as_it_is_unless_every_page_would_unpack_a_huge_one(upload, width, is_taken):
    written = BytesIO()
    Image.new("P", (width, 10)).save(written, "GIF")
    image = upload(SimpleUploadedFile("drawing.gif", written.getvalue()))
    assert (image is not None) is is_taken
    if is_taken:
        assert image.file.read() == written.getvalue()
