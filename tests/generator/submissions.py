"""Submitted sample documents for tests."""

from typing import Any

from django.utils import timezone

from mypart_wagtail.generator.kinds import kind_of
from mypart_wagtail.generator.models import FormDocument, Snapshot
from mypart_wagtail.generator.services.documents import submit_document


def submit(author: Any, document: FormDocument) -> Snapshot:
    """What an app that owns documents does when one is submitted."""
    form = kind_of(document).form(document)
    return submit_document(
        author,
        document=document,
        form=form,
        content={"number": "S/1", "data": form.answers()},
        at=timezone.now(),
    )
