"""What stands between an organisation and what is not its own, or not approved."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group, Permission
from django.urls import reverse
from django.utils import timezone
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import GroupPagePermission

from mypart_wagtail.news.models import NewsPage
from mypart_wagtail.publishing.models import OrganisationSpace
from mypart_wagtail.publishing.permissions import is_only_publisher
from mypart_wagtail.publishing.services import decide
from tests.blocks.samples import stored_file, stored_picture
from tests.organisations.public import accepted, profile_of
from tests.portal.pages import stream
from tests.publishing.writers import draft, moderator, submitted, writer
from tests.sites import default_site

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def ewa(club):
    return writer(club, "ewa")


def in_collection(thing, club):
    collection = OrganisationSpace.objects.get(organisation=club).collection
    type(thing).objects.filter(pk=thing.pk).update(collection=collection)
    return type(thing).objects.get(pk=thing.pk)


def let_publish(group: Group) -> None:
    for codename in ("add_page", "change_page", "publish_page"):
        GroupPagePermission.objects.create(
            group=group,
            page=default_site().root_page,
            permission=Permission.objects.get(codename=codename, content_type__app_label="wagtailcore"),
        )


@pytest.mark.parametrize("first", ["the group has the right", "the person joins"])
def test_nobody_publishes_for_the_city_and_writes_for_an_organisation(club, ewa, first):
    """Wagtail has many screens that publish; so nobody holds both rights."""
    editors = Group.objects.create(name="Editors of the city")
    if first == "the group has the right":
        let_publish(editors)
        ewa.groups.add(editors)
    else:
        ewa.groups.add(editors)
        let_publish(editors)
    space = OrganisationSpace.objects.get()
    assert not space.group.user_set.exists()
    ewa.groups.remove(editors)
    assert list(space.group.user_set.all()) == [ewa]


def test_a_group_without_rights_lifts_no_wall(club, ewa):
    ewa.groups.add(Group.objects.create(name="Testers"))
    assert is_only_publisher(type(ewa).objects.get(pk=ewa.pk))


@pytest.fixture
def published(club, ewa):
    """A public page of the club with a picture and a file."""
    picture, file = in_collection(stored_picture(), club), in_collection(stored_file("plan.pdf"), club)
    page = draft(club, ewa)
    page.picture = picture
    page.attachments = stream(("document", {"document": file.pk, "title": "Plan", "description": ""}))
    page.save_revision(user=ewa)
    decide(moderator(), task_state=submitted(page, ewa), decision="approve")
    return NewsPage.objects.get(pk=page.pk)


@pytest.mark.parametrize("view", ["edit", "delete"])
def test_a_file_on_a_public_page_is_not_exchanged_or_erased_past_the_moderators(client, published, ewa, view):
    client.force_login(ewa)
    file = published.attachments[0].value["document"]
    client.post(reverse(f"wagtailimages:{view}", args=[published.picture_id]), {"title": "Other"})
    client.post(reverse(f"wagtaildocs:{view}", args=[file.pk]), {"title": "Other"})
    assert get_image_model().objects.get(pk=published.picture_id).title == published.picture.title
    assert get_document_model().objects.get(pk=file.pk).title == file.title


@pytest.mark.parametrize("state", ["waits for moderators", "waits for its time"])
def test_a_file_is_not_exchanged_once_moderators_have_it(client, club, ewa, state):
    picture = in_collection(stored_picture(), club)
    page = draft(club, ewa)
    page.picture = picture
    page.go_live_at = timezone.now() + timedelta(days=3)
    page.save_revision(user=ewa)
    submission = submitted(page, ewa)
    if state == "waits for its time":
        decide(moderator(), task_state=submission, decision="approve")
    client.force_login(ewa)
    for view in ("edit", "delete"):
        client.post(reverse(f"wagtailimages:{view}", args=[picture.pk]), {"title": "Other"})
    assert get_image_model().objects.get(pk=picture.pk).title == picture.title


def test_what_staff_or_a_colleague_chose_before_stops_nobody_from_saving(client, club, ewa):
    page = draft(club, ewa)
    page.picture = stored_picture()
    page.save_revision()
    client.force_login(ewa)
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    facts = body(page) | {"attachments-count": "0", "picture": page.picture.pk, "lead": "They row."}
    assert client.post(edit, facts).status_code == 302
    other = stored_picture("other")
    assert "is not yours" in client.post(edit, facts | {"picture": other.pk}).content.decode()


def test_a_file_of_ones_own_that_no_page_shows_is_ones_own(client, club, ewa):
    picture = in_collection(stored_picture(), club)
    client.force_login(ewa)
    client.post(reverse("wagtailimages:delete", args=[picture.pk]))
    assert not get_image_model().objects.filter(pk=picture.pk).exists()


def test_files_of_drafts_are_read_by_their_organisation_and_moderators_alone(client, club, ewa):
    file = in_collection(stored_file("plan.pdf"), club)
    adam = writer(accepted("Chór Echo"), "adam")
    assert client.get(file.url).status_code == 404
    for person, status in ((adam, 404), (ewa, 200), (moderator(), 200)):
        client.force_login(person)
        assert client.get(file.url).status_code == status


def test_files_of_public_pages_are_read_by_everybody(client, published):
    assert client.get(published.attachments[0].value["document"].url).status_code == 200


@pytest.mark.parametrize("named", ["picture", "attachments-0-value-document"])
def test_things_of_others_are_not_named_by_their_number(client, club, ewa, named):
    adam = writer(accepted("Chór Echo"), "adam")
    theirs = {
        "picture": in_collection(stored_picture(), club).pk,
        "attachments-0-value-document": in_collection(stored_file("plan.pdf"), club).pk,
    }
    page = draft(adam.mypart_memberships.get().organisation, adam)
    client.force_login(adam)
    answer = client.post(
        reverse("wagtailadmin_pages:edit", args=[page.pk]), body(page) | {named: theirs[named]}
    )
    assert answer.status_code == 200
    assert "is not yours" in answer.content.decode()


def body(page) -> dict[str, str]:
    return {
        "title": page.title,
        "slug": page.slug,
        "date": "2026-11-10",
        "body-count": "0",
        "attachments-count": "1",
        "attachments-0-deleted": "",
        "attachments-0-order": "0",
        "attachments-0-type": "document",
        "attachments-0-id": "",
        "attachments-0-value-title": "Plan",
        "comments-TOTAL_FORMS": "0",
        "comments-INITIAL_FORMS": "0",
    }


def test_a_profile_that_is_not_live_is_not_deleted_by_its_people(client, club, ewa):
    profile = profile_of(club)
    profile.unpublish()
    client.force_login(ewa)
    client.post(reverse("wagtailadmin_pages:delete", args=[profile.pk]))
    assert profile_of(club) == profile
