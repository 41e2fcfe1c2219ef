"""The form of a call's page in the Wagtail admin, filled in as an editor's browser sends it."""

from typing import Any

from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from mypart_wagtail.grants.models import CallPage
from tests.people import person

RICH = ("grant_rules", "conditions", "criteria", "previous_tasks")


def page_form_data(page: CallPage, **changes: Any) -> dict[str, Any]:
    """What the form of ``page`` would post, with ``changes`` as an editor types them."""
    form_class = CallPage.get_edit_handler().get_form_class()
    form = form_class(instance=page, for_user=person(f"form{page.pk}", is_superuser=True))
    data: dict[str, Any] = {}
    for bound in form:
        if bound.name in RICH:
            data[bound.name] = rich_text(bound.value() or "")
        elif bound.name in ("body", "questions"):
            data[bound.name] = streamfield([])
        elif bound.value() not in (None, False):
            data[bound.name] = posted(bound)
    areas = {"areas": page.areas} if "areas" in form.fields else {}  # A list stays one value of many.
    data.pop("areas", None)
    comments = {"TOTAL_FORMS": 0, "INITIAL_FORMS": 0}
    return nested_form_data({**data, "comments": comments, **changes}) | areas


def posted(bound: Any) -> Any:
    value = bound.field.prepare_value(bound.value())
    return bound.field.widget.format_value(value) if hasattr(value, "strftime") else value
