"""Anyone who holds a paper learns whether it was submitted, and nothing else."""

import pytest
from django.urls import reverse
from django.utils import timezone

from mypart_wagtail.generator.models import Snapshot
from mypart_wagtail.generator.services.documents import start_correction, withdraw_document
from mypart_wagtail.generator.services.snapshots import erase_snapshot
from tests.generator.submissions import submit

URL = reverse("mypart_generator:verify")


@pytest.fixture
def snapshot(author, document):
    return submit(author, document)


def ask(client, checksum: str):
    return client.get(URL, {"checksum": checksum})


def text(response) -> str:
    return response.content.decode()


def test_the_page_asks_for_a_checksum_without_signing_in(client, db):
    page = text(client.get(URL))
    assert 'name="checksum"' in page
    assert "There is a problem" not in page


@pytest.mark.database
@pytest.mark.parametrize(
    "written",
    [
        "{0.checksum}",
        "{0.sha256}",
        " {0.checksum} ",
        "{upper}",
        "{bare}",
        "{spaced}",
        "{dashed}",
        "{sha_in_groups}",
        "{misread}",
    ],
)
def test_a_checksum_is_found_however_it_is_written(client, snapshot, written):
    digits = snapshot.sha256[:12]
    forms = {
        "upper": snapshot.checksum.upper(),
        "bare": digits,
        "spaced": " ".join(digits),
        "dashed": snapshot.checksum.replace("-", " – "),
        "sha_in_groups": " ".join(snapshot.sha256[i : i + 8] for i in range(0, 64, 8)),
        "misread": snapshot.checksum.replace("0", "O").replace("1", "l"),
    }
    page = text(ask(client, written.format(snapshot, **forms)))
    assert "The checksum is genuine" in page
    assert snapshot.sha256 in page


def test_it_says_what_was_submitted_and_when_and_nothing_private(client, snapshot, document):
    page = text(ask(client, snapshot.checksum))
    assert f"Sample {document.pk}" in page
    assert timezone.localtime(snapshot.submitted_at).strftime("%H:%M") in page
    assert "in force" in page
    for private in ("Obóz", "author", "example.org", str(document.uuid), str(snapshot.uuid)):
        assert private not in page


def test_a_correction_that_is_still_being_written_replaces_nothing(client, author, snapshot, document):
    start_correction(author, document=document)
    assert "in force" in text(ask(client, snapshot.checksum))


def test_a_version_that_was_replaced_says_so(client, author, snapshot, document):
    start_correction(author, document=document)
    document.data["title"] = "Poprawiony"
    second = submit(author, document)
    page = text(ask(client, snapshot.checksum))
    assert "has replaced this one" in page
    assert "No longer in force" in page
    assert "in force" in text(ask(client, second.checksum))


def test_a_withdrawn_document_says_so(client, author, snapshot, document):
    withdraw_document(author, document=document, at=timezone.now())
    page = text(ask(client, snapshot.checksum))
    assert "was withdrawn later" in page
    assert page.count("in force") == page.count("No longer in force") == 1


def test_what_was_erased_can_still_be_verified(client, author, snapshot):
    erase_snapshot(author, snapshot=snapshot, at=timezone.now())
    page = text(ask(client, snapshot.checksum))
    assert "The checksum is genuine" in page
    assert "erased" in page


@pytest.mark.parametrize("checksum", ["0000-0000-0000", "f" * 64])
def test_an_unknown_checksum_says_so(client, snapshot, checksum):
    page = text(ask(client, checksum))
    assert "Nothing was submitted with this checksum" in page
    assert "genuine" not in page


@pytest.mark.parametrize(
    "typed", ["", "   ", "0a55", "zzzz-zzzz-zzzz", "a" * 13, "%%%%%%%%%%%%", "<b>", "a" * 9999]
)
def test_what_is_no_checksum_is_told_at_its_place_and_kept(client, snapshot, typed):
    response = ask(client, typed)
    page = text(response)
    assert response.status_code == 200
    assert "There is a problem" in page
    assert 'href="#id_checksum"' in page
    assert "genuine" not in page


def test_a_nul_character_is_no_crash(client, db):
    assert ask(client, "0a55\x0022c2-b414").status_code == 200


def test_whoever_asks_too_often_has_to_wait(client, snapshot, settings):
    settings.MYPART = {"VERIFICATION_RATE": "2/hour"}
    assert [ask(client, snapshot.checksum).status_code for _ in range(3)] == [200, 200, 429]
    assert client.get(URL).status_code == 200


def test_two_documents_whose_short_checksums_are_the_same_are_both_told(client, author, snapshot, document):
    start_correction(author, document=document)
    document.data["title"] = "Poprawiony"
    second = submit(author, document)
    Snapshot.objects.filter(pk=second.pk).update(sha256=snapshot.sha256[:12] + "0" * 52)
    page = text(ask(client, snapshot.checksum))
    assert page.count("<h2") == 2
    assert snapshot.sha256 in text(ask(client, snapshot.sha256))
    assert text(ask(client, snapshot.sha256)).count("<h2") == 1
