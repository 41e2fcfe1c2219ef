"""``manage.py mypart_doctor`` notices PDFs that were never made."""

from datetime import timedelta

import pytest

from mypart_wagtail.doctor import Options
from mypart_wagtail.generator.doctor import examine_missing_pdfs
from mypart_wagtail.generator.models import Snapshot
from mypart_wagtail.generator.services.snapshots import store_pdf
from tests.generator.submissions import submit


@pytest.fixture
def snapshot(author, document) -> Snapshot:
    return submit(author, document)


def age(snapshot: Snapshot, minutes: int) -> None:
    """Let the submission be ``minutes`` old."""
    at = snapshot.submitted_at - timedelta(minutes=minutes)
    Snapshot.objects.filter(pk=snapshot.pk).update(submitted_at=at)


@pytest.mark.parametrize(("minutes", "is_fault"), [(2, False), (20, True)])
def test_a_submission_long_without_its_pdf_is_a_fault(snapshot, minutes, is_fault):
    age(snapshot, minutes)
    [finding] = examine_missing_pdfs(Options())
    assert bool(finding.remedy) == is_fault
    assert ("mypart_render_pdfs" in finding.remedy) == is_fault


def test_one_that_has_its_pdf_is_none(snapshot):
    store_pdf(snapshot)
    age(snapshot, 20)
    [finding] = examine_missing_pdfs(Options())
    assert not finding.remedy
