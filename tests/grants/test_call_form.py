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


@pytest.mark.parametrize("action", [{}, {"action-publish": "1"}], ids=["draft", "publish"])
@pytest.mark.parametrize("last_moment", ["9999-12-31 23:59", "9999-12-31 24:00"])
def test_a_date_of_another_age_is_told_at_its_field(editor, last_moment, action):
    page = call_page()
    typed = {
        "intake_until": last_moment,
        "filing_until": "9999-12-31 24:00",
        "intake_from": "0001-01-01 00:00",
        "published_in_bip_on": "9999-12-31",
        "task_until": "0202-12-31",
    }
    response = editor.post(edit(page), {**page_form_data(page), **typed, **action})
    assert response.status_code == 200
    assert typed.keys() <= errors(response).keys()


@pytest.mark.parametrize("pool", ["-5", "0"])
def test_what_no_call_can_mean_is_told_at_its_field(editor, pool):
    page = call_page()
    typed = {
        "pool": pool,
        "grant_min": "-100",
        "grant_max": "0",
        "own_contribution_min": "-10",
        "financial_contribution_min": "500",
        "admin_costs_max": "-10",
        "offers_per_organisation": "0",
        "decision_date": "2020-01-01",
    }
    changes = {"financial_contribution_base": "grant", "action-publish": "1"}
    response = editor.post(edit(page), page_form_data(page, **typed, **changes))
    assert typed.keys() <= errors(response).keys()


def test_a_reason_allows_one_shortening_and_not_the_next(editor):
    now = timezone.now().replace(second=0, microsecond=0)
    page = call_page(
        intake_from=now + timedelta(days=1),
        intake_until=now + timedelta(days=15),
        published_in_bip_on=timezone.localdate(),
        short_notice_reason="The money must be spent this year.",
    )
    page.save_revision().publish()
    assert Call.objects.get().current_version.short_notice_reason
    sooner = (now + timedelta(days=5)).astimezone().strftime("%Y-%m-%d %H:%M")
    typed = {**page_form_data(page), "intake_until": sooner, "action-publish": "1"}
    assert "short_notice_reason" in errors(editor.post(edit(page), typed))
    typed["short_notice_reason"] = "The council has decided so."
    assert editor.post(edit(page), typed).status_code == 302
    assert Call.objects.get().current_version.short_notice_reason == "The council has decided so."


def test_a_page_that_would_leave_the_site_during_the_intake_is_told_at_its_expiry(editor):
    page = call_page()
    before_the_end = timezone.localtime(page.intake_until - timedelta(days=1)).strftime("%Y-%m-%d %H:%M")
    typed = page_form_data(page, expire_at=before_the_end, **{"action-publish": "1"})
    assert "expire_at" in errors(editor.post(edit(page), typed))
