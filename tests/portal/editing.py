"""An editor's browser in the Wagtail admin, for pages of the portal."""

from typing import Any

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from tests.portal.statements import home

NO_COMMENTS = {"TOTAL_FORMS": 0, "INITIAL_FORMS": 0}


def new_page(client: Client, kind: type[Page], action: str = "", **values: Any) -> HttpResponse:
    """Save a new page with ``values`` and nothing else in it; ``action`` is the button, such as
    ``action-publish``."""
    empty = {field.name: _empty(field) for field in kind._meta.get_fields() if _is_asked(field)}
    data = nested_form_data(
        empty
        | {"slug": "new", "comments": NO_COMMENTS, "title": "New"}
        | values
        | ({action: "yes"} if action else {})
    )
    address = reverse(
        "wagtailadmin_pages:add", args=[kind._meta.app_label, kind._meta.model_name, home("en").pk]
    )
    return client.post(address, {name: value for name, value in data.items() if value is not None})


def errors_of(response: HttpResponse) -> dict[str, list[str]]:
    """The errors of each field; none if the page was saved."""
    if response.status_code == 302:
        return {}
    return {name: list(map(str, found)) for name, found in response.context["form"].errors.items()}


def _is_asked(field: Any) -> bool:
    return isinstance(field, (RichTextField, StreamField))


def _empty(field: Any) -> Any:
    return streamfield([]) if isinstance(field, StreamField) else rich_text("")
