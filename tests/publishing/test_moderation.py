"""What an organisation submits: moderators decide within a term, the author is told at each step."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import WorkflowState

from mypart_wagtail.news.models import NewsPage, NoticePage
from mypart_wagtail.organisations.services import show_on_sites
from mypart_wagtail.publishing.authors import authors_of
from mypart_wagtail.publishing.models import ModerationSettings, ModerationTask, ModerationTaskState
from mypart_wagtail.publishing.queue import waiting_for
from mypart_wagtail.publishing.services import decide, withdraw
from mypart_wagtail.publishing.services.set_up import MODERATORS
from tests.organisations.public import accepted, profile_of
from tests.people import person
from tests.publishing.writers import deputy, draft, mailed_to, moderator, submitted, writer
from tests.sites import default_site

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def ewa(club):
    return writer(club, "ewa")


def again(page):
    return NewsPage.objects.get(pk=page.pk)


def overdue(state):
    ModerationTaskState.objects.filter(pk=state.pk).update(due_at=timezone.now() - timedelta(hours=1))
    return ModerationTaskState.objects.get(pk=state.pk)


def test_what_is_submitted_waits_and_both_sides_are_told(club, ewa, django_capture_on_commit_callbacks):
    anna = moderator()
    ModerationSettings.objects.create(site=default_site(), term_days=5)
    page = draft(club, ewa)
    with django_capture_on_commit_callbacks(execute=True):
        state = submitted(page, ewa)
    assert state.due_at - state.started_at == timedelta(days=5)
    assert not again(page).live
    assert mailed_to(ewa) == ["Received: Regatta"]
    assert mailed_to(anna) == ["To be moderated: Regatta"]
    assert list(waiting_for(anna)) == [state]


def test_approving_publishes_and_tells(client, club, ewa, django_capture_on_commit_callbacks):
    page, anna = draft(club, ewa), moderator()
    state = submitted(page, ewa)
    with django_capture_on_commit_callbacks(execute=True):
        decide(anna, task_state=state, decision="approve", seen=page.latest_revision_id)
    assert client.get(again(page).url).status_code == 200
    assert mailed_to(ewa) == ["Published: Regatta"]
    assert not waiting_for(anna).exists()


def test_nobody_approves_their_own_text_not_even_a_superuser(club, ewa):
    boss = person("boss", is_superuser=True)
    page = draft(club, boss)
    state = submitted(page, ewa)
    with pytest.raises(PermissionDenied):
        decide(boss, task_state=state, decision="approve")
    assert not again(page).live
    assert again(page).current_workflow_task.get_actions(page, boss) == []


def test_a_moderator_who_writes_for_an_organisation_does_not_decide_on_what_they_submitted(club):
    jan = writer(club, "jan")
    jan.groups.add(Group.objects.get(name=MODERATORS))
    state = submitted(draft(club, jan), jan)
    with pytest.raises(PermissionDenied):
        decide(jan, task_state=state, decision="approve")


def test_who_shortens_somebody_elses_text_may_still_approve_it(club, ewa):
    page, anna = draft(club, ewa), moderator()
    state = submitted(page, ewa)
    page = again(page)
    page.title = "Short"
    page.save_revision(user=anna)
    assert authors_of(state.workflow_state) == {ewa.pk}
    decide(anna, task_state=state, decision="approve")
    assert again(page).title == "Short"


def test_a_colleague_who_wrote_at_a_draft_is_an_author_too(club, ewa):
    jan = writer(club, "jan")
    page = draft(club, jan)
    page.save_revision(user=jan)
    assert authors_of(submitted(page, ewa).workflow_state) == {ewa.pk, jan.pk}


def test_who_wrote_what_is_public_already_is_no_author_of_the_next_change(club, ewa):
    jan, anna = writer(club, "jan"), moderator()
    page = draft(club, jan)
    decide(anna, task_state=submitted(page, jan), decision="approve")
    page = again(page)
    page.save_revision(user=ewa)
    assert authors_of(submitted(page, ewa).workflow_state) == {ewa.pk}


def test_what_is_sent_back_can_be_changed_and_submitted_again(club, ewa, django_capture_on_commit_callbacks):
    page, anna = draft(club, ewa), moderator()
    state = submitted(page, ewa)
    with django_capture_on_commit_callbacks(execute=True):
        decide(anna, task_state=state, decision="reject", comment="Add the date.")
    assert mailed_to(ewa) == ["To be changed: Regatta"]
    again(page).save_revision(user=ewa)
    decide(anna, task_state=submitted(again(page), ewa), decision="approve")
    assert again(page).live


def test_what_is_refused_is_told_with_the_reason_and_kept(club, ewa, django_capture_on_commit_callbacks):
    from django.core import mail

    page, anna = draft(club, ewa), moderator()
    state = submitted(page, ewa)
    with django_capture_on_commit_callbacks(execute=True):
        decide(anna, task_state=state, decision="refuse", comment="This is an advertisement.")
    assert mailed_to(ewa) == ["Refused: Regatta"]
    assert "This is an advertisement." in mail.outbox[-1].body
    assert again(page).current_workflow_state is None
    assert again(page).latest_revision.as_object().title == "Regatta"


@pytest.mark.parametrize("decision", ["reject", "refuse"])
def test_whoever_does_not_approve_says_why(club, ewa, decision):
    anna = moderator()
    state = submitted(draft(club, ewa), ewa)
    with pytest.raises(ValidationError, match="Tell the author why"):
        decide(anna, task_state=state, decision=decision, comment="  ")


def test_nobody_approves_what_they_have_not_read(club, ewa):
    page, anna = draft(club, ewa), moderator()
    state = submitted(page, ewa)
    seen = page.latest_revision_id
    again(page).save_revision(user=anna)
    with pytest.raises(ValidationError, match="has changed since"):
        decide(anna, task_state=state, decision="approve", seen=seen)


def test_it_is_decided_once(club, ewa):
    state = submitted(draft(club, ewa), ewa)
    decide(moderator(), task_state=state, decision="approve")
    with pytest.raises(ValidationError, match="decided on this already"):
        decide(moderator("second"), task_state=state, decision="refuse", comment="No.")


def test_an_edit_of_what_is_public_waits_while_the_approved_version_stays(client, club, ewa):
    page, anna = draft(club, ewa), moderator()
    decide(anna, task_state=submitted(page, ewa), decision="approve")
    page = again(page)
    page.title = "Regatta moved"
    page.save_revision(user=ewa)
    state = submitted(page, ewa)
    shown = client.get(page.url).content.decode()
    assert "Regatta" in shown
    assert "Regatta moved" not in shown
    decide(anna, task_state=state, decision="approve")
    assert "Regatta moved" in client.get(page.url).content.decode()


def test_the_profile_is_moderated_too(club, ewa):
    anna = moderator()
    profile = profile_of(club)
    profile.lead = "We sail."
    profile.save_revision(user=ewa)
    decide(anna, task_state=submitted(profile, ewa), decision="approve")
    assert profile_of(club).lead == "We sail."


def test_withdrawing_ones_own_is_done_at_once_and_ends_what_waits(client, club, ewa):
    page = draft(club, ewa)
    decide(moderator(), task_state=submitted(page, ewa), decision="approve")
    again(page).save_revision(user=ewa)
    submitted(again(page), ewa)
    withdraw(ewa, page=again(page))
    assert client.get(page.url).status_code == 404
    assert not WorkflowState.objects.active().exists()


def test_nobody_withdraws_what_is_of_others_or_the_profile(club, ewa):
    page = draft(club, ewa)
    decide(moderator(), task_state=submitted(page, ewa), decision="approve")
    adam = writer(accepted("Chór Echo"), "adam")
    for who, what in ((adam, again(page)), (ewa, profile_of(club))):
        with pytest.raises(PermissionDenied):
            withdraw(who, page=what)
    assert again(page).live


def test_what_is_overdue_goes_to_deputies_once(club, ewa, django_capture_on_commit_callbacks):
    anna, olga = moderator(), deputy()
    page = draft(club, ewa)
    state = submitted(page, ewa)
    assert not waiting_for(olga).exists()
    with pytest.raises(PermissionDenied):
        decide(olga, task_state=state, decision="approve")
    state = overdue(state)
    with django_capture_on_commit_callbacks(execute=True):
        for _twice in range(2):
            call_command("mypart_pass_on_overdue")
    assert mailed_to(olga) == ["Overdue: Regatta"]
    assert list(waiting_for(olga)) == [state]
    assert mailed_to(anna) == []
    decide(olga, task_state=state, decision="approve")
    assert again(page).live


def test_where_nobody_moderates_yet_superusers_are_told(club, ewa, django_capture_on_commit_callbacks):
    boss = person("boss", is_superuser=True)
    with django_capture_on_commit_callbacks(execute=True):
        submitted(draft(club, ewa), ewa)
    assert "To be moderated: Regatta" in mailed_to(boss)


def test_a_workflow_that_staff_chose_for_the_directory_stays(club):
    from wagtail.models import Workflow, WorkflowPage

    own = Workflow.objects.create(name="Ours")
    WorkflowPage.objects.create(page_id=profile_of(club).get_parent().pk, workflow=own)
    writer(club, "ewa")
    assert profile_of(club).get_workflow() == own
    assert not ModerationTask.objects.exists()


def test_workflows_of_the_city_end_as_ever(club):
    """The action stands in the settings for all workflows of the host."""
    from wagtail.models import GroupApprovalTask, Workflow, WorkflowTask

    from tests.news.news import index

    editor, chief = person("editor", is_superuser=True), person("chief", is_superuser=True)
    task = GroupApprovalTask.objects.create(name="Chief")
    workflow = Workflow.objects.create(name="City")
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    page = NewsPage(title="Notice", live=False)
    index().add_child(instance=page)
    page.save_revision(user=editor)
    state = workflow.start(page, user=editor)
    state.current_task_state.specific.approve(user=chief)
    assert again(page).live


def test_the_queue_asks_as_often_however_much_waits(client, club, ewa):
    client.force_login(moderator())
    counts = []
    for number in range(3):
        submitted(draft(club, ewa, f"Regatta {number}"), ewa)
        with CaptureQueriesContext(connection) as queries:
            page = client.get(reverse("mypart_admin_moderation:index"))
        assert f"Regatta {number}" in page.content.decode()
        counts.append(len(queries))
    assert counts[0] >= counts[1] == counts[2]


def test_a_moderator_decides_on_the_screen_and_hears_what_is_missing(client, club, ewa):
    page, anna = draft(club, ewa), moderator()
    state = submitted(page, ewa)
    client.force_login(anna)
    address = reverse("mypart_admin_moderation:review", args=[state.pk])
    seen = {"seen": page.latest_revision_id}
    refused = client.post(address, seen | {"decision": "refuse", "comment": " "})
    assert refused.status_code == 422
    assert "Tell the author why." in refused.content.decode()
    assert client.post(address, {"decision": "approve"}).status_code == 422
    assert client.post(address, seen).status_code == 422
    assert client.post(address, seen | {"decision": "approve"}).status_code == 302
    assert again(page).live
    assert client.get(address).status_code == 302


def test_who_wrote_a_text_sees_it_on_the_screen_without_buttons(client, club):
    boss = person("boss", is_superuser=True)
    writer(club, "ewa")
    state = submitted(draft(club, boss), boss)
    client.force_login(boss)
    page = client.get(reverse("mypart_admin_moderation:review", args=[state.pk])).content.decode()
    assert "somebody else decides" in page
    assert 'value="approve"' not in page


def test_deputies_do_not_open_what_is_not_overdue(client, club, ewa):
    state = submitted(draft(club, ewa), ewa)
    client.force_login(deputy())
    address = reverse("mypart_admin_moderation:review", args=[state.pk])
    assert client.get(address).status_code in (302, 404)
    overdue(state)
    assert client.get(address).status_code == 200


def test_a_moderator_who_writes_for_an_organisation_decides_on_nothing_of_it(club, ewa):
    """Not even on a colleague's text, which shortening could make one's own; nor after going back to it."""
    jan = writer(club, "jan")
    jan.groups.add(Group.objects.get(name=MODERATORS))
    page = draft(club, ewa)
    state = submitted(page, ewa)
    again(page).save_revision(user=jan)
    with pytest.raises(PermissionDenied):
        decide(jan, task_state=state, decision="approve")


def test_who_shortened_a_text_may_decide_on_it_when_it_comes_again(club, ewa):
    page, anna = draft(club, ewa), moderator()
    state = submitted(page, ewa)
    again(page).save_revision(user=anna)
    decide(anna, task_state=state, decision="refuse", comment="Still too long.")
    again(page).save_revision(user=ewa)
    decide(anna, task_state=submitted(again(page), ewa), decision="approve")
    assert again(page).live


def test_everyone_who_wrote_at_it_hears_that_it_is_published(club, ewa, django_capture_on_commit_callbacks):
    jan = writer(club, "jan")
    page = draft(club, jan)
    state = submitted(page, ewa)
    with django_capture_on_commit_callbacks(execute=True):
        decide(moderator(), task_state=state, decision="approve")
    assert mailed_to(jan) == mailed_to(ewa) == ["Published: Regatta"]


def test_what_is_scheduled_is_told_so_and_can_be_taken_off_the_schedule(
    client, club, ewa, django_capture_on_commit_callbacks
):
    page = draft(club, ewa)
    page.go_live_at = timezone.now() + timedelta(days=30)
    page.save_revision(user=ewa)
    state = submitted(again(page), ewa)
    with django_capture_on_commit_callbacks(execute=True):
        decide(moderator(), task_state=state, decision="approve")
    assert mailed_to(ewa) == ["Approved: Regatta"]
    assert again(page).approved_schedule
    client.force_login(ewa)
    client.post(reverse("mypart_admin_moderation:withdraw", args=[page.pk]))
    assert not again(page).approved_schedule


def test_nothing_of_an_organisation_that_left_the_directory_is_published_later(club, ewa):
    """Neither what waits for moderators nor what waits for its time."""
    later = draft(club, ewa, "Later")
    later.go_live_at = timezone.now() + timedelta(days=1)
    later.save_revision(user=ewa)
    decide(moderator(), task_state=submitted(again(later), ewa), decision="approve")
    waiting = submitted(draft(club, ewa, "Waiting"), ewa)
    site = default_site()
    show_on_sites(None, organisation=club, shown_on=[], among=[site])
    assert not again(later).approved_schedule
    with pytest.raises(ValidationError):
        decide(moderator("other"), task_state=waiting, decision="approve")


def test_what_a_moderator_wrote_is_given_back_where_somebody_was_faster(client, club, ewa):
    state, anna = submitted(draft(club, ewa), ewa), moderator()
    decide(moderator("faster"), task_state=state, decision="approve")
    client.force_login(anna)
    address = reverse("mypart_admin_moderation:review", args=[state.pk])
    answer = client.post(address, {"decision": "refuse", "comment": "An hour of work"}, follow=True)
    assert "An hour of work" in answer.content.decode()


def test_a_comment_that_is_too_long_is_told_and_kept(client, club, ewa):
    state = submitted(draft(club, ewa), ewa)
    client.force_login(moderator())
    address = reverse("mypart_admin_moderation:review", args=[state.pk])
    answer = client.post(address, {"decision": "refuse", "comment": "long " * 500})
    assert answer.status_code == 422
    assert "long " * 500 in answer.content.decode()


def test_a_notice_goes_the_same_way(client, club, ewa):
    page = NoticePage(
        title="Painters wanted",
        kind="volunteers",
        valid_until=timezone.localdate(),
        contact_email="club@example.org",
    )
    page.live = False
    profile_of(club).add_child(instance=page)
    page.save_revision(user=ewa)
    decide(moderator(), task_state=submitted(page, ewa), decision="approve")
    assert client.get(page.url).status_code == 200
