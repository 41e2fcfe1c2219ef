"""What stands around every page: name, colours, menu, contact, partners, and what the law wants there."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from wagtail.models import Locale, PageViewRestriction

from mypart_wagtail.portal.colours import contrast, readable_on_light, stylesheet, tokens
from mypart_wagtail.portal.models import (
    ContentPage,
    Partner,
    PinnedPage,
    PortalSettings,
    PortalWords,
    SocialLink,
)
from tests.blocks.samples import stored_picture
from tests.people import person
from tests.portal.pages import add, easy_to_read, portal_home, sign_language
from tests.portal.statements import home, statement
from tests.sites import default_site, new_site

pytestmark = pytest.mark.django_db


@pytest.fixture
def portal() -> PortalSettings:
    portal = PortalSettings.objects.create(
        site=default_site(),
        office="City Office",
        email="ngo@example.org",
        phone="32 555 00 00",
        bip_url="https://bip.example.org/",
        interpreter_url="https://interpreter.example.org/",
    )
    PortalWords.objects.create(settings=portal, language="en", name="Good Portal", about="<p>Together.</p>")
    PortalWords.objects.create(settings=portal, language="pl", name="Dobry portal")
    return portal


def page(client, language: str = "en") -> str:
    """A page of another app, which frames itself as all pages do."""
    return client.get(f"/{language}/forms/verify/").content.decode()


def links(html: str) -> list[str]:
    return html.split('class="mypart-footer__links">')[-1].split("</ul>")[0].split('href="')[1:]


def test_every_page_bears_the_name_in_its_language(client, portal):
    assert "Good Portal</title>" in page(client)
    assert "Dobry portal</title>" in page(client, "pl")


def test_a_home_page_titled_by_the_name_does_not_say_it_twice(client, portal):
    home = portal_home("Good ideas", seo_title="Good Portal")
    assert "<title>Good Portal</title>" in client.get(home.get_url()).content.decode()


def test_a_language_without_words_shows_those_of_another(client, portal):
    portal.words.filter(language="pl").delete()
    PortalWords.objects.get().save()
    assert "Good Portal" in page(client, "pl")


def test_the_foot_says_who_runs_it_and_how_to_reach_them_without_a_telephone(client, portal):
    SocialLink.objects.create(settings=portal, name="Mastodon", url="https://social.example.org/@city")
    html = page(client)
    for words in ("City Office", "ngo@example.org", "Together.", "bip.example.org", "Mastodon"):
        assert words in html


def test_partners_stand_there_with_their_logos(client, portal):
    Partner.objects.create(settings=portal, role="city", name="City of M", logo=stored_picture("crest"))
    Partner.objects.create(settings=portal, role="centre", name="Centre", url="https://centre.example.org/")
    html = page(client)
    assert "City of M" in html
    assert 'href="https://centre.example.org/"' in html
    assert "crest" in html


def test_what_the_law_wants_is_reached_from_every_page(client, portal):
    film, easy, official = sign_language(), easy_to_read(), statement()
    found = links(page(client))
    for address in ("https://interpreter.example.org/", film.get_url(), easy.get_url(), official.get_url()):
        assert any(link.startswith(f'{address}"') for link in found)
    assert any("/portal/barrier/?page=" in link for link in found)


def test_what_is_not_there_is_not_linked(client):
    assert len(links(page(client))) == 1


def test_pinned_pages_come_first_and_each_page_once(client, portal):
    deep = add(ContentPage, "Deep", parent=add(ContentPage, "Parent"))
    listed = add(ContentPage, "Listed", show_in_menus=True)
    for position, pinned in enumerate((deep, listed)):
        PinnedPage.objects.create(settings=portal, page=pinned.page_ptr, sort_order=position)
    add(ContentPage, "Also listed", show_in_menus=True)
    menu = page(client).split('id="mypart-nav"')[1].split("</nav>")[0]
    assert [part.split("</a>")[0].split(">")[-1] for part in menu.split("<li>")[1:]] == [
        "Deep",
        "Listed",
        "Also listed",
    ]


def test_a_pinned_page_is_shown_in_the_readers_language_and_not_when_it_is_gone(client, portal):
    home("pl")
    english = add(ContentPage, "Calls")
    PinnedPage.objects.create(settings=portal, page=english.page_ptr)
    polish = english.copy_for_translation(home("pl").locale)
    polish.title = "Konkursy"
    polish.save_revision().publish()
    assert ">Konkursy</a>" in page(client, "pl")
    english.unpublish()
    polish.unpublish()
    assert ">Calls</a>" not in page(client)


def test_a_change_shows_at_once(client, portal):
    assert "City Office" in page(client)
    portal.office = "Town Hall"
    portal.save()
    assert "Town Hall" in page(client)
    official = statement()
    assert official.get_url() in page(client)
    official.unpublish()
    assert official.get_url() not in page(client)


def test_frames_are_made_once(client, portal, django_assert_max_num_queries):
    page(client)
    with django_assert_max_num_queries(2):
        page(client)


def test_each_site_has_its_own(client, portal):
    other = new_site("other.example.org")
    PortalSettings.objects.create(site=other, office="Elsewhere")
    assert "Elsewhere" not in page(client)


def test_reading_a_page_makes_no_settings(client):
    page(client)
    assert not PortalSettings.objects.exists()


def test_the_city_wears_its_colours(client, portal):
    portal.primary_colour, portal.accent_colour = "#7a1030", "#00507a"
    portal.save()
    address = page(client).split('href="')
    (colours,) = [part.split('"')[0] for part in address if "/portal/colours-" in part]
    response = client.get(colours)
    assert response["Content-Type"].startswith("text/css")
    assert "--mypart-primary:light-dark(#7a1030," in response.content.decode()
    assert "immutable" in response["Cache-Control"]


@pytest.mark.parametrize("colour", ["#0b5757", "#7a1030", "#00307a", "#333333", "#000000", "#6b4a00"])
def test_whatever_colour_is_chosen_text_can_be_read(colour):
    assert readable_on_light(colour)
    found = tokens(colour, colour)
    light, dark = found["primary"].removeprefix("light-dark(").removesuffix(")").split(", ")
    assert contrast(light, "#fbf7f0") >= 4.5
    assert contrast(dark, "#1e262c") >= 7
    on_light, on_dark = found["on-primary"].removeprefix("light-dark(").removesuffix(")").split(", ")
    assert contrast(on_light, light) >= 4.5
    assert contrast(on_dark, dark) >= 4.5
    assert contrast("#ffffff", found["band"]) >= 7


def test_contrast_is_that_of_wcag():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)
    assert stylesheet("", "").endswith("{:root{}}")


@pytest.mark.parametrize("colour", ["#ffe000", "#7fd6cb", "red", "#12345"])
def test_a_colour_that_cannot_be_read_or_is_none_is_refused(portal, colour):
    portal.primary_colour = colour
    with pytest.raises(ValidationError) as refused:
        portal.full_clean()
    assert set(refused.value.message_dict) == {"primary_colour"}


def test_a_telephone_alone_is_not_enough(portal):
    portal.email = ""
    with pytest.raises(ValidationError) as refused:
        portal.full_clean()
    assert set(refused.value.message_dict) == {"email"}


def test_editors_find_the_settings_in_the_admin(client, portal):
    client.force_login(person("editor", is_superuser=True))
    address = reverse("wagtailsettings:edit", args=["mypart_portal", "portalsettings", portal.site_id])
    html = client.get(address).content.decode()
    for words in (
        "Words in each language",
        "Pages pinned to the menu",
        "Partners",
        "Online sign-language interpreter",
    ):
        assert words in html


def test_the_home_page_of_the_portal_has_no_button_of_a_frame_that_is_empty(client):
    html = client.get(portal_home().get_url()).content.decode()
    assert "mypart-partners" not in html
    assert "mypart-footer__office" not in html


def test_an_address_alone_stands_at_the_foot(client):
    PortalSettings.objects.create(site=default_site(), address="ul. Przykładowa 1")
    assert "ul. Przykładowa 1" in page(client)


def test_a_private_translation_is_not_led_to(client, portal):
    english = add(ContentPage, "Words")
    Locale.objects.get_or_create(language_code="pl")
    home("pl")
    polish = english.copy_for_translation(Locale.objects.get(language_code="pl"))
    polish.slug = "tajne-slowa"
    polish.save_revision().publish()
    assert "tajne-slowa" in client.get(english.url).content.decode()
    PageViewRestriction.objects.create(page=polish, restriction_type="login")
    assert "tajne-slowa" not in client.get(english.url).content.decode()
