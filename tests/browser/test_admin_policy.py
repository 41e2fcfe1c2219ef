"""The Wagtail admin works under its content security policy: the browser would complain of what it blocks."""

import pytest
from django.urls import reverse

from tests.grants.calls import call_page
from tests.people import person
from tests.sites import default_site

pytestmark = pytest.mark.browser


@pytest.fixture
def editor(open_context, live_server, client):
    """A browser signed in as someone who may do everything."""
    default_site()
    client.force_login(person("editor", is_superuser=True))
    context = open_context()
    session = client.cookies["sessionid"].value
    context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
    return context.new_page()


def test_an_editor_writes_a_call_and_sees_its_preview(editor):
    page = call_page(title="Sport dzieci")
    editor.goto(reverse("wagtailadmin_pages:edit", args=[page.pk]))
    editor.locator("#id_title").fill("Sport seniorów")
    editor.locator("[data-side-panel-toggle='preview']").first.click()
    preview = editor.frame_locator("iframe[data-preview-iframe], [data-side-panel='preview'] iframe").first
    preview.get_by_role("heading", name="Sport seniorów").wait_for()


@pytest.mark.parametrize(
    "view",
    [
        "wagtailadmin_home",
        "wagtailadmin_explore_root",
        "mypart_admin_organisations:add",
        "mypart_admin_applications:index",
        "wagtailadmin_reports:site_history",
    ],
)
def test_the_pages_of_the_admin_break_no_rule_of_it(editor, view):
    editor.goto(reverse(view))
    editor.wait_for_load_state("networkidle")
