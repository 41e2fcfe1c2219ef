"""What the people of an organisation may do in the admin, and nothing beyond it."""

import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from wagtail.images import get_image_model
from wagtail.models import Collection
from wagtail.permissions import policy_registry

from mypart_wagtail.news.models import NewsPage
from mypart_wagtail.organisations.services import remove_member, show_on_sites
from mypart_wagtail.publishing.models import OrganisationSpace
from mypart_wagtail.publishing.services import follow_organisation, name_publishers
from tests.organisations.public import accepted, profile_of
from tests.people import member, organisation, person
from tests.publishing.writers import writer
from tests.sites import default_site

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def permissions(user, page):
    return page.permissions_for_user(type(user).objects.get(pk=user.pk))


def test_there_is_no_group_until_somebody_may_publish(club):
    groups, collections = Group.objects.count(), Collection.objects.count()
    member(club, "administrator", is_administrator=True)
    assert (Group.objects.count(), Collection.objects.count()) == (groups, collections)
    assert not OrganisationSpace.objects.exists()


def test_whom_administrators_choose_may_write_under_the_profile_and_not_publish(club):
    allowed = permissions(writer(club, "ewa"), profile_of(club))
    assert (allowed.can_edit(), allowed.can_add_subpage()) == (True, True)
    for act in ("publish", "publish_subpage", "unpublish", "delete", "move", "set_view_restrictions"):
        assert not getattr(allowed, f"can_{act}")(), act


def test_nobody_else_decides_who_writes(club):
    ewa = member(club, "ewa")
    with pytest.raises(PermissionDenied):
        name_publishers(ewa, organisation=club, members=[club.memberships.get().pk])


def test_members_of_others_cannot_be_named(club):
    other = organisation("Chór Echo")
    stranger = member(other, "adam")
    ewa = member(club, "ewa", is_administrator=True)
    name_publishers(ewa, organisation=club, members=[other.memberships.get().pk])
    assert not permissions(stranger, profile_of(club)).can_edit()


def test_colleagues_edit_each_others_drafts_and_no_other_organisation_does(club):
    ewa, jan = writer(club, "ewa"), writer(club, "jan")
    adam = writer(accepted("Chór Echo"), "adam")
    page = NewsPage(title="Regatta", owner=ewa, live=False)
    profile_of(club).add_child(instance=page)
    assert permissions(jan, page).can_edit()
    assert not permissions(adam, page).can_edit()


@pytest.mark.parametrize("goes", ["membership", "right", "account", "directory"])
def test_rights_end_with_what_they_come_from(club, goes):
    ewa = writer(club, "ewa")
    adam = writer(club, "adam")
    if goes == "membership":
        remove_member(adam, membership=club.memberships.get(user=ewa))
    elif goes == "right":
        name_publishers(adam, organisation=club, members=[club.memberships.get(user=adam).pk])
    elif goes == "account":
        ewa.delete()
    else:
        show_on_sites(None, organisation=club, shown_on=[], among=[default_site()])
    group = OrganisationSpace.objects.get().group
    assert set(group.user_set.all()) == (set() if goes == "directory" else {adam})


def test_rights_come_back_with_the_organisation(club):
    ewa = writer(club, "ewa")
    site = default_site()
    for shown in ([], [site]):
        show_on_sites(None, organisation=club, shown_on=shown, among=[site])
    assert permissions(ewa, profile_of(club)).can_edit()
    assert OrganisationSpace.objects.count() == 1


def test_who_was_named_before_the_city_accepted_the_organisation_may_write_once_it_has(club):
    choir = organisation("Chór Echo")
    adam = writer(choir, "adam")
    assert not adam.groups.exists()
    site = default_site()
    show_on_sites(None, organisation=choir, shown_on=[site], among=[site])
    assert permissions(adam, profile_of(choir)).can_edit()


def test_doing_it_again_changes_nothing(club):
    writer(club, "ewa")
    space = OrganisationSpace.objects.get()
    before = [set(rows.values_list("pk", flat=True)) for rows in _rights(space)]
    follow_organisation(club)
    assert [set(rows.values_list("pk", flat=True)) for rows in _rights(space)] == before


def _rights(space):
    group = space.group
    return [group.page_permissions, group.collection_permissions, group.permissions, group.user_set]


def test_files_lie_in_a_collection_of_ones_own(club):
    ewa, adam = writer(club, "ewa"), writer(accepted("Chór Echo"), "adam")
    policy = policy_registry.get_by_type(get_image_model())
    own = OrganisationSpace.objects.get(organisation=club).collection
    assert list(policy.collections_user_has_permission_for(ewa, "add")) == [own]
    assert own not in policy.collections_user_has_any_permission_for(adam, ["choose", "change"])


@pytest.fixture
def boss(client, db):
    user = person("boss", is_superuser=True)
    client.force_login(user)
    return user


def test_staff_choose_among_their_own_groups_and_a_publisher_stays_one(client, club, boss):
    ewa = writer(club, "ewa")
    group = OrganisationSpace.objects.get().group
    address = reverse("wagtailusers_users:edit", args=[ewa.pk])
    assert group.name not in client.get(address).content.decode()
    assert group.name not in client.get(reverse("wagtailusers_groups:index")).content.decode()
    editors = Group.objects.get(name="Editors")
    body = {"username": "ewa", "email": ewa.email, "first_name": "Ewa", "last_name": "Nowak"}
    client.post(address, body | {"is_active": "on", "groups": [editors.pk]})
    assert set(ewa.groups.all()) == {group, editors}
