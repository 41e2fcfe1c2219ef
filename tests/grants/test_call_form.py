"""The form of a call's page: what is asked for, how it is typed, and what comes back after a mistake."""

from datetime import timedelta
from html import unescape

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone, translation
from wagtail.models import GroupPagePermission

from mypart_wagtail.grants.legal_checks import ANNOUNCEMENT
from mypart_wagtail.grants.models import Call, CallPage
from mypart_wagtail.organisations.models import Authority
from tests.grants.calls import at, authority, call_page, index
from tests.grants.editing import page_form_data
from tests.people import person
from tests.sites import default_site, new_site

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(client):
    client.force_login(person("clerk", is_superuser=True))
    return client


def edit(page) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def errors(response) -> dict[str, list[str]]:
    return {name: [str(each) for each in found] for name, found in response.context["form"].errors.items()}


def test_every_field_that_is_empty_says_what_the_law_wants_of_it(editor):
    """The city has two authorities, so that none is chosen already."""
    authority()
    Authority.objects.create(site=default_site(), name="Burmistrz")
    page = CallPage(title="Kultura", slug="kultura", live=False, locale=index().locale)
    index().add_child(instance=page)
    response = editor.post(edit(page), {**page_form_data(page), "action-publish": "1"})
    told = errors(response)
    assert told == {name: [str(message)] for name, message in ANNOUNCEMENT}
    shown = unescape(response.content.decode())
    assert all(str(message) in shown for name, message in ANNOUNCEMENT)
    assert not Call.objects.exists()


def test_the_only_authority_of_a_city_is_chosen_already_and_those_of_others_are_not_offered(editor):
    ours = authority()
    theirs = Authority.objects.create(site=new_site("tychy.example.org"), name="Prezydent Miasta Tychy")
    add = reverse("wagtailadmin_pages:add", args=["mypart_grants", "callpage", index().pk])
    shown = editor.get(add).context["form"]["authority"]
    assert shown.value() == ours.pk
    assert theirs.name not in str(shown)
    page = call_page(live=False)
    response = editor.post(edit(page), page_form_data(page, authority=theirs.pk))
    assert "authority" in errors(response)


@pytest.mark.parametrize(
    ("stored", "shown"),
    [("2026-12-15 00:00", "2026-12-14 23:59"), ("2026-12-14 15:30", "2026-12-14 15:30")],
)
def test_the_end_of_a_day_comes_back_into_the_form_as_that_day(editor, stored, shown):
    page = call_page(live=False, intake_until=at(stored))
    response = editor.get(edit(page))
    assert f'value="{shown}"' in str(response.context["form"]["intake_until"])
    editor.post(edit(page), page_form_data(page))
    assert CallPage.objects.get().get_latest_revision_as_object().intake_until == at(stored)


@pytest.mark.parametrize("typed", ["2026-12-14 15:30:30", "2026-12-14 15:30:00.5"])
def test_seconds_are_refused_since_nothing_would_show_them(typed):
    field = CallPage._meta.get_field("intake_until").formfield()
    with pytest.raises(ValidationError, match="to the minute"):
        field.clean(typed)


@pytest.mark.parametrize("typed", ["2026-12-14 23:59:59", "2026-12-14 24:00:00", "2026-12-14 15:30:00"])
def test_full_minutes_and_the_last_second_of_a_day_are_taken(typed):
    cleaned = CallPage._meta.get_field("intake_until").formfield().clean(typed)
    assert cleaned in (at("2026-12-15 00:00"), at("2026-12-14 15:30"))


def test_a_reason_that_is_posted_by_someone_who_may_not_give_it_counts_for_nothing(client):
    page = call_page(live=False, short_notice_reason="", intake_until=timezone.now() + timedelta(days=9))
    writer = person("writer")
    group = Group.objects.create(name="Writers")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    for codename in ("change_page", "publish_page"):
        permission = Permission.objects.get(codename=codename)
        GroupPagePermission.objects.create(group=group, page=index(), permission=permission)
    writer.groups.add(group)
    client.force_login(writer)
    data = page_form_data(page, short_notice_reason="Bo tak.", **{"action-publish": "1"})
    response = client.post(edit(page), data)
    assert "21 full days" in errors(response)["intake_until"][0]
    assert not Call.objects.exists()


def test_in_polish_every_label_of_the_form_begins_with_a_capital_letter(editor):
    with translation.override("pl"):
        form = CallPage.get_edit_handler().get_form_class()(instance=call_page())
        labels = [str(bound.label) for bound in form if bound.label]
    assert [label for label in labels if not label[0].isupper()] == []
