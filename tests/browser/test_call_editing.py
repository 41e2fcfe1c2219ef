"""An editor of the city types the dates of a call by hand."""

import pytest
from django.urls import reverse

from tests.browser.test_admin_policy import editor  # noqa: F401
from tests.grants.calls import call_page

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("typed", ["2026-12-14 24:00", "14.12.2026 godz. 15"])
def test_the_picker_leaves_a_deadline_as_it_was_typed(editor, typed):  # noqa: F811
    """Wagtail's own puts the present moment in place of what it cannot read."""
    page = call_page(live=False)
    editor.goto(reverse("wagtailadmin_pages:edit", args=[page.pk]))
    field = editor.locator("#id_intake_until")
    field.fill(typed)
    field.press("Tab")
    editor.locator("#id_task_from").click()
    assert field.input_value() == typed
