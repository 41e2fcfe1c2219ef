"""Pages kept whole for visitors of whom nothing is known are right at once, and nobody gets another's."""

from datetime import timedelta
from unittest import mock

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import PageViewRestriction

from mypart_wagtail.fragments import LONGEST
from mypart_wagtail.organisations.services import show_on_sites
from mypart_wagtail.portal.models import ContentPage, HomePage, PortalSettings, SectionPage
from tests.blocks.samples import stored_picture
from tests.grants.calls import open_call
from tests.people import organisation, person
from tests.portal.pages import add, portal_home, stream
from tests.sites import default_site

pytestmark = [pytest.mark.django_db, pytest.mark.database]

NO_LINK = {"text": "", "page": None, "document": None, "url": ""}
ROUTING = 6
"""Queries by which Wagtail finds a page and whether it may be seen, before any of it is rendered."""


def lists() -> str:
    def block(name: str, **choice: str) -> tuple[str, dict]:
        return name, {"heading": name, "count": 6, "link": NO_LINK, **choice}

    return stream(block("open_calls", area=""), block("organisations", area=""))


def page(address: str, client: Client | None = None) -> str:
    return (client or Client()).get(address).content.decode()


def queries(address: str) -> int:
    with CaptureQueriesContext(connection) as found:
        page(address)
    return len(found)


def test_a_page_is_made_once():
    home = portal_home(body=lists())
    first = page(home.get_url())
    assert queries(home.get_url()) <= ROUTING
    assert page(home.get_url()) == first


def test_it_is_right_at_once_after_anything_it_shows_is_published():
    home = portal_home(body=lists())
    address = home.get_url()
    assert "Sport dla dzieci" not in page(address)
    call = open_call(title="Sport dla dzieci")
    assert "Sport dla dzieci" in page(address)
    call.cancelled_at = timezone.now()
    call.save()
    assert "Sport dla dzieci" not in page(address)
    club = organisation("Klub Szkwał")
    show_on_sites(person("clerk"), organisation=club, shown_on=[default_site()], among=[default_site()])
    assert "Klub Szkwał" in page(address)
    club.name = "Klub Bryza"
    club.save()
    assert "Klub Bryza" in page(address)
    PortalSettings.objects.create(site=default_site(), office="Urząd Miasta")
    assert "Urząd Miasta" in page(address)
    home.lead = "Nowy początek"
    home.save_revision().publish()
    assert "Nowy początek" in page(address)


def test_a_section_follows_its_pages():
    section = add(SectionPage, "Section")
    assert "Child" not in page(section.get_url())
    child = add(ContentPage, "Child", parent=section)
    assert "Child" in page(section.get_url())
    child.unpublish()
    assert "Child" not in page(section.get_url())


def test_a_picture_that_is_replaced_is_replaced_everywhere():
    image = stored_picture("before")
    value = {
        "image": {"image": image.pk, "alt_text": "Alt", "decorative": False},
        "caption": "",
        "author": "",
    }
    shown = add(ContentPage, "Pictures", body=stream(("picture", value)))
    assert "before" in page(shown.get_url())
    image.file = stored_picture("after").file
    image.save()
    image.renditions.all().delete()
    assert "after" in page(shown.get_url())


def test_a_call_that_closes_leaves_by_the_clock():
    home = portal_home(body=lists())
    open_call(title="Sport", intake_until=timezone.now() + timedelta(minutes=1))
    assert "Sport" in page(home.get_url())
    later = timezone.now() + timedelta(minutes=2)
    with mock.patch("django.utils.timezone.now", return_value=later):
        assert "Sport" not in page(home.get_url())


def test_nothing_is_kept_for_longer_than_its_time():
    shown = add(ContentPage, "Title")
    assert "Title</h1>" in page(shown.get_url())
    ContentPage.objects.filter(pk=shown.pk).update(title="Told to nobody")
    assert "Title</h1>" in page(shown.get_url())
    with mock.patch("django.utils.timezone.now", return_value=timezone.now() + LONGEST):
        assert "Told to nobody</h1>" in page(shown.get_url())


def test_whoever_is_signed_in_gets_a_page_of_ones_own_and_gives_it_to_nobody():
    shown = add(ContentPage, "Title")
    client = Client()
    client.force_login(person("anna"))
    assert "Sign out" in page(shown.get_url(), client)
    assert "Sign out" not in page(shown.get_url())
    assert "Sign out" in page(shown.get_url(), client)


def test_languages_colours_and_queries_are_kept_apart():
    section = add(SectionPage, "Section")
    for number in range(30):
        add(ContentPage, f"Child {number}", parent=section)
    contrast = Client()
    contrast.post("/preferences/display/", {"contrast": "high"})
    assert 'data-mypart-contrast="high"' not in page(section.get_url())
    assert 'data-mypart-contrast="high"' in page(section.get_url(), contrast)
    assert 'data-mypart-contrast="high"' not in page(section.get_url())
    assert page(f"{section.get_url()}?page=2") != page(section.get_url())


def test_a_page_with_a_form_is_never_kept(monkeypatch):
    home = portal_home()
    monkeypatch.setattr(HomePage, "template", "mypart_portal/confirm.html")
    tokens = {page(home.get_url()).split('name="csrfmiddlewaretoken" value="')[1][:64] for _try in range(3)}
    assert len(tokens) == 3


def test_a_host_can_switch_it_off(settings):
    shown = add(ContentPage, "Title")
    settings.MYPART = settings.MYPART | {"KEEP_PAGES": False}
    page(shown.get_url())
    ContentPage.objects.filter(pk=shown.pk).update(title="Changed")
    assert "Changed</h1>" in page(shown.get_url())


def test_a_page_one_may_not_see_is_not_shown_from_the_cache():
    shown = add(ContentPage, "Title")
    assert "Title" in page(shown.get_url())
    shown.unpublish()
    assert Client().get(shown.get_url()).status_code == 404


def test_a_message_to_one_is_neither_kept_for_others_nor_withheld():
    """The message waits in a cookie of its own once the session is gone."""
    shown = add(ContentPage, "Title")
    client = Client()
    client.force_login(person("anna"))
    client.post(reverse("account_logout"))
    client.cookies.pop(settings.SESSION_COOKIE_NAME)
    assert "You have signed out" in page(shown.get_url(), client)
    assert "You have signed out" not in page(shown.get_url())


def test_a_page_made_private_leaves_every_list_and_menu_at_once():
    section = add(SectionPage, "Section", show_in_menus=True)
    child = add(ContentPage, "Secret", parent=section)
    other = add(ContentPage, "Other")
    assert "Secret" in page(section.get_url())
    assert "Section" in page(other.get_url())
    restriction = PageViewRestriction.objects.create(page=child, restriction_type="login")
    assert "Secret" not in page(section.get_url())
    PageViewRestriction.objects.create(page=section, restriction_type="login")
    assert "Section" not in page(other.get_url())
    restriction.delete()
    PageViewRestriction.objects.all().delete()
    assert "Section" in page(other.get_url())


def test_what_is_deleted_from_the_library_is_shown_no_longer():
    image = stored_picture("regatta")
    value = {
        "image": {"image": image.pk, "alt_text": "Alt", "decorative": False},
        "caption": "",
        "author": "",
    }
    shown = add(ContentPage, "Pictures", body=stream(("picture", value)))
    assert "regatta" in page(shown.get_url())
    image.delete()
    assert "regatta" not in page(shown.get_url())


def test_addresses_in_a_kept_page_are_of_the_scheme_one_reads_it_by():
    shown = add(ContentPage, "Title")
    page(shown.get_url())
    secure = Client().get(shown.get_url(), secure=True).content.decode()
    assert "page=https%3A" in secure
