"""The starter gives an empty site a table of contents, and never touches what editors made of it."""

import pytest
from django.core.management import CommandError, call_command
from wagtail.models import Page, Site

from mypart_wagtail.portal.models import AccessibilityStatementPage, HomePage, PortalSettings, ProcedurePage
from mypart_wagtail.portal.start.building import page_key, read_words, start_portal
from tests.sites import default_site

pytestmark = [pytest.mark.django_db, pytest.mark.database]

AREAS = [
    "Zadania publiczne",
    "Wskaźniki zadań i ich monitoring",
    "Indeks jakości współpracy",
    "Konsultacje",
    "Klauzule społeczne",
    "Inicjatywa lokalna",
    "Fundusz pożyczkowy",
    "Gminna rada działalności pożytku publicznego",
    "Wzajemne informowanie się o kierunkach działania",
    "Zespoły doradcze i inicjatywne",
    "Partnerstwo publiczno-społeczne",
    "Partnerstwa projektowe",
]


@pytest.fixture
def empty_site() -> Site:
    """A site as Wagtail's first migration leaves it."""
    site = default_site()
    site.root_page.title = "Welcome to your new Wagtail site!"
    site.root_page.save()
    return site


@pytest.mark.slow
def test_it_makes_the_table_of_contents_of_my_part_in_both_languages(client, empty_site):
    call_command("mypart_start")
    empty_site.refresh_from_db()
    assert isinstance(empty_site.root_page.specific, HomePage)
    assert not Page.objects.filter(title__startswith="Welcome to your new").exists()
    polish = set(Page.objects.live().filter(locale__language_code="pl").values_list("title", flat=True))
    assert polish >= set(AREAS)
    for page in Page.objects.live().filter(depth__gt=1):
        assert client.get(page.get_url()).status_code == 200, page.title
        assert page.get_translations().live().exists(), page.title


@pytest.mark.slow
def test_the_home_page_leads_to_each_section(client, empty_site):
    home = start_portal()
    html = client.get(home.get_url()).content.decode()
    for about in read_words()["pages"]:
        if about.get("menu"):
            page = Page.objects.get(translation_key=page_key(about["key"]), locale=home.locale)
            assert html.count(f'href="{page.get_url()}"') >= 2, about["key"]


def test_every_procedure_is_complete(empty_site):
    start_portal()
    procedures = ProcedurePage.objects.live()
    assert procedures.count() == 12
    for page in procedures:
        names = [name for name, _heading in page.written_sections()]
        assert names == ["for_whom", "steps", "time_limits", "legal_basis", "contact"]


def test_what_must_be_true_first_waits_as_a_draft(empty_site):
    start_portal()
    assert {page.live for page in AccessibilityStatementPage.objects.all()} == {False}


def test_running_it_again_changes_nothing_and_brings_back_what_is_missing(empty_site):
    start_portal()
    page = Page.objects.get(title="Inicjatywa lokalna")
    page.title = "Zrób to z sąsiadami"
    page.save()
    Page.objects.get(title="Fundusz pożyczkowy").delete()
    before = set(Page.objects.values_list("pk", "title", "latest_revision"))
    call_command("mypart_start")
    after = set(Page.objects.values_list("pk", "title", "latest_revision"))
    assert before <= after
    assert {title for _pk, title, _revision in after - before} == {"Fundusz pożyczkowy"}
    assert PortalSettings.objects.count() == 1


def test_a_site_with_pages_of_its_own_is_left_alone():
    site = default_site()
    site.root_page.title = "Our city"
    site.root_page.save()
    before = set(Page.objects.values_list("pk", "title"))
    with pytest.raises(CommandError, match="the starter has not made"):
        call_command("mypart_start")
    assert set(Page.objects.values_list("pk", "title")) == before


@pytest.mark.parametrize(("language", "languages"), [("pl", [("pl", "Polish")]), ("de", [("de", "German")])])
def test_a_host_of_one_language_gets_one_tree(settings, language, languages):
    settings.WAGTAIL_I18N_ENABLED = False
    settings.LANGUAGE_CODE, settings.LANGUAGES = language, languages
    settings.WAGTAIL_CONTENT_LANGUAGES = languages
    Page.objects.filter(depth__gt=1).delete()
    Site.objects.all().delete()
    home = start_portal()
    assert home.title == "Razem dla miasta"
    assert home.locale.language_code == language
    assert HomePage.objects.count() == 1
