"""Two people behind one cache: the page is the same for both, and each sees only what is their own."""

import pytest
from django.utils import timezone

from mypart_wagtail.grants.services.applications import start_application
from mypart_wagtail.portal.models import HomePage
from sandbox.models import MunicipalPage
from tests.browser.caching_proxy import shared_cache
from tests.browser.conftest import let_in
from tests.grants.calls import open_call
from tests.people import member, organisation, person
from tests.sites import default_site

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def cache(live_server):
    with shared_cache(live_server.url) as proxy:
        yield proxy


@pytest.fixture
def begin(transactional_db):
    """Someone with a draft of that title."""
    call = open_call()

    def one(name: str, title: str):
        user = member(organisation(f"Klub {name}"), name)
        club = user.mypart_memberships.get().organisation
        document = start_application(user, call=call, organisation=club, at=timezone.now()).document
        document.title = document.data["title"] = title
        document.save()
        application = document.application
        application.title = title
        application.save()
        return user

    return one


def page_with_block(kind: type) -> str:
    page = kind(title="Dotacje", slug="dotacje", body=[("offer_generator", {"heading": "Dotacje"})])
    default_site().root_page.add_child(instance=page)
    return page.url


def visit(open_context, cache, address, user=None):
    context = open_context()
    if user:
        let_in(context, user)
    page = context.new_page()
    page.goto(cache.url + address)
    return page


def test_each_sees_only_their_own_offers_on_the_same_kept_page(cache, begin, open_context):
    anna, piotr = begin("anna", "Szachy"), begin("piotr", "Ogród")
    address = page_with_block(MunicipalPage)
    first = visit(open_context, cache, address, anna)
    first.get_by_role("link", name="Szachy").wait_for()
    second = visit(open_context, cache, address, piotr)
    second.get_by_role("link", name="Ogród").wait_for()
    assert second.get_by_role("link", name="Szachy").count() == 0
    assert cache.hits.count(address) == 1


def test_a_visitor_gets_the_page_a_signed_in_person_left_in_the_cache_with_nothing_of_theirs(
    cache, begin, open_context
):
    anna = begin("anna", "Szachy")
    address = page_with_block(MunicipalPage)
    visit(open_context, cache, address, anna).get_by_role("link", name="Szachy").wait_for()
    stranger = visit(open_context, cache, address)
    stranger.wait_for_load_state("networkidle")
    assert stranger.get_by_role("link", name="Szachy").count() == 0
    assert stranger.get_by_role("link", name="My offers").is_visible()
    assert cache.hits.count(address) == 1


def test_a_page_with_our_header_is_kept_apart_for_each_person_and_once_for_all_visitors(
    cache, begin, open_context
):
    anna = begin("anna", "Szachy")
    address = page_with_block(HomePage)
    assert visit(open_context, cache, address, anna).get_by_role("link", name="Sign out").is_visible()
    assert visit(open_context, cache, address, person("piotr")).get_by_text("Szachy").count() == 0
    for _visit in range(2):
        visitor = visit(open_context, cache, address)
        assert visitor.get_by_role("link", name="Sign in").is_visible()
        assert visitor.get_by_role("link", name="Sign out").count() == 0
    assert cache.hits.count(address) == 1
