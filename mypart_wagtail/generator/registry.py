"""Form templates by id and revision. The package's own and those of the host come through one Wagtail hook::

    @hooks.register("register_mypart_form_template")
    def local_form():
        return MY_TEMPLATE

A corrected wording is registered as one more revision beside the old ones, which stay: what was submitted
is read and printed with the revision it was submitted in, for good. A revision corrects wording alone; other
fields are another template.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from wagtail import hooks

from mypart_wagtail.generator.structure import FormTemplate

if TYPE_CHECKING:
    from mypart_wagtail.generator.models import FormDocument

HOOK = "register_mypart_form_template"


@cache
def _registered() -> dict[str, dict[int, FormTemplate]]:
    """Every registered template by id and revision. Raises ``ValueError`` where two have both the same."""
    templates: dict[str, dict[int, FormTemplate]] = {}
    for register in hooks.get_hooks(HOOK):
        template = register()
        revisions = templates.setdefault(template.id, {})
        if template.revision in revisions:
            raise ValueError(f"Two form templates have the id {template.id!r}, revision {template.revision}")
        revisions[template.revision] = template
    return templates


def form_templates() -> dict[str, FormTemplate]:
    """The newest revision of every registered template, by its id."""
    return {template_id: revisions[max(revisions)] for template_id, revisions in _registered().items()}


def form_template(template_id: str, revision: int | None = None) -> FormTemplate:
    """The template with that id, in that revision or the newest. Raises ``LookupError`` if there is none."""
    try:
        revisions = _registered()[template_id]
        return revisions[max(revisions) if revision is None else revision]
    except KeyError as error:
        name = template_id if revision is None else f"{template_id}, revision {revision}"
        raise LookupError(f"No form template {name!r} is registered") from error


def template_of(document: FormDocument) -> FormTemplate:
    """The template of ``document``: the newest wording while it is filled in, its own once submitted."""
    return form_template(document.template_id, None if document.is_open else document.template_revision)
