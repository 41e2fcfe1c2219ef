"""The page people get when something fails looks like the others and is as accessible."""

import pytest

from tests.browser.axe import assert_accessible

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize(("width", "look"), [("smallest", "light"), ("desktop", "dark")])
def test_the_page_of_a_failure_is_styled_and_accessible(visit, complaints, settings, width, look):
    settings.ROOT_URLCONF = "tests.sandbox.failing_urls"
    page = visit("/fails/", width=width, look=look)
    band = page.locator(".mypart-header").evaluate("element => getComputedStyle(element).backgroundColor")
    assert band != "rgba(0, 0, 0, 0)"
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert_accessible(page)
    complaints.clear()  # The browser complains of the status.
