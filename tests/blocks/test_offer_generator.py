"""The block on a page: what editors choose, what visitors read, and what holds on pages of others."""

from datetime import timedelta

import pytest
from django.apps import apps
from django.test import RequestFactory
from django.urls import reverse
from django.utils import timezone
from wagtail.blocks import StructBlockValidationError
from wagtail.fields import StreamField

from mypart_wagtail import blocks
from mypart_wagtail.blocks import ContentStreamBlock, OfferGeneratorBlock
from mypart_wagtail.grants.models import Call, CallPage
from sandbox.models import MunicipalPage
from tests.grants.calls import open_call
from tests.people import person
from tests.sites import default_site, new_site

pytestmark = [pytest.mark.django_db, pytest.mark.database]

CLOSED = {"intake_until": timezone.now() - timedelta(days=1)}


def shown(request=None, page=None, **value) -> str:
    """The HTML of the block with ``value``; by default the block as it is first put on a page."""
    block = OfferGeneratorBlock()
    filled = block.to_python(block.get_default() | value)
    return block.render(filled, context={"request": request, "page": page})


def request_at(host: str):
    return RequestFactory().get("/", headers={"host": host})


def cleaned(**value):
    block = OfferGeneratorBlock()
    return block.clean(block.to_python(block.get_default() | value))


def test_an_open_call_is_shown_with_dates_money_days_left_and_the_way_in():
    call = open_call(intake_until=timezone.now() + timedelta(days=40))
    html = shown()
    for words in (call.title, "Offers until", "40 days left", "100,000.00", "Greatest grant", "Offers from"):
        assert words in html.replace("\u00a0", " ")
    assert reverse("mypart_grants:start", args=[call.uuid]) in html
    assert CallPage.objects.get().url in html


def test_what_is_not_open_yet_or_any_more_is_not_among_the_open_calls():
    open_call(title="Otwarty")
    open_call(title="Zapowiedziany", intake_from=timezone.now() + timedelta(days=2))
    open_call(title="Zakończony", **CLOSED)
    html = shown()
    assert "Otwarty" in html
    assert "Zapowiedziany" not in html
    assert "Zakończony" not in html


def test_calls_of_one_area():
    open_call(title="Sport", areas=["17"])
    open_call(title="Kultura", areas=["16"])
    html = shown(selection="area", area="16")
    assert "Kultura" in html
    assert "Sport" not in html


def test_chosen_calls_come_in_the_order_chosen_also_when_closed_or_cancelled_and_lead_to_no_form_then():
    closed = open_call(title="Zakończony", **CLOSED)
    cancelled = open_call(title="Unieważniony")
    Call.objects.filter(pk=cancelled.pk).update(cancelled_at=timezone.now())
    other = open_call(title="Otwarty")
    html = shown(selection="chosen", calls=[str(cancelled.uuid), str(closed.uuid)])
    assert html.index("Unieważniony") < html.index("Zakończony")
    assert "cancelled" in html
    assert "closed" in html
    assert str(other.uuid) not in html
    assert "Fill in an offer" not in html


def test_with_no_call_it_says_so_and_still_leads_to_ones_offers():
    html = shown()
    assert "No call is open now." in html
    assert reverse("mypart_grants:applications") in html


def test_without_a_heading_screen_readers_still_hear_one():
    assert '<h2 class="mypart-visually-hidden">Calls</h2>' in shown()
    assert "<h2>Dotacje</h2>" in shown(heading="Dotacje")


def test_the_layout_is_told_to_the_stylesheet_the_block_brings_along():
    assert "mypart-offer-generator--list" in shown(layout="list")
    assert 'href="/static/mypart/mypart.css"' in shown()


def test_calls_of_another_site_stay_there_even_if_chosen():
    call = open_call()
    other = new_site("katowice.example.org")
    for value in ({}, {"selection": "chosen", "calls": [str(call.uuid)]}):
        assert call.title in shown(request_at("localhost"), **value)
        assert call.title not in shown(request_at("katowice.example.org"), **value)
        assert call.title not in shown(page=other.root_page, **value)
        assert call.title in shown(page=default_site().root_page, **value)


def test_a_call_whose_page_is_hidden_keeps_its_way_into_the_form():
    call = open_call()
    CallPage.objects.get().unpublish()
    html = shown()
    assert call.title in html
    assert html.count(reverse("mypart_grants:start", args=[call.uuid])) == 2


@pytest.mark.parametrize(
    ("value", "field", "message"),
    [
        ({"selection": "area"}, "area", "Choose an area."),
        ({"selection": "chosen"}, "calls", "Choose at least one call."),
    ],
)
def test_what_is_missing_is_told_at_its_field(value, field, message):
    with pytest.raises(StructBlockValidationError) as error:
        cleaned(**value)
    assert error.value.block_errors[field].messages == [message]


def test_a_call_that_does_not_exist_cannot_be_chosen():
    with pytest.raises(StructBlockValidationError) as error:
        cleaned(selection="chosen", calls=["00000000-0000-0000-0000-000000000000"])
    assert set(error.value.block_errors) == {"calls"}


def test_areas_and_calls_not_asked_for_may_stay_empty():
    assert cleaned(selection="open")["layout"] == "cards"


def test_the_html_is_the_same_for_everyone(client):
    open_call()
    page = MunicipalPage(title="Dotacje", slug="dotacje", body=[("offer_generator", {"heading": "Dotacje"})])
    default_site().root_page.add_child(instance=page)
    for_visitors = client.get(page.url)
    client.force_login(person("anna"))
    for_anna = client.get(page.url)
    assert for_anna.content == for_visitors.content
    # Caches keep it for everyone: it differs by how it is compressed and by nothing of who asks.
    assert for_anna["Vary"] == "Accept-Encoding"
    assert not for_anna.cookies


def test_what_changes_shows_at_once():
    call = open_call(title="Sport")
    page = CallPage.objects.get()
    request = request_at("localhost")
    assert "Sport" in shown(request)
    page.title = "Sport i rekreacja"
    page.save_revision().publish()
    assert "Sport i rekreacja" in shown(request)
    call.authority.name = "Zarząd Powiatu"
    call.authority.save()
    assert "Zarząd Powiatu" in shown(request)
    page.slug = "inny-adres"
    page.save_revision().publish()
    assert "inny-adres" in shown(request)
    page.unpublish()
    assert "inny-adres" not in shown(request)
    call = Call.objects.get()
    call.cancelled_at = timezone.now()
    call.save()
    assert "Sport" not in shown(request)


def test_a_second_visitor_asks_the_database_for_no_calls(django_assert_num_queries):
    open_call()
    request = request_at("localhost")
    first = shown(request)
    with django_assert_num_queries(0):
        assert shown(request) == first


def test_what_is_kept_gives_way_when_a_call_opens_or_closes(monkeypatch):
    now = timezone.now()
    page = default_site().root_page
    open_call(title="Pierwszy", intake_until=now + timedelta(minutes=30))
    open_call(title="Drugi", intake_from=now + timedelta(minutes=20))
    assert "Pierwszy" in shown(page=page)
    monkeypatch.setattr(timezone, "now", lambda: now + timedelta(minutes=25))
    assert "Drugi" in shown(page=page)
    assert "Pierwszy" in shown(page=page)
    monkeypatch.setattr(timezone, "now", lambda: now + timedelta(minutes=35))
    assert "Pierwszy" not in shown(page=page)


def test_the_picker_shows_it_on_a_site_without_calls_in_polish_too(admin_client):
    address = reverse("wagtailadmin_block_preview")
    definition = OfferGeneratorBlock().definition_prefix
    page = admin_client.get(address, {"id": definition}).content.decode()
    assert "Sport for children" in page
    assert "Fill in an offer" in page


def test_a_host_without_calls_does_not_offer_the_block_and_is_told_when_it_lists_it(monkeypatch):
    assert "offer_generator" in ContentStreamBlock().child_blocks
    assert OfferGeneratorBlock().check() == []
    monkeypatch.setattr(apps.get_app_config("mypart_grants"), "mypart_providers", {})
    assert "offer_generator" not in ContentStreamBlock().child_blocks
    assert [warning.id for warning in OfferGeneratorBlock().check()] == ["mypart_blocks.W001"]
    assert "No call is open now." in shown()
    assert "data-mypart-load" not in shown()


def test_a_migration_of_a_host_names_the_block_and_none_of_its_details():
    field = StreamField([("offer_generator", OfferGeneratorBlock())])
    _name, _path, _args, kwargs = field.deconstruct()
    found = ("mypart_wagtail.blocks.offer_generator.OfferGeneratorBlock", [], {})
    assert found in kwargs["block_lookup"].values()


def test_the_package_of_blocks_names_what_it_has():
    with pytest.raises(AttributeError, match="no attribute 'Nothing'"):
        blocks.Nothing  # noqa: B018
    assert blocks.OfferGeneratorBlock is OfferGeneratorBlock
