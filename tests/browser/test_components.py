"""The page with every component: accessible in every look and width, valid, with scripts and without."""

from urllib.request import urlopen

import pytest

from tests.browser.axe import (
    assert_accessible,
    assert_accessible_in_each_look,
    assert_fits,
    assert_focus_is_seen,
    assert_rules,
    see,
)
from tests.browser.conftest import WIDTHS
from tests.browser.nu import assert_valid_html, find_errors

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

COMPONENTS = "/pl/components/"


def test_every_component_is_accessible(visit):
    assert_accessible_in_each_look(visit(COMPONENTS))


def test_nothing_scrolls_sideways(visit):
    page = visit(COMPONENTS)
    for width in WIDTHS:
        see(page, "light", width)
        assert_fits(page)


def test_every_component_is_valid_html(live_server):
    with urlopen(live_server.url + COMPONENTS) as response:  # noqa: S310
        assert_valid_html(response.read().decode())


def test_the_checker_finds_a_duplicate_id():
    page = '<!doctype html><html lang="en"><title>t</title><p id="a"></p><p id="a"></p></html>'
    assert any("Duplicate ID" in error["message"] for error in find_errors({"page": page})["page"])


def test_axe_finds_a_button_without_a_name(visit):
    page = visit(COMPONENTS)
    page.evaluate("document.querySelector('main').append(document.createElement('button'))")
    with pytest.raises(AssertionError, match="button-name"):
        assert_accessible(page)


@pytest.mark.parametrize(
    ("declaration", "rule"),
    [("color: #777", "color-contrast"), ("font-size: 8px; padding: 0", "target-size")],
)
def test_axe_finds_faint_words_and_small_targets_with_one_rule_alone(visit, declaration, rule):
    page = visit(COMPONENTS)
    assert_rules(page, None, rule)
    page.evaluate(
        """(declaration) => {
            const words = document.querySelector('main p')
            words.innerHTML = '<button>one</button><button>two</button>'
            words.style.background = '#888'
            words.childNodes.forEach((button) => { button.className = ''; button.style = declaration })
        }""",
        declaration,
    )
    with pytest.raises(AssertionError, match=rule):
        assert_rules(page, None, rule)


def test_a_focus_that_nobody_sees_is_found(visit):
    page = visit(COMPONENTS)
    assert_focus_is_seen(page, None)
    page.evaluate(
        """() => {
            const button = document.querySelector('main button')
            for (const name of ['outline', 'box-shadow', 'transition']) {
                button.style.setProperty(name, 'none', 'important')
            }
        }"""
    )
    with pytest.raises(AssertionError, match="nothing shows the focus of\n<button"):
        assert_focus_is_seen(page, None)


def test_a_page_that_is_too_wide_is_found(visit):
    page = visit(COMPONENTS)
    page.evaluate("document.querySelector('main').style.minWidth = '2000px'")
    with pytest.raises(AssertionError, match="too wide"):
        assert_accessible_in_each_look(page)


def test_an_inline_style_is_refused_and_told(visit, complaints):
    page = visit(COMPONENTS)
    page.evaluate("document.body.insertAdjacentHTML('beforeend', '<p style=\"color: red\">x</p>')")
    page.wait_for_timeout(100)
    assert any("Content Security Policy" in complaint for complaint in complaints)
    complaints.clear()


def test_the_list_of_errors_takes_focus_and_leads_to_the_field(visit):
    page = visit(COMPONENTS)
    summary = page.locator("[data-mypart-error-summary]")
    assert summary.evaluate("element => element === document.activeElement")
    for link in summary.get_by_role("link").all():
        assert page.locator(link.get_attribute("href")).count() == 1
    summary.get_by_role("link", name="Adres e-mail").click()
    assert page.evaluate("document.activeElement.id") == "id_failed-email"


def test_high_contrast_switches_at_once_and_stays(visit):
    page = visit(COMPONENTS)
    button = page.locator("button[name=contrast]")
    with page.expect_response("**/preferences/display/"):
        button.click()
    assert page.locator("html").get_attribute("data-mypart-contrast") == "high"
    assert button.get_attribute("aria-pressed") == "true"
    assert_accessible(page)
    page.reload()
    assert page.locator("html").get_attribute("data-mypart-contrast") == "high"


def test_the_theme_can_be_chosen_without_scripts(visit):
    page = visit(COMPONENTS, java_script_enabled=False)
    page.locator("button[name=theme][value=dark]").click()
    assert page.url.endswith(COMPONENTS)
    assert page.locator("html").get_attribute("data-mypart-theme") == "dark"


def test_the_menu_on_a_phone_opens_and_closes_by_keyboard(visit):
    page = visit(COMPONENTS, width="phone")
    button = page.locator("[data-mypart-disclosure]")
    menu = page.locator("#mypart-nav")
    assert not menu.is_visible()
    button.focus()
    page.keyboard.press("Enter")
    assert menu.is_visible()
    menu.get_by_role("link").first.focus()
    page.keyboard.press("Escape")
    assert not menu.is_visible()
    assert button.evaluate("element => element === document.activeElement")


def test_nothing_jumps_while_a_page_opens_on_a_phone(visit):
    page = visit(COMPONENTS, width="phone")
    shifts = page.evaluate(
        """() => new Promise((tell) => {
            let sum = 0;
            new PerformanceObserver((list) => list.getEntries().forEach((shift) => (sum += shift.value)))
                .observe({ type: "layout-shift", buffered: true });
            setTimeout(() => tell(sum), 300);
        })"""
    )
    assert shifts < 0.01


def test_the_menu_is_there_without_scripts(visit):
    page = visit(COMPONENTS, width="phone", java_script_enabled=False)
    assert page.locator("#mypart-nav").is_visible()


def test_the_first_tab_reaches_the_skip_link(visit):
    page = visit(COMPONENTS, java_script_enabled=False)
    page.keyboard.press("Tab")
    assert page.locator(":focus").get_attribute("class") == "mypart-skip"
    page.keyboard.press("Enter")
    assert page.locator(":focus").get_attribute("id") == "main"
