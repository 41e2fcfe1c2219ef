"""Lists that fill themselves: from the app that owns the things, kept until it says they changed."""

from datetime import timedelta

import pytest
from django.apps import apps
from django.test import RequestFactory
from django.utils import timezone, translation

from mypart_wagtail.blocks.content import BLOCKS, content_blocks
from mypart_wagtail.blocks.listings import ListingBlock, OrganisationInFocusBlock
from mypart_wagtail.fragments import has_changed
from mypart_wagtail.listings import Listed
from mypart_wagtail.organisations.services import show_on_sites
from tests.blocks.neighbours import KINDS, Neighbour, install
from tests.grants.calls import open_call
from tests.people import organisation, person
from tests.sites import default_site, new_site

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def neighbour(monkeypatch) -> Neighbour:
    return install(monkeypatch)


def render(kind: type[ListingBlock], context: dict | None = None, **value) -> str:
    block = kind()
    return block.render(block.to_python({"heading": "Heading", "count": 3, **value}), context)


@pytest.mark.parametrize("kind", KINDS)
def test_each_list_shows_things_with_links_facts_and_the_way_to_all(neighbour, kind):
    html = render(kind)
    for part in (
        "Heading</h2>",
        'href="/first/"',
        "About it.",
        "<dt>Until</dt>",
        "Second</h3>",
        'href="/all/"',
    ):
        assert part in html, part


@pytest.mark.parametrize("kind", KINDS)
def test_each_list_is_offered_only_where_its_app_is_installed(neighbour, kind):
    assert kind in {type(block) for block in content_blocks().values()}
    del apps.get_app_config("sandbox").mypart_providers[kind.provider]
    assert kind not in {type(block) for block in content_blocks().values()}
    # A page that has it from before shows nothing in its place.
    assert render(kind).strip() == ""


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("language", ["en", "pl"])
def test_each_list_has_a_preview_that_asks_nobody(neighbour, kind, language):
    block = kind()
    with translation.override(language):
        html = block.render(block.get_preview_value(), block.get_preview_context(block.get_preview_value()))
    assert 'class="mypart-card"' in html
    assert neighbour.asked == []


@pytest.mark.parametrize("kind", KINDS)
def test_a_list_is_made_once_until_its_things_change_or_its_time_is_over(neighbour, kind):
    render(kind)
    render(kind)
    assert len(neighbour.asked) == 1
    neighbour.things = [Listed("Third")]
    has_changed(kind.topic)
    assert "Third" in render(kind)
    neighbour.until = timezone.now() - timedelta(seconds=1)
    has_changed(kind.topic)
    render(kind)
    render(kind)
    assert len(neighbour.asked) == 4


@pytest.mark.parametrize("kind", KINDS)
def test_an_empty_list_shows_nothing(neighbour, kind):
    neighbour.things = []
    assert render(kind).strip() == ""


def test_a_list_asks_for_as_many_as_the_editor_wants_on_the_site_of_the_page(neighbour):
    site = default_site()
    request = RequestFactory().get("/", headers={"host": "localhost"})
    html = render(KINDS[0], {"request": request}, count=1)
    assert "Second" not in html
    assert (neighbour.asked[0].count, neighbour.asked[0].site) == (1, site)


def test_languages_are_kept_apart(neighbour):
    render(KINDS[0])
    with translation.override("pl"):
        assert "Wszystkie" in render(KINDS[0])
    assert len(neighbour.asked) == 2


def test_editors_words_for_the_link_win(neighbour):
    link = {"text": "More of it", "page": None, "document": None, "url": "https://example.org/"}
    html = render(KINDS[0], link=link)
    assert 'href="https://example.org/">More of it' in html


def test_what_people_typed_is_escaped(neighbour):
    neighbour.things = [Listed("<script>", "/", "<b>bold</b>")]
    html = render(KINDS[0])
    assert "&lt;script&gt;" in html
    assert "&lt;b&gt;" in html


def test_open_calls_are_listed_with_their_deadline_and_are_right_at_once():
    call = open_call()
    context = {"request": RequestFactory().get("/", headers={"host": "localhost"})}
    html = render(BLOCKS["open_calls"], context)
    assert call.title in html
    assert "Deadline for offers" in html
    call.cancelled_at = timezone.now()
    call.save()
    assert call.title not in render(BLOCKS["open_calls"], context)


def test_organisations_are_listed_by_area_only_where_staff_accepted_them():
    clerk = person("clerk", is_superuser=True)
    site = default_site()
    sailing = organisation("Klub Szkwał", areas=["17"])
    choir = organisation("Chór", areas=["16"], register_number="0000123457")
    context = {"request": RequestFactory().get("/", headers={"host": "localhost"})}
    assert render(BLOCKS["organisations"], context).strip() == ""
    for each in (sailing, choir):
        show_on_sites(clerk, organisation=each, shown_on=[site], among=[site])
    everything = render(BLOCKS["organisations"], context)
    assert "Klub Szkwał" in everything
    assert "Chór" in everything
    of_area = render(BLOCKS["organisations"], context, area="17")
    assert "Klub Szkwał" in of_area
    assert "Chór" not in of_area
    show_on_sites(clerk, organisation=sailing, shown_on=[], among=[site])
    assert "Klub Szkwał" not in render(BLOCKS["organisations"], context)


def test_one_organisation_stands_in_focus_with_the_reason():
    club = organisation("Klub Szkwał")
    site = default_site()
    context = {"request": RequestFactory().get("/", headers={"host": "localhost"})}
    chosen = {"organisation": str(club.uuid), "why": "They sail."}
    assert render(OrganisationInFocusBlock, context, **chosen).strip() == ""
    show_on_sites(person("clerk"), organisation=club, shown_on=[site], among=[site])
    html = render(OrganisationInFocusBlock, context, **chosen)
    assert "Klub Szkwał" in html
    assert "They sail." in html


def test_staff_decide_for_their_own_sites_only():
    club, here, there = organisation(), default_site(), new_site("there.example.org")
    clerk = person("clerk")
    show_on_sites(clerk, organisation=club, shown_on=[there], among=[there])
    show_on_sites(clerk, organisation=club, shown_on=[], among=[here])
    assert [entry.site for entry in club.directory_entries.all()] == [there]
