"""A page of all blocks: accessible and valid on our pages and on those of hosts, in every look and width."""

import re
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import pytest
from playwright.sync_api import Page, Route

from mypart_wagtail.blocks.content import BLOCKS
from mypart_wagtail.listings import Fact, Listed
from sandbox.models import MunicipalPage
from tests.blocks.neighbours import KINDS, install
from tests.blocks.samples import OWN_CONTENT, examples, page_with, stream_item
from tests.browser.axe import assert_accessible, assert_accessible_in_each_look, assert_fits
from tests.browser.nu import assert_valid_html
from tests.grants.calls import open_call

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LONGEST = "Konstantynopolitańczykowianeczkówna-dziewięćsetdziewięćdziesięciodziewięcionarodowościowa"
ARABIC = "مرحبا، كيف تحصل المنظمة على منحة؟"
BOOTSTRAP = (Path(__file__).parent / "bootstrap_like.css").read_text()

SAME = ("kind", "style", "level", "anchor", "url", "email", "phone", "id", "type", "latitude", "longitude")

# Charts of the kinds that the picker's example is not.
CHARTS = [
    ("line", [("2023", ["1200.5", "900"]), ("2024", ["1500", None]), ("2025", ["12345.25", "1000"])]),
    ("radar", [("Klauzule społeczne", ["3", "4"]), ("Konsultacje", ["2", "5"]), ("Partnerstwa", ["4", "1"])]),
]


LISTS = [name for name, kind in BLOCKS.items() if kind in KINDS]


@pytest.fixture(autouse=True)
def neighbour(monkeypatch):
    """Every list has something to show, also those whose apps are not installed here."""
    return install(monkeypatch)


def every_block() -> list[dict[str, Any]]:
    body = examples([*OWN_CONTENT, *LISTS])
    sample = next(item["value"] for item in body if item["type"] == "chart")
    for kind, rows in CHARTS:
        data = [{"label": label, "values": values} for label, values in rows]
        body.append(stream_item("chart", sample | {"kind": kind, "rows": data}))
    return body


def reworded(value: Any, words: str) -> Any:
    """``value`` with ``words`` in place of all that people read."""
    if isinstance(value, list):
        return [reworded(item, words) for item in value]
    if isinstance(value, dict):
        return {key: part if key in SAME else reworded(part, words) for key, part in value.items()}
    if str(value).startswith("<p"):
        return f"<p>{words}</p>"
    return words if " " in str(value) else value


def body_in(words: str) -> list[dict[str, Any]]:
    return [item | {"value": reworded(item["value"], words)} for item in every_block()]


def test_all_blocks_are_accessible(visit):
    page = visit(page_with(every_block()).url)
    open_all(page)
    assert_accessible_in_each_look(page)


def test_all_blocks_are_accessible_on_a_page_that_is_not_ours(visit):
    page = visit(page_with(every_block(), kind=MunicipalPage).url)
    open_all(page)
    assert_accessible_in_each_look(page)


def test_all_blocks_are_accessible_under_a_host_s_unlayered_rules(visit):
    open_call()
    generators = [stream_item("offer_generator", {"layout": layout}) for layout in ("cards", "list")]
    address = page_with(every_block() + generators, kind=MunicipalPage).url
    page = visit(address, bypass_csp=True)
    page.locator("link[href*='sandbox/city']").evaluate("link => link.remove()")
    page.add_style_tag(content=BOOTSTRAP)
    open_all(page)
    assert_accessible_in_each_look(page, within=".mypart")


@pytest.mark.parametrize("words", [f"{LONGEST} {ARABIC}", ARABIC])
def test_the_longest_words_and_those_from_right_to_left_stay_in_their_place(visit, neighbour, words):
    neighbour.things = [Listed(words, "/first/", words, (Fact(words, words),))]
    page = visit(page_with(body_in(words)).url, width="smallest")
    assert_fits(page)
    page.evaluate("document.documentElement.dir = 'rtl'")
    open_all(page)
    assert_fits(page)
    assert_accessible(page)


def test_all_blocks_are_valid_html_filled_and_empty(live_server):
    empty = [stream_item(name, "" if name == "paragraph" else {}) for name in [*OWN_CONTENT, *LISTS]]
    page = page_with(every_block() + empty)
    with urlopen(live_server.url + page.url) as response:  # noqa: S310
        assert_valid_html(response.read().decode())


def test_a_block_looks_the_same_beside_the_offer_generator_which_loads_its_stylesheet_again(visit):
    alone = visit(page_with(examples(["cards"]), slug="alone").url)
    body = [stream_item("offer_generator", {}), *examples(["cards"])]
    beside = visit(page_with(body, slug="beside").url)
    assert margin_of_picture(alone) == margin_of_picture(beside) != "0px"


def margin_of_picture(page: Page) -> str:
    """Negative: the picture of a card reaches the edges of the card."""
    picture = page.locator(".mypart-topics__picture").first
    return picture.evaluate("element => getComputedStyle(element).marginTop")


def test_a_table_is_downloaded_without_asking_the_server(visit):
    page = visit(page_with(examples(["table"])).url, accept_downloads=True)
    with page.expect_download() as waiting:
        page.get_by_role("link", name="CSV").click()
    assert waiting.value.suggested_filename == "grants-of-last-year-by-area.csv"
    lines = Path(waiting.value.path()).read_text(encoding="utf-8-sig").splitlines()
    assert lines == ["Area,Offers,PLN", "Sport,12,180 000", "Culture,9,95 500"]


FILM = {"title": "NGO Day", "url": "https://youtu.be/dQw4w9WgXcQ", "description": "", "transcript": ""}
PLAYER = "https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ"


@pytest.fixture
def _player_allowed(settings):
    settings.MYPART = settings.MYPART | {"EMBED_HOSTS": ["www.youtube-nocookie.com"]}
    policy = settings.PUBLIC_DIRECTIVES | {"frame-src": ["https://www.youtube-nocookie.com"]}
    settings.CONTENT_SECURITY_POLICY = {"DIRECTIVES": policy}


@pytest.mark.usefixtures("_player_allowed")
def test_a_film_of_another_site_loads_only_when_the_visitor_agrees(open_context):
    context = open_context()
    asked: list[str] = []
    context.route(re.compile("^https:"), lambda route: play(route, asked))
    page = context.new_page()
    page.goto(page_with([stream_item("embed", FILM)]).url)
    button = page.get_by_role("button", name="youtu.be")
    button.focus()
    assert asked == []
    page.keyboard.press("Enter")
    page.frame_locator("iframe").get_by_text("A player").wait_for()
    assert asked == [PLAYER]
    assert page.locator("iframe").get_attribute("title") == "NGO Day"
    assert page.locator("iframe").evaluate("element => element === document.activeElement")


def play(route: Route, asked: list[str]) -> None:
    asked.append(route.request.url)
    route.fulfill(content_type="text/html", body="<!doctype html><title>Player</title><p>A player</p>")


@pytest.mark.parametrize("javascript", [True, False])
def test_where_no_host_is_allowed_a_link_leads_to_the_film(visit, javascript):
    page = visit(page_with([stream_item("embed", FILM)]).url, java_script_enabled=javascript)
    assert page.get_by_role("link", name="NGO Day on youtu.be").get_attribute("href") == FILM["url"]
    assert page.locator("[data-mypart-embed]").count() == 0


@pytest.mark.usefixtures("_player_allowed")
def test_without_javascript_only_the_link_is_seen(visit):
    page = visit(page_with([stream_item("embed", FILM)]).url, java_script_enabled=False)
    assert page.get_by_role("link", name="NGO Day on youtu.be").is_visible()
    assert not page.locator("[data-mypart-embed]").is_visible()


def test_what_is_folded_on_the_screen_is_open_on_paper(visit):
    page = visit(page_with(examples(["accordion"])).url)
    folded = page.get_by_text("Associations, foundations and clubs.")
    assert not folded.is_visible()
    page.emulate_media(media="print")
    assert folded.is_visible()


def open_all(page: Page) -> None:
    page.evaluate("document.querySelectorAll('main details').forEach(details => { details.open = true; })")
