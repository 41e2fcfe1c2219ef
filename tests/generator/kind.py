"""The kind of the sample form: its author may edit it, a friend may look, nobody else knows of it."""

from typing import Any

from django.db.models import QuerySet

from mypart_wagtail.generator.filled import FilledForm
from mypart_wagtail.generator.kinds import Access, DocumentKind
from mypart_wagtail.generator.models import FormDocument
from mypart_wagtail.generator.registry import form_template, template_of
from mypart_wagtail.generator.structure import FormTemplate
from tests.generator.sample import TEMPLATE


class SampleKind(DocumentKind):
    name = "sample"

    def documents(self) -> QuerySet[FormDocument]:
        return FormDocument.objects.select_related("created_by")

    def access(self, user: Any, document: FormDocument) -> Access:
        if user == document.created_by or user.username == "colleague":
            return Access.EDIT
        return Access.VIEW if user.username == "friend" else Access.NONE

    def template(self, document: FormDocument) -> FormTemplate:
        return template_of(document)

    def terms(self, document: FormDocument) -> None:
        return None

    def form_from(self, content: dict[str, Any]) -> FilledForm:
        revision = content.get("template", {}).get("revision", TEMPLATE.revision)
        return FilledForm(form_template(TEMPLATE.id, revision), content["data"])

    def heading(self, document: FormDocument) -> str:
        return "Sample call"

    def public_name(self, document: FormDocument) -> str:
        return f"Sample {document.pk}"

    def notices(self, document: FormDocument) -> list[str]:
        return ["This form is not submitted."]

    def submission_url(self, document: FormDocument) -> str:
        return "/submit/"

    def home_url(self, document: FormDocument) -> str:
        return "/"
