"""What one person's request may cost the others: processor time, and how long rows stay locked."""

import json
from collections.abc import Callable
from itertools import cycle, pairwise
from time import perf_counter
from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from mypart_wagtail.generator.services.changes import MOST_CHANGES, MOST_CHARACTERS
from mypart_wagtail.grants.kind import ApplicationKind, digest
from mypart_wagtail.grants.models import Application
from mypart_wagtail.photos import clean_photo
from mypart_wagtail.text import clean_text
from tests.benchmarks.measure import Spent, Visitor, fixed_loop, spending
from tests.benchmarks.test_speed import LARGE, draft
from tests.people import member, organisation
from tests.photos import hundred_megapixels, photo

pytestmark = [pytest.mark.benchmark, pytest.mark.django_db(transaction=True)]

LONG = 18_000


@pytest.fixture
def signer():
    return member(organisation(), "signer", is_signer=True)


@pytest.fixture
def stall(table) -> Callable[[str, Spent], None]:
    """Write a line of the table, beside the fixed loop as it runs just now."""

    def write(what: str, spent: Spent) -> None:
        begun = perf_counter()
        with spending() as loop:
            fixed_loop()
        loop.locked = perf_counter() - begun
        table.stall(what, spent, loop)

    return write


def typing_on(start: str, count: int) -> list[dict[str, Any]]:
    """So many changes of one field, each of 18,000 characters and typed over the one before."""
    letters = cycle("ąbćdęfghijklłmnoópqrsśtuwxyzż")
    texts = [start, *(next(letters) * LONG for _change in range(count))]
    return [
        {"id": str(uuid4()), "deed": "set", "path": "synopsis", "text": new, "based_on": old}
        for old, new in pairwise(texts)
    ]


def in_portions(changes: list[dict[str, Any]]) -> list[list[dict[str, Any]]]:
    """As the browser sends them."""
    found: list[list[dict[str, Any]]] = []
    room = 0
    for change in changes:
        characters = len(change["text"]) + len(change["based_on"])
        if not found or len(found[-1]) == MOST_CHANGES or characters > room:
            found.append([])
            room = MOST_CHARACTERS
        found[-1].append(change)
        room -= characters
    return found


def test_five_hundred_long_changes(stall, signer, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = None
    document = draft(signer, **LARGE).document
    visitor = Visitor(signer)
    address = reverse("mypart_generator:changes", args=[document.uuid])
    changes = typing_on(document.data["synopsis"], 500)
    with spending() as refused:
        visitor.post(address, {"changes": changes, "section": "description"}, status=413)
    stall("500 changes of 18,000 characters at once, refused", refused)
    portions = []
    for portion in in_portions(changes):
        with spending() as spent:
            answer = visitor.post(address, {"changes": portion, "section": "description"})
        portions.append(spent)
        assert {each["result"] for each in json.loads(answer.content)["outcomes"]} == {"applied"}
    dearest = max(portions, key=lambda spent: spent.cpu)
    dearest.locked = max(spent.locked for spent in portions)
    stall(f"the dearest of the {len(portions)} portions the browser makes of them", dearest)


def fill(document: Any) -> None:
    """Every text of 100 actions at its limit."""
    limits = {"name": 250, "description": 4000, "audience": 1000, "outsourced": 2000}
    for row in document.data["actions"]["rows"].values():
        row |= {key: ("Zażółć gęślą jaźń " * 230)[:limit].strip() for key, limit in limits.items()}
    document.save()


def test_the_largest_page_without_javascript(stall, signer):
    document = draft(signer, actions=100, costs_per_action=4, years=3).document
    fill(document)
    visitor = Visitor(signer)
    rows = document.data["actions"]["rows"]
    based_on = {f"actions/{row}/{key}": text for row, cells in rows.items() for key, text in cells.items()}
    typed = {path: f"{text}!" for path, text in based_on.items()}
    fields = {"deed": "save", "based_on": json.dumps(based_on), **typed}
    address = reverse("mypart_generator:section", args=[document.uuid, "schedule"])
    with spending() as spent:
        visitor.post_form(address, fields, status=302)
    document.refresh_from_db()
    assert all(cells["name"]["typed"].endswith("!") for cells in document.data["actions"]["rows"].values())
    stall("a page of 100 actions at their limits, sent without JavaScript", spent)


@pytest.mark.parametrize(("name", "is_full"), [("large offer", False), ("offer with every text full", True)])
def test_the_pdf_of_a_draft_and_the_rehearsal(stall, signer, name, is_full):
    application = draft(signer, **(LARGE | ({"actions": 100, "costs_per_action": 3} if is_full else {})))
    if is_full:
        fill(application.document)
    visitor = Visitor(signer)
    address = reverse("mypart_grants:draft_pdf", args=[application.uuid])
    with spending() as spent:
        visitor.get(address, status=302 if is_full else 200)
    stall(f"PDF of a draft, {name}", spent)
    with spending() as spent:
        page = visitor.post_form(reverse("mypart_grants:rehearse", args=[application.uuid]), {})
    assert b"mypart-notification--success" in page.content
    assert Application.objects.get().document.snapshots.count() == 0
    stall(f"rehearsal, {name}", spent)


FIELDS = ("title", "synopsis", "results_description", "experience", "resources", "other_information")


@pytest.mark.parametrize("mark", ["\U0001e8d0", "\U0001e944"], ids=["Mende Kikakui", "Adlam"])
def test_texts_of_nothing_but_rare_marks(stall, signer, mark):
    document = draft(signer, **LARGE).document
    text = clean_text("a" + mark * 184_000)
    document.data |= {key: {"typed": text} for key in ("contact_person", *FIELDS)}
    document.save()
    visitor = Visitor(signer)
    offer = [document.application.uuid]
    change = {"id": str(uuid4()), "deed": "set", "path": "title", "text": f"{text}b", "based_on": text}
    addresses = {
        "page of the wizard": reverse("mypart_generator:section", args=[document.uuid, "results"]),
        "summary": reverse("mypart_generator:summary", args=[document.uuid]),
        "page of submission": reverse("mypart_grants:submit", args=offer),
    }
    for name, address in addresses.items():
        with spending() as spent:
            visitor.get(address)
        stall(f"{name}, full of U+{ord(mark):X}", spent)
    with spending() as spent:
        saved = reverse("mypart_generator:changes", args=[document.uuid])
        visitor.post(saved, {"changes": [change], "section": "title"})
    stall(f"autosave of one letter more, full of U+{ord(mark):X}", spent)
    with spending() as spent:
        visitor.get(reverse("mypart_grants:draft_pdf", args=offer), status=302)
    stall(f"PDF of a draft, full of U+{ord(mark):X}", spent)
    with spending() as spent:
        visitor.post_form(reverse("mypart_grants:rehearse", args=offer), {}, status=422)
    stall(f"rehearsal, full of U+{ord(mark):X}", spent)


@pytest.mark.parametrize("letter", ["x", "ż", "\U0001e944"], ids=["ASCII", "Polish", "Adlam"])
def test_the_longest_page_without_javascript(stall, signer, letter):
    """As long as a form may be, or as the body of a post: 10 MB in the sandbox."""
    document = draft(signer, actions=100, costs_per_action=4, years=3).document
    length = {1: 19_000, 2: 19_000, 4: 12_000}[len(letter.encode())]
    text = clean_text("a" + letter * length)
    for cells in document.data["actions"]["rows"].values():
        cells["description"] = {"typed": text}
    document.save()
    based_on = {f"actions/{row}/description": text for row in document.data["actions"]["rows"]}
    typed = dict.fromkeys(based_on, f"{text}!")
    fields = {"deed": "save", "based_on": json.dumps(based_on, ensure_ascii=False), **typed}
    address = reverse("mypart_generator:section", args=[document.uuid, "schedule"])
    with spending() as spent:
        Visitor(signer).post_form(address, fields, status=302)
    stall(f"a page of 100 texts as long as can be, of U+{ord(letter):X}, without JavaScript", spent)


@pytest.mark.parametrize(("name", "is_full"), [("large offer", False), ("offer with every text full", True)])
def test_submission(stall, signer, name, is_full):
    """Tasks run inside the request here: the PDF too, unless it takes long."""
    size = {"actions": 100, "costs_per_action": 3} if is_full else {}
    application = draft(signer, **(LARGE | size))
    if is_full:
        fill(application.document)
    application = Application.objects.with_parts().get(pk=application.pk)
    visitor = Visitor(signer)
    seen = digest(application, ApplicationKind().form(application.document))
    address = reverse("mypart_grants:submit", args=[application.uuid])
    with spending() as spent:
        visitor.post_form(address, {"seen": seen}, status=302)
    assert Application.objects.get().document.snapshots.count() == 1
    stall(f"submission, {name}", spent)


def test_large_pictures(stall):
    picture = hundred_megapixels()
    with spending() as spent, pytest.raises(ValidationError):
        clean_photo(picture)
    stall("a PNG of 100 megapixels, refused", spent)
    for kind in ("HEIF", "JPEG"):
        picture = photo(kind, size=(8064, 6048))
        with spending() as spent:
            clean_photo(picture)
        stall(f"a photo of 48 megapixels, {kind}", spent)
