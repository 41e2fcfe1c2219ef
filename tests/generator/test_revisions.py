"""A corrected wording is a new revision; what was submitted keeps its wording, and its PDF, for good."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from django.utils import translation
from wagtail import hooks

from mypart_wagtail.generator import registry
from mypart_wagtail.generator.filled import FilledForm
from mypart_wagtail.generator.kinds import kind_of
from mypart_wagtail.generator.models import FormDocument, Snapshot
from mypart_wagtail.generator.presentation import Answer, Block, Heading
from mypart_wagtail.generator.registry import HOOK, form_template, form_templates
from mypart_wagtail.generator.services.documents import start_correction, submit_document
from mypart_wagtail.generator.services.snapshots import pdf_of
from tests.generator.sample import TEMPLATE

pytestmark = pytest.mark.database


def present_corrected(form: FilledForm, meta: dict) -> list[Block]:
    return [Heading("Sample, corrected", level=1), Answer("Name of the task", form.text("title"), "1")]


CORRECTED = replace(TEMPLATE, revision=2, title="Corrected form", present=present_corrected)


@pytest.fixture
def register():
    """Registers templates for the length of a test, as a new version of the package would."""
    temporary = []

    def register_all(*templates):
        for template in templates:
            hook = hooks.register_temporarily(HOOK, lambda template=template: template)
            hook.__enter__()
            temporary.append(hook)
        registry._registered.cache_clear()

    yield register_all
    for hook in temporary:
        hook.__exit__(None, None, None)
    registry._registered.cache_clear()


def submit(author, document: FormDocument) -> Snapshot:
    form = kind_of(document).form(document)
    content = {
        "number": "S/1",
        "template": {"id": form.template.id, "revision": form.template.revision},
        "data": form.answers(),
    }
    return submit_document(
        author, document=document, form=form, content=content, at=datetime(2027, 1, 5, 12, tzinfo=UTC)
    )


def wording(document: FormDocument) -> str:
    return kind_of(document).form(document).template.title


def test_a_correction_of_the_wording_leaves_the_pdf_of_what_was_submitted_as_it_was(
    author, document, register
):
    snapshot = submit(author, document)
    before = pdf_of(snapshot)
    register(CORRECTED)
    assert pdf_of(snapshot) == before
    assert wording(document) == "Sample form"


def test_the_pdf_is_the_same_in_whatever_language_it_is_asked_for(author, document):
    snapshot = submit(author, document)
    with translation.override("en"):
        english = pdf_of(snapshot)
    with translation.override("pl"):
        assert pdf_of(snapshot) == english


def test_a_draft_is_filled_in_and_submitted_in_the_newest_wording(author, document, register):
    assert document.template_revision == 1
    register(CORRECTED)
    assert wording(document) == "Corrected form"
    snapshot = submit(author, document)
    assert snapshot.template_revision == 2
    assert FormDocument.objects.get().template_revision == 2
    assert snapshot.read()["template"]["revision"] == 2


def test_a_correction_is_in_the_newest_wording_and_the_version_before_keeps_its_own(
    author, document, register
):
    first = submit(author, document)
    register(CORRECTED)
    start_correction(author, document=document)
    second = submit(author, document)
    assert (first.template_revision, second.template_revision) == (1, 2)
    assert kind_of(document).form_from(first.read()).template is TEMPLATE
    assert kind_of(document).form_from(second.read()).template is CORRECTED


def test_a_form_is_listed_once_in_its_newest_wording(register):
    register(CORRECTED)
    assert form_templates()[TEMPLATE.id] is CORRECTED
    assert form_template(TEMPLATE.id) is CORRECTED
    assert form_template(TEMPLATE.id, 1) is TEMPLATE


def test_the_same_revision_cannot_be_registered_twice(register):
    register(TEMPLATE)
    with pytest.raises(ValueError, match="revision 1"):
        form_templates()


@pytest.mark.parametrize(("template_id", "revision"), [("no.such", None), (TEMPLATE.id, 9)])
def test_a_form_that_is_not_registered_is_named(template_id, revision):
    with pytest.raises(LookupError, match=template_id):
        form_template(template_id, revision)
