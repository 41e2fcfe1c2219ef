"""People of organisations in Wagtail's own editor: what they need, and what is asked of pictures."""

import pytest
from django.urls import reverse
from wagtail.models import Page

from mypart_wagtail.news.models import NewsPage
from tests.blocks.samples import stored_picture
from tests.organisations.public import profile_of
from tests.portal.pages import stream
from tests.publishing.test_walls import in_collection
from tests.publishing.writers import draft, writer

pytestmark = pytest.mark.django_db

SUBMIT, SAVE = {"action-submit": "1"}, {}


@pytest.fixture
def ewa(club):
    return writer(club, "ewa")


@pytest.fixture
def page(club, ewa):
    return draft(club, ewa)


@pytest.fixture
def picture(club, ewa):
    return in_collection(stored_picture(), club)


def editor_of(client, user, page):
    client.force_login(user)
    return client.get(reverse("wagtailadmin_pages:edit", args=[page.pk]))


def send(client, user, page, action, **facts):
    """The answer of the editor to ``facts``, all else as it is."""
    form = editor_of(client, user, page).context["form"]
    data = {
        "title": page.title,
        "lead": page.lead,
        "date": "2026-11-10",
        "body-count": "0",
        "attachments-count": "0",
        "comments-TOTAL_FORMS": "0",
        "comments-INITIAL_FORMS": "0",
    }
    if "slug" in form.fields:
        data["slug"] = page.slug
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    return client.post(address, data | facts | action)


def errors(answer) -> set[str]:
    return set(answer.context["form"].errors) if answer.status_code == 200 else set()


def test_authors_see_no_address_no_search_engines_and_no_blocks_of_the_city(client, ewa, page):
    form = editor_of(client, ewa, page).context["form"]
    assert not {"slug", "seo_title", "search_description", "show_in_menus"} & set(form.fields)
    blocks = set(form.fields["body"].block.child_blocks)
    assert {"paragraph", "picture", "documents"} <= blocks
    assert not {"offer_generator", "latest_news", "newsletter", "statistics"} & blocks


def test_staff_see_them_all(client, admin_user, page):
    form = editor_of(client, admin_user, page).context["form"]
    assert {"slug", "seo_title"} <= set(form.fields)
    assert "offer_generator" in form.fields["body"].block.child_blocks


def test_what_staff_put_on_a_page_is_not_lost_when_its_author_saves(client, ewa, page):
    quote = {"text": "We sail.", "author": "Ewa"}
    page.body = stream(("statistics", {"heading": "Boats", "figures": []}), ("quote", quote))
    page.save_revision()
    form = editor_of(client, ewa, page).context["form"]
    assert "statistics" in form.fields["body"].block.child_blocks
    assert "chart" not in form.fields["body"].block.child_blocks


def test_a_block_of_the_city_sent_past_the_form_is_left_out(client, ewa, page):
    block = {"body-0-deleted": "", "body-0-order": "0", "body-0-type": "newsletter", "body-0-id": ""}
    send(client, ewa, page, SAVE, **(block | {"body-count": "1"}))
    assert not page.get_latest_revision_as_object().body


def test_a_new_page_gets_its_address_from_its_title(client, ewa, club):
    client.force_login(ewa)
    address = reverse("wagtailadmin_pages:add", args=["mypart_news", "newspage", profile_of(club).pk])
    data = {"title": "Święto łódek", "date": "2026-11-10", "body-count": "0", "attachments-count": "0"}
    client.post(address, data | {"comments-TOTAL_FORMS": "0", "comments-INITIAL_FORMS": "0"})
    assert NewsPage.objects.get().slug == "swieto-lodek"


def test_an_address_sent_past_the_form_changes_nothing(client, ewa, page):
    send(client, ewa, page, SAVE, slug="other")
    assert Page.objects.get(pk=page.pk).get_latest_revision_as_object().slug == page.slug


def test_a_picture_is_described_and_its_people_are_asked_before_moderators_get_it(client, ewa, page, picture):
    assert errors(send(client, ewa, page, SUBMIT, picture=picture.pk)) == {"picture_alt", "people_agree"}
    assert page.current_workflow_state is None
    described = {"picture": picture.pk, "picture_alt": "Two boats", "people_agree": "on"}
    assert send(client, ewa, page, SUBMIT, **described).status_code == 302
    assert NewsPage.objects.get().current_workflow_state is not None


def test_an_ornament_needs_no_description(client, ewa, page, picture):
    ornament = {"picture": picture.pk, "picture_is_ornament": "on", "people_agree": "on"}
    assert send(client, ewa, page, SUBMIT, **ornament).status_code == 302


def test_a_draft_may_say_it_later(client, ewa, page, picture):
    assert send(client, ewa, page, SAVE, picture=picture.pk).status_code == 302


@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01"])
def test_a_slip_in_the_year_is_told_at_the_date(client, ewa, page, day):
    assert errors(send(client, ewa, page, SAVE, date=day)) == {"date"}


def test_pictures_in_the_text_ask_for_agreement_too(client, ewa, page, picture):
    block = {
        "body-count": "1",
        "body-0-deleted": "",
        "body-0-order": "0",
        "body-0-type": "picture",
        "body-0-id": "",
        "body-0-value-image-image": picture.pk,
        "body-0-value-image-alt_text": "Two boats",
        "body-0-value-image-decorative": "",
        "body-0-value-caption": "",
        "body-0-value-author": "",
    }
    assert errors(send(client, ewa, page, SUBMIT, **block)) == {"people_agree"}
    assert send(client, ewa, page, SUBMIT, **block, people_agree="on").status_code == 302
