"""What the documentation tells people to do works, and every link in it leads somewhere."""

import re
import subprocess
from pathlib import Path

import pytest
from django.utils import timezone

from mypart_wagtail.generator.filled import FilledForm
from mypart_wagtail.generator.pdf import render_pdf
from mypart_wagtail.generator.rules import failures
from mypart_wagtail.generator.structure import FormTemplate
from mypart_wagtail.grants.kind import ApplicationKind, digest
from mypart_wagtail.grants.services.applications import start_application, submit_application
from tests.grants.calls import open_call
from tests.grants.offers import sample_data
from tests.people import member, organisation

REPOSITORY = Path(__file__).parents[1]
DOCS = REPOSITORY / "docs"
PAGES = [*sorted(REPOSITORY.glob("*.md")), *sorted(DOCS.rglob("*.md"))]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(REPOSITORY)))
def test_every_link_leads_to_a_file_that_is_there(page):
    links = re.findall(r"\]\(([^)#\s]+)", page.read_text(encoding="utf-8"))
    assert [link for link in links if "://" not in link and not (page.parent / link).exists()] == []


def test_every_page_can_be_reached_from_the_index():
    linked = {
        (DOCS / link).resolve() for link in re.findall(r"\]\(([^)#\s]+)", (DOCS / "README.md").read_text())
    }
    assert {page.resolve() for page in DOCS.rglob("*.md")} - linked == {DOCS.resolve() / "README.md"}


@pytest.fixture
def documented_form() -> FormTemplate:
    """The form that the how-to guide declares, by its very code."""
    guide = (DOCS / "how-to" / "add-a-form.md").read_text(encoding="utf-8")
    declared: dict[str, object] = {}
    exec(re.search(r"```python\n(.*?)```", guide, re.DOTALL)[1], declared)  # noqa: S102 - our own guide
    return declared["TEMPLATE"]


def test_the_form_of_the_guide_checks_sums_and_prints(documented_form):
    rooms = {"order": ["aaaa"], "rows": {"aaaa": {"name": "Sala A", "price": "12.50", "hours": "3"}}}
    form = FilledForm(documented_form, {"aim": "Zebranie", "day": "2025-01-01", "rooms": rooms})
    assert str(form.computed["total_cost"]) == "37.50"
    assert [failure.address for failure in failures(form)] == ["day"]
    assert render_pdf(form.blocks({}), title="Wniosek", language="pl").startswith(b"%PDF")


def test_an_offer_is_verified_with_common_tools_as_the_guide_says(transactional_db, tmp_path):
    club = organisation()
    signer = member(club, "signer", is_signer=True)
    now = timezone.now()
    application = start_application(signer, call=open_call(), organisation=club, at=now)
    application.document.data = sample_data()
    application.document.save()
    seen = digest(application, ApplicationKind().form(application.document))
    snapshot = submit_application(signer, application=application, at=now, seen=seen)
    snapshot.refresh_from_db()  # Its PDF was made by a task.
    (tmp_path / "offer.pdf").write_bytes(snapshot.pdf.read())
    guide = (DOCS / "how-to" / "verify-an-offer.md").read_text(encoding="utf-8")
    steps = re.search(r"```\n(pdfdetach.*?)```", guide, re.DOTALL)[1]
    printed = subprocess.run(["sh", "-ec", steps], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert printed.stdout.split()[0] == snapshot.sha256
