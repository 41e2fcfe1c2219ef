"""What an editor sees beside the form is what everybody sees once the page is published."""

import re

import pytest
from django.test import Client

from mypart_wagtail.portal.models import HomePage
from tests.blocks.samples import OFFERED, examples, page_with
from tests.grants.calls import open_call
from tests.portal.pages import add, one_of_each
from tests.portal.statements import statement

pytestmark = pytest.mark.django_db

# Made anew for each request.
PASSING = re.compile(
    r'name="(csrfmiddlewaretoken|attempt|captcha_0)" value="[^"]*"|Which of these words [^<]*'
)


def main_part(html: str) -> str:
    return PASSING.sub("", html[html.index("<main") : html.index("</main>")])


def test_the_preview_shows_what_the_public_page_shows():
    open_call()
    home = add(HomePage, "Start", lead="Welcome", body=[("offer_generator", {"layout": "list"})])
    pages = [*one_of_each(home), home, statement("en"), page_with(examples(OFFERED), slug="every-block")]
    different = [
        page.title
        for page in pages
        if main_part(page.make_preview_request().content.decode())
        != main_part(Client().get(page.get_url()).content.decode())
    ]
    assert not different
