"""Authors hear what colleagues and the office do with their pages past the moderators."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.core import mail
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from mypart_wagtail.news.models import NewsPage
from mypart_wagtail.publishing.services import decide
from tests.organisations.public import accepted, profile_of
from tests.people import person
from tests.publishing.test_editor import send
from tests.publishing.test_walls import let_publish
from tests.publishing.writers import draft, mailed_to, moderator, submitted, writer

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def ewa(club):
    return writer(club, "ewa")


@pytest.fixture
def editor(db):
    """Someone of the city who publishes everywhere."""
    user, editors = person("editor"), Group.objects.create(name="Editors of the city")
    let_publish(editors)
    user.groups.add(editors, Group.objects.get(name="Editors"))
    return user


@pytest.fixture
def mailed(django_capture_on_commit_callbacks):
    """What a person was mailed by what ``act`` did."""

    def after(act, user):
        mail.outbox.clear()
        with django_capture_on_commit_callbacks(execute=True):
            act()
        return mailed_to(user)

    return after


def take_off(client, user, page):
    client.force_login(user)
    return client.post(reverse("wagtailadmin_pages:unpublish", args=[page.pk]))


def published(page, author):
    decide(moderator(), task_state=submitted(page, author), decision="approve")
    return NewsPage.objects.get(pk=page.pk)


def scheduled(page, author):
    page.go_live_at = timezone.now() + timedelta(days=1)
    page.save_revision(user=author)
    decide(moderator(), task_state=submitted(NewsPage.objects.get(), author), decision="approve")
    return NewsPage.objects.get(pk=page.pk)


def test_an_author_hears_that_the_office_published_the_text(client, club, ewa, editor, mailed):
    page = draft(club, ewa)
    publish = {"action-publish": "1"}
    assert mailed(lambda: send(client, editor, page, publish), ewa) == ["Published: Regatta"]
    assert NewsPage.objects.get().live
    assert "The office has published" in mail.outbox[-1].body


def test_an_author_hears_that_the_office_took_the_text_off(client, club, ewa, editor, mailed):
    page = published(draft(club, ewa), ewa)
    assert mailed(lambda: take_off(client, editor, page), ewa) == ["Taken off the site: Regatta"]
    assert not NewsPage.objects.get().live


def test_colleagues_who_wrote_it_hear_who_took_it_off_and_who_did_hears_nothing(client, club, ewa, mailed):
    jan, page = writer(club, "jan"), published(draft(club, ewa), ewa)
    client.force_login(jan)
    address = reverse("mypart_admin_moderation:withdraw", args=[page.pk])
    assert mailed(lambda: client.post(address), ewa) == ["Taken off the site: Regatta"]
    assert "jan@example.org has taken" in mail.outbox[-1].body
    assert mailed_to(jan) == []


def test_colleagues_take_back_what_waits_for_each_other(client, club, ewa, mailed):
    jan, page = writer(club, "jan"), draft(club, ewa)
    submitted(page, ewa)
    client.force_login(jan)
    editor = reverse("wagtailadmin_pages:edit", args=[page.pk])
    address = reverse("mypart_admin_moderation:take_back", args=[page.pk])
    assert address in client.get(editor).content.decode()
    assert mailed(lambda: client.post(address), ewa) == ["Taken back: Regatta"]
    assert mailed_to(jan) == []
    assert address not in client.get(editor).content.decode()
    assert send(client, jan, page, {}, lead="They row.").status_code == 302
    assert client.post(address, follow=True).status_code == 404


def test_nobody_else_takes_back_what_waits(client, club, ewa):
    adam, page = writer(accepted("Chór Echo"), "adam"), draft(club, ewa)
    submitted(page, ewa)
    for other in (adam, moderator()):
        client.force_login(other)
        client.post(reverse("mypart_admin_moderation:take_back", args=[page.pk]))
    assert NewsPage.objects.get().workflow_in_progress


def test_what_staff_write_for_an_organisation_all_who_write_for_it_hear(client, club, ewa, editor, mailed):
    page = draft(club, editor)
    assert mailed(lambda: send(client, editor, page, {"action-publish": "1"}), ewa) == ["Published: Regatta"]


def test_other_organisations_hear_nothing(client, club, ewa, editor, mailed):
    adam = writer(accepted("Chór Echo"), "adam")
    page = draft(club, ewa)
    assert mailed(lambda: send(client, editor, page, {"action-publish": "1"}), adam) == []


def test_a_decision_is_told_once(client, club, ewa, mailed):
    page, anna = draft(club, ewa), moderator()
    address = reverse("mypart_admin_moderation:review", args=[submitted(page, ewa).pk])
    client.force_login(anna)
    decision = {"decision": "approve", "seen": page.latest_revision_id}
    assert mailed(lambda: client.post(address, decision), ewa) == ["Published: Regatta"]


def test_an_author_hears_that_the_chosen_time_has_come(club, ewa, mailed):
    page = scheduled(draft(club, ewa), ewa)
    come(page, timezone.now())
    assert mailed(lambda: call_command("publish_scheduled"), ewa) == ["Published: Regatta"]


def come(page, moment):
    """``moment`` in the place of the one the author chose."""
    revision = page.revisions.latest("pk")
    revision.content["go_live_at"] = moment.isoformat()
    revision.approved_go_live_at = moment
    revision.save()
    NewsPage.objects.filter(pk=page.pk).update(go_live_at=moment)


def test_people_hear_that_their_profile_is_taken_off(client, club, ewa, editor, mailed):
    assert mailed(lambda: take_off(client, editor, profile_of(club)), ewa) == [
        "Taken off the site: Klub Fala"
    ]


def test_an_author_hears_that_a_page_is_deleted_and_of_nothing_else(client, club, ewa, editor, mailed):
    page = published(draft(club, ewa), ewa)
    client.force_login(editor)
    delete = reverse("wagtailadmin_pages:delete", args=[page.pk])
    assert mailed(lambda: client.post(delete), ewa) == ["Deleted: Regatta"]
    assert "/admin/" not in mail.outbox[-1].body


def test_an_author_hears_that_the_office_cancels_a_submission(client, club, ewa, admin_user, mailed):
    page = draft(club, ewa)
    submitted(page, ewa)
    cancel = {"action-cancel-workflow": "1"}
    assert mailed(lambda: send(client, admin_user, page, cancel), ewa) == ["Taken back: Regatta"]
    assert "The office has taken" in mail.outbox[-1].body


def test_an_author_hears_that_the_office_schedules_and_unschedules(client, club, ewa, editor, mailed):
    page = draft(club, ewa)
    later = {"go_live_at": "2099-01-01 12:00"}
    publish = {"action-publish": "1"}
    assert mailed(lambda: send(client, editor, page, publish, **later), ewa) == ["Scheduled: Regatta"]
    assert "1 January 2099" in mail.outbox[-1].body
    [revision] = page.revisions.exclude(approved_go_live_at=None)
    client.force_login(editor)
    unschedule = reverse("wagtailadmin_pages:revisions_unschedule", args=[page.pk, revision.pk])
    assert mailed(lambda: client.post(unschedule), ewa) == ["Taken off the schedule: Regatta"]


def test_colleagues_hear_who_took_a_page_off_the_schedule(client, club, ewa, mailed):
    jan = writer(club, "jan")
    page = scheduled(draft(club, ewa), ewa)
    client.force_login(jan)
    address = reverse("mypart_admin_moderation:withdraw", args=[page.pk])
    assert mailed(lambda: client.post(address), ewa) == ["Taken off the schedule: Regatta"]
    assert not NewsPage.objects.get().approved_schedule


def test_who_takes_off_what_only_they_wrote_troubles_no_colleague(client, club, ewa, mailed):
    jan = writer(club, "jan")
    page = published(draft(club, ewa), ewa)
    client.force_login(ewa)
    address = reverse("mypart_admin_moderation:withdraw", args=[page.pk])
    assert mailed(lambda: client.post(address), jan) == []


def test_a_change_that_waits_for_its_time_is_not_told_as_published(club, ewa, mailed):
    page = published(draft(club, ewa), ewa)
    page.go_live_at = timezone.now() + timedelta(days=3)
    page.save_revision(user=ewa)
    state = submitted(NewsPage.objects.get(), ewa)
    approve = mailed(lambda: decide(moderator("anna"), task_state=state, decision="approve"), ewa)
    assert approve == ["Approved: Regatta"]
    assert str(page.go_live_at.year) in mail.outbox[-1].body


def test_an_author_hears_that_moderators_changed_the_text(club, ewa, mailed):
    page, anna = draft(club, ewa), moderator()
    state = submitted(page, ewa)
    page.lead = "Shorter."
    page.save_revision(user=anna)
    mailed(lambda: decide(anna, task_state=state, decision="approve"), ewa)
    assert "The moderators have changed the text" in mail.outbox[-1].body
    assert reverse("wagtailadmin_pages:history", args=[page.pk]) in mail.outbox[-1].body


def test_no_mail_of_moderation_has_html_in_it(club, ewa, mailed):
    page = draft(club, ewa)
    mailed(lambda: submitted(page, ewa), ewa)
    assert len(mail.outbox) == 1
    assert "<" not in mail.outbox[0].body
