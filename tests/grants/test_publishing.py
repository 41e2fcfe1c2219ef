"""Every way a page of a call can reach publication: none breaks, and none announces what the law forbids."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from wagtail.models import GroupApprovalTask, Workflow, WorkflowPage, WorkflowTask

from mypart_wagtail.grants.models import Call, CallPage, CallVersion
from tests.grants.calls import call_page, index, published
from tests.grants.editing import page_form_data
from tests.people import person

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def clerk():
    return person("clerk", is_superuser=True)


@pytest.fixture
def editor(client, clerk):
    client.force_login(clerk)
    return client


def barely_begun(**facts) -> CallPage:
    """A draft as the admin saves it: a title and nothing else."""
    page = CallPage(title="Kultura", slug="kultura", live=False, locale=index().locale, **facts)
    index().add_child(instance=page)
    page.save_revision(clean=False, approved_go_live_at=page.go_live_at)
    return page


def in_bulk(editor, *pages) -> int:
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    chosen = "&".join(f"id={page.pk}" for page in pages)
    return editor.post(f"{url}?{chosen}&next=/admin/").status_code


def test_publishing_in_bulk_announces_what_is_complete_and_breaks_on_nothing(editor):
    complete = call_page(live=False)
    complete.save_revision()
    assert in_bulk(editor, barely_begun(), complete) == 302
    assert CallPage.objects.filter(live=True).count() == 2
    assert [call.code for call in Call.objects.all()] == [complete.code]


def test_a_page_with_nothing_but_a_title_does_not_stop_the_scheduler(editor):
    due = timezone.now() - timedelta(minutes=1)
    barely_begun(go_live_at=due)
    complete = call_page(live=False, go_live_at=due)
    complete.save_revision(approved_go_live_at=due)
    call_command("publish_scheduled")
    assert CallPage.objects.filter(live=True).count() == 2
    assert [call.code for call in Call.objects.all()] == [complete.code]


def test_visitors_of_a_page_with_nothing_but_a_title_learn_that_it_is_no_call(client):
    page = barely_begun()
    page.get_latest_revision().publish()
    assert "This call is not announced." in client.get(page.get_url()).content.decode()


def test_a_call_that_a_moderator_approves_is_announced_in_the_moderators_name(client, clerk):
    workflow = Workflow.objects.create(name="Moderation")
    task = GroupApprovalTask.objects.create(name="Read it")
    WorkflowTask.objects.create(workflow=workflow, task=task)
    WorkflowPage.objects.create(workflow=workflow, page=index())
    page = call_page(live=False)
    client.force_login(person("writer", is_superuser=True))
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    assert client.post(edit, {**page_form_data(page), "action-submit": "1"}).status_code == 302
    assert not Call.objects.exists()
    state = CallPage.objects.get(pk=page.pk).current_workflow_task_state
    client.force_login(clerk)
    approve = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "approve", state.pk])
    client.post(approve, {})
    assert CallVersion.objects.get().published_by == clerk


def test_whoever_publishes_what_another_wrote_stands_in_the_history(editor, clerk):
    page = call_page(live=False)
    page.save_revision(user=person("writer"))
    in_bulk(editor, page)
    assert CallVersion.objects.get().published_by == clerk


def test_going_back_to_an_old_revision_is_one_more_change(editor):
    page = call_page(pool=100000)
    published(page)
    first = page.get_latest_revision()
    page.pool = 120000
    published(page)
    revert = reverse("wagtailadmin_pages:revisions_revert", args=[page.pk, first.pk])
    form = editor.get(revert)
    assert form.status_code == 200
    old = first.as_object()
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    data = {**page_form_data(old), "revision": first.pk, "action-publish": "1"}
    assert editor.post(edit, data).status_code == 302
    call = Call.objects.with_parts().get()
    assert (call.pool, call.current_version.number) == (100000, 3)


def test_last_years_call_is_copied_without_what_belonged_to_its_announcement_alone(editor):
    published(call_page(ordinance="123/2026", pool=100000))
    page = CallPage.objects.get()
    copy = reverse("wagtailadmin_pages:copy", args=[page.pk])
    data = {"new_title": "Sport 2028", "new_slug": "sport-2028", "new_parent_page": index().pk}
    told = editor.post(copy, data, follow=True).content.decode()
    assert "This is a new call: give it a code" in told
    draft = CallPage.objects.get(slug="sport-2028").get_latest_revision_as_object()
    assert (draft.code, draft.ordinance, draft.bip_address, draft.published_in_bip_on) == (None,) * 4
    assert (draft.pool, draft.criteria) == (100000, page.criteria)
    page.refresh_from_db()
    assert page.ordinance == "123/2026"
