"""How fast it is, beside the least that Django and Wagtail do. Nothing here passes or fails by speed."""

import gzip
import re
from itertools import cycle
from pathlib import Path
from uuid import uuid4

import pytest
from django.contrib.staticfiles import finders
from django.urls import reverse
from django.utils import timezone

from mypart_wagtail.generator.pdf import render_pdf
from mypart_wagtail.grants.content import offer_content
from mypart_wagtail.grants.kind import ApplicationKind
from mypart_wagtail.grants.models import Application
from mypart_wagtail.grants.services.applications import start_application
from sandbox.models import MunicipalPage
from tests.benchmarks.measure import Visitor, cpu_side_by_side, wall_time
from tests.grants.calls import open_call
from tests.grants.offers import sample_data
from tests.people import member, organisation
from tests.sites import default_site

pytestmark = [pytest.mark.benchmark, pytest.mark.django_db(transaction=True)]

USUAL = {"actions": 4, "costs_per_action": 3}
LARGE = {"actions": 30, "costs_per_action": 7, "years": 3}
OPEN_CALLS = 6


@pytest.fixture(autouse=True)
def _beside_the_bare(settings):
    settings.ROOT_URLCONF = "tests.benchmarks.urls"
    (engine,) = settings.TEMPLATES
    settings.TEMPLATES = [engine | {"DIRS": [*engine["DIRS"], Path(__file__).parent / "templates"]}]


@pytest.fixture
def signer():
    return member(organisation(), "signer", is_signer=True)


def draft(signer, **size: int) -> Application:
    """A complete draft of that size."""
    club = signer.mypart_memberships.get().organisation
    call = open_call(grant_max=None)
    application = start_application(signer, call=call, organisation=club, at=timezone.now())
    application.document.data = sample_data(**size)
    application.document.save()
    return Application.objects.with_parts().get(pk=application.pk)


def test_autosave_of_one_field(table, signer):
    document = draft(signer, **LARGE).document
    visitor = Visitor(signer)
    address = reverse("mypart_generator:changes", args=[document.uuid])
    texts = cycle(["100,00", "101,00"])
    standing = [next(texts)]

    def save():
        text = next(texts)
        change = {
            "id": str(uuid4()),
            "deed": "set",
            "path": "costs/cost0001x0001/unit_cost",
            "text": text,
            "based_on": standing[0],
        }
        standing[0] = text
        return visitor.post(address, {"changes": [change], "section": "costs"})

    def save_bare():
        return visitor.post(reverse("bare_save"), {"document": str(document.uuid), "title": "Obóz"})

    assert b'"applied"' in save().content
    rows = len(document.data["costs"]["order"])
    times = cpu_side_by_side(save, save_bare, rounds=60)
    table.ratio(f"autosave of a field, {rows} rows, all rules", *times, target=3)


def test_a_page_with_the_block(table, monkeypatch):
    monkeypatch.setattr(MunicipalPage, "template", "benchmarks/page.html")
    for _number in range(OPEN_CALLS):
        open_call()
    visitor = Visitor()
    with_block = published_page("block", ("offer_generator", {"heading": "Dotacje"}))
    bare = published_page("bare", ("paragraph", "<p></p>"))
    missing = len(visitor.get(with_block.url).content) - len(visitor.get(bare.url).content)
    bare = published_page("full", ("paragraph", f"<p>{'Mysłowice ' * (missing // 11)}</p>"))
    times = cpu_side_by_side(lambda: visitor.get(with_block.url), lambda: visitor.get(bare.url), rounds=100)
    table.ratio(f"page with the block, {OPEN_CALLS} calls", *times, target=1.3)


def published_page(slug: str, *blocks: tuple[str, object]) -> MunicipalPage:
    page = MunicipalPage(title="Dotacje", slug=slug)
    page.body = page.body.stream_block.to_python([{"type": name, "value": value} for name, value in blocks])
    default_site().root_page.add_child(instance=page)
    return MunicipalPage.objects.get(pk=page.pk)


@pytest.mark.parametrize(("name", "size", "target"), [("usual", USUAL, 60), ("large", LARGE, 300)])
def test_the_pdf(table, signer, name, size, target):
    application = draft(signer, **size)

    def pdf() -> bytes:
        form = ApplicationKind().form(application.document)
        content = offer_content(application, form)
        return render_pdf(form.template.present(form, content), title="Oferta", language="pl")

    assert pdf().startswith(b"%PDF")
    table.time(f"PDF of a {name} offer", wall_time(pdf, rounds=9), target=target)


def test_the_first_load_of_a_page_of_the_wizard(table, signer):
    document = draft(signer, **USUAL).document
    page = Visitor(signer).get(reverse("mypart_generator:section", args=[document.uuid, "description"]))
    files = with_imports(set(re.findall(r"/static/([^\"']+)", page.content.decode())))
    contents = [page.content, *(Path(finders.find(name)).read_bytes() for name in files)]
    transferred = sum(len(gzip.compress(content)) for content in contents)
    table.size("first load of a wizard page, compressed", transferred / 1000, target=60)


def with_imports(names: set[str]) -> set[str]:
    """Static files and the modules they import."""
    found: set[str] = set()
    while names:
        name = names.pop()
        found.add(name)
        if name.endswith(".js"):
            script = Path(finders.find(name)).read_text()
            imported = re.findall(r"from \"(\.[^\"]+)\"", script)
            names |= {str((Path("/", name).parent / path).resolve())[1:] for path in imported} - found
    return found
