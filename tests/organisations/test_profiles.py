"""The public profile: made when a card is accepted, taken off when it no longer is, kept up to date."""

import json
from datetime import timedelta

import lxml.html
import pytest
from django.core.management import call_command
from django.test import TestCase
from django.urls import reverse
from django.utils import timezone
from wagtail.models import PageViewRestriction

from mypart_wagtail.listings import Listed, Listing
from mypart_wagtail.models import OutgoingMail
from mypart_wagtail.organisations import services
from mypart_wagtail.organisations.models import DirectoryEntry, Organisation, OrganisationPage
from mypart_wagtail.portal.models import ContentPage, SearchEntry
from tests.blocks.test_translation import translate
from tests.organisations.public import accepted, directory, profile_of
from tests.people import member, organisation, person
from tests.sites import default_site

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def text_of(client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    document = lxml.html.document_fromstring(response.content.decode())
    return " ".join(document.cssselect("main")[0].text_content().split())


def test_an_accepted_organisation_has_a_page_under_the_directory(client):
    page = directory()
    club = accepted(areas=["17"], is_opp=True, register_number="0000123456")
    profile = profile_of(club)
    assert profile.url == f"{page.url}klub-fala/"
    text = text_of(client, profile.url)
    assert "KRS 0000123456" in text
    assert "ul. Morska 1, 41-400 Mysłowice" in text
    assert "wspieranie i upowszechnianie kultury fizycznej" in text


def test_a_seat_outside_the_court_register_is_not_shown_unasked(client):
    directory()
    profile = profile_of(accepted(register_kind="mayor", is_opp=False))
    text = text_of(client, profile.url)
    assert "ul. Morska" not in text
    assert "1.5%" not in text


def test_people_are_shown_by_their_consent_alone_and_the_card_tells_no_address_of_its_own(client):
    directory()
    club = accepted(email="private@example.org", phone="601 000 000")
    profile = profile_of(club)
    people = [("Anna Tak", True), ("Jan Nie", False)]
    profile.people = json.dumps(
        [
            {"type": "person", "value": {"name": name, "function": "", "consent": consent}}
            for name, consent in people
        ]
    )
    profile.save_revision().publish()
    text = text_of(client, profile.url)
    assert "Anna Tak" in text
    assert "Jan Nie" not in text
    assert "private@example.org" not in text
    assert "601 000 000" not in text
    assert "Jan Kowalski" not in text


def test_an_address_that_is_none_of_the_web_is_never_a_link(client):
    directory()
    profile = profile_of(accepted())
    addresses = ("https://social.example.org/club", "javascript:alert(1)")
    profile.links = json.dumps(
        [{"type": "link", "value": {"text": "Link", "url": address}} for address in addresses]
    )
    profile.save_revision().publish()
    page = client.get(profile.url).content.decode()
    assert addresses[0] in page
    assert "javascript:" not in page


def test_who_is_taken_out_of_the_directory_loses_the_page_and_gets_it_back_as_it_was(client):
    site = default_site()
    page = directory()
    club = accepted()
    profile = profile_of(club)
    profile.lead = "We sail."
    profile.save_revision().publish()
    services.show_on_sites(None, organisation=club, shown_on=[], among=[site])
    assert client.get(profile.url).status_code == 404
    services.show_on_sites(None, organisation=club, shown_on=[site], among=[site])
    assert "We sail." in text_of(client, profile.url)
    assert OrganisationPage.objects.child_of(page).count() == 1


def test_a_clerk_who_edits_no_pages_takes_an_organisation_out_of_the_directory_all_the_same(client):
    directory()
    club = accepted()
    site = default_site()
    services.show_on_sites(person("clerk"), organisation=club, shown_on=[], among=[site])
    assert client.get(profile_of(club).url).status_code == 404


def test_organisations_accepted_before_there_was_a_directory_get_their_pages():
    clubs = [accepted("A"), accepted("B")]
    assert not OrganisationPage.objects.exists()
    with TestCase.captureOnCommitCallbacks(execute=True):
        directory()
    assert {page.organisation for page in OrganisationPage.objects.live()} == set(clubs)
    call_command("mypart_make_profiles")
    assert OrganisationPage.objects.count() == 2


def test_the_page_bears_the_name_of_the_card_also_in_a_draft_that_waits():
    directory()
    club = accepted("Klub Fala")
    profile = profile_of(club)
    profile.lead = "Not yet."
    profile.save_revision()
    club.name = "Klub Żagiel"
    club.save()
    profile.refresh_from_db()
    assert profile.title == "Klub Żagiel"
    assert profile.lead == ""
    draft = profile.get_latest_revision_as_object()
    assert (draft.title, draft.lead) == ("Klub Żagiel", "Not yet.")


def test_the_search_finds_an_organisation_once_and_leads_to_its_page():
    directory()
    club = accepted("Klub Fala")
    profile = profile_of(club)
    profile.lead = "Regatta for everyone."
    profile.save_revision().publish()
    (entry,) = SearchEntry.objects.filter(heading="Klub Fala")
    assert entry.url == profile.url
    assert "regatt" in entry.text


def test_other_apps_show_their_things_of_the_organisation(client, monkeypatch):
    directory()
    profile = profile_of(accepted("Klub Fala"))

    def shows(club, asked):
        things = [Listed(f"Regatta of {club}", "/regatta/")]
        return "Events", Listing(things, until=asked.at, all_url="/events/")

    monkeypatch.setattr("mypart_wagtail.organisations.profiles.providers_of", lambda prefix: [shows])
    assert "Events Regatta of Klub Fala All of them: Events" in text_of(client, profile.url)


def test_members_say_that_the_profile_is_right_and_the_day_is_shown(client):
    directory()
    club = accepted()
    client.force_login(member(club, "editor"))
    mine = reverse("mypart_organisations:mine")
    address = reverse("mypart_organisations:confirm_profile", args=[club.uuid])
    assert address in client.get(mine).content.decode()
    client.post(address)
    today = timezone.localdate()
    assert DirectoryEntry.objects.get().checked_on == today
    client.logout()
    assert f"checked this page on {today.day} " in text_of(client, profile_of(club).url)


def test_once_a_year_the_administrators_are_reminded():
    club = accepted()
    member(club, "administrator", is_administrator=True)
    member(club, "editor")
    now = timezone.now()
    year_on = now + timedelta(days=366)
    assert services.remind_of_profiles(at=now + timedelta(days=300)) == 0
    assert services.remind_of_profiles(at=year_on) == 1
    assert services.remind_of_profiles(at=year_on + timedelta(days=1)) == 0
    (mail,) = OutgoingMail.objects.all()
    assert mail.to == "administrator@example.org"
    assert "Klub Fala" in mail.subject
    assert reverse("mypart_organisations:mine") in mail.body
    assert services.remind_of_profiles(at=year_on + timedelta(days=366)) == 1


def test_the_daily_command_says_how_many_were_reminded(capsys):
    member(accepted(), "administrator", is_administrator=True)
    DirectoryEntry.objects.update(accepted_at=timezone.now() - timedelta(days=367))
    call_command("mypart_remind_profiles")
    assert "Reminded of 1 profiles." in capsys.readouterr().out
    assert OutgoingMail.objects.get().to == "administrator@example.org"


def test_who_confirmed_lately_is_not_reminded():
    club = accepted()
    now = timezone.now()
    editor = member(club, "editor")
    services.confirm_profile(editor, organisation=club, on=timezone.localdate() + timedelta(days=200))
    assert services.remind_of_profiles(at=now + timedelta(days=366)) == 0


def test_editors_make_no_profiles_by_hand_and_put_nothing_else_under_them(client):
    page = directory()
    profile = profile_of(accepted())
    client.force_login(person("staff", is_superuser=True))
    add = reverse("wagtailadmin_pages:add", args=["mypart_organisations", "organisationpage", page.pk])
    assert client.get(add).status_code in (302, 403, 404)
    assert ContentPage not in OrganisationPage.allowed_subpage_models()
    assert client.get(reverse("wagtailadmin_pages:edit", args=[profile.pk])).status_code == 200


def test_a_card_with_a_profile_is_not_deleted_and_staff_are_told(client):
    directory()
    club = accepted()
    client.force_login(person("staff", is_superuser=True))
    address = reverse("mypart_admin_organisations:delete", args=[club.pk])
    assert "prevent" in client.get(address).content.decode()
    client.post(address)
    assert Organisation.objects.filter(pk=club.pk).exists()


def test_the_history_in_the_admin_tells_of_the_directory(client):
    directory()
    club = accepted()
    services.confirm_profile(member(club, "editor"), organisation=club, on=timezone.localdate())
    services.show_on_sites(None, organisation=club, shown_on=[], among=[default_site()])
    client.force_login(person("staff", is_superuser=True))
    page = client.get(reverse("mypart_admin_organisations:history", args=[club.pk])).content.decode()
    assert "In the directory of localhost" in page
    assert "Profile confirmed: localhost" in page
    assert "No longer in the directory of localhost" in page


def test_what_staff_took_off_the_site_stays_off(client):
    page = directory()
    profile = profile_of(accepted())
    profile.unpublish()
    call_command("mypart_make_profiles")
    with TestCase.captureOnCommitCallbacks(execute=True):
        page.save_revision().publish()
    assert client.get(profile.url).status_code == 404


def test_a_profile_without_its_entry_is_not_there_however_it_came_to_be_live(client):
    directory()
    club = accepted()
    profile = profile_of(club)
    services.show_on_sites(None, organisation=club, shown_on=[], among=[default_site()])
    profile_of(club).save_revision().publish()
    assert client.get(profile.url).status_code == 404


def test_a_draft_that_waits_goes_on_waiting_while_the_page_comes_back(client):
    site = default_site()
    directory()
    club = accepted()
    profile = profile_of(club)
    profile.lead = "We sail."
    profile.save_revision().publish()
    profile.lead = "Not yet."
    profile.save_revision()
    services.show_on_sites(None, organisation=club, shown_on=[], among=[site])
    services.show_on_sites(None, organisation=club, shown_on=[site], among=[site])
    assert "We sail." in text_of(client, profile.url)
    assert profile_of(club).get_latest_revision_as_object().lead == "Not yet."


def test_consent_taken_back_in_one_language_is_taken_back_in_all(client):
    directory()
    profile = profile_of(accepted())
    profile.people = json.dumps(
        [{"type": "person", "id": "a1", "value": {"name": "Anna Tak", "function": "", "consent": True}}]
    )
    profile.phone = "601 000 000"
    profile.save_revision().publish()
    polish = translate(profile_of(profile.organisation))
    polish.get_latest_revision().publish()
    assert "Anna Tak" in text_of(client, polish.url)
    profile = OrganisationPage.objects.get(pk=profile.pk)
    profile.people, profile.phone = "[]", ""
    profile.save_revision().publish()
    text = text_of(client, polish.url)
    assert "Anna Tak" not in text
    assert "601 000 000" not in text


def test_the_search_leads_to_no_page_that_was_deleted():
    directory()
    club = accepted(website="https://fala.example.org")
    profile_of(club).delete()
    (entry,) = SearchEntry.objects.filter(heading="Klub Fala")
    assert entry.url == "https://fala.example.org"


def test_data_of_a_private_directory_is_kept_by_no_cache(client):
    page = directory()
    accepted()
    assert "public" in client.get(f"{page.url}?format=csv")["Cache-Control"]
    PageViewRestriction.objects.create(page=page, restriction_type="login")
    client.force_login(person("anna"))
    assert client.get(f"{page.url}?format=csv")["Cache-Control"].startswith("private, no-store")


def test_a_name_that_grows_when_compared_fits(client):
    directory()
    club = accepted("ß" * 300, city="ß" * 100)
    assert DirectoryEntry.objects.get(organisation=club).place_key


def test_nobody_confirms_for_others(client):
    club = accepted()
    client.force_login(member(organisation("Other"), "stranger"))
    address = reverse("mypart_organisations:confirm_profile", args=[club.uuid])
    assert client.post(address).status_code == 404
    assert DirectoryEntry.objects.get().checked_on is None
