"""Pages an editor composes: what they show, what a draft may lack, what publishing asks for."""

import lxml.html
import pytest
from django.core.management import call_command
from django.utils import timezone
from wagtail.documents import get_document_model
from wagtail.models import Page

from mypart_wagtail.portal.models import ContentPage, HomePage, ProcedurePage, SectionPage
from tests.people import person
from tests.portal.editing import errors_of, new_page
from tests.portal.pages import add, easy_to_read, one_of_each, portal_home, procedure, sign_language, stream

pytestmark = pytest.mark.django_db

ASKED_ON_PUBLISHING = {"for_whom", "steps", "time_limits", "legal_basis", "contact"}


def shown(client, page: Page) -> lxml.html.HtmlElement:
    return lxml.html.document_fromstring(client.get(page.get_url()).content.decode())


def headings(document) -> list[str]:
    return [each.text_content() for each in document.find(".//main").iter("h1", "h2", "h3")]


def crumbs(document) -> list[str]:
    return [each.text_content() for each in document.cssselect(".mypart-breadcrumbs li")]


def test_every_type_has_one_heading_and_its_lead(client):
    for page in one_of_each():
        document = shown(client, page)
        assert headings(document).count(page.title) == 1
        assert len(document.findall(".//h1")) == 1
        assert getattr(page, "lead", "") in document.text_content()


def test_a_procedure_stands_under_the_same_headings_each_time(client):
    document = shown(client, procedure())
    assert headings(document) == [
        "Local initiative",
        "Who",
        "Steps",
        "Describe the idea",
        "Documents",
        "Time limits",
        "Legal basis",
        "Contact",
        "Do you need help?",
    ]
    contents = document.cssselect(".mypart-contents a")
    assert [link.text for link in contents] == [
        "Who",
        "Steps",
        "Documents",
        "Time limits",
        "Legal basis",
        "Contact",
    ]
    for link in contents:
        assert document.get_element_by_id(link.get("href")[1:]).tag == "h2"


def test_a_section_of_a_procedure_that_is_empty_is_not_shown(client):
    document = shown(client, procedure(documents="[]"))
    assert "Documents" not in headings(document)


def test_a_section_lists_the_pages_under_it_with_their_leads(client):
    section = add(SectionPage, "Procedures")
    add(ContentPage, "Loan fund", parent=section, lead="A loan in advance.")
    hidden = add(ContentPage, "Hidden", parent=section)
    hidden.unpublish()
    text = shown(client, section).text_content()
    assert "Loan fund" in text
    assert "A loan in advance." in text
    assert "Hidden" not in text


@pytest.mark.parametrize("count", [1, 20])
def test_a_section_asks_the_database_as_often_for_many_pages_as_for_one(
    client, count, django_assert_max_num_queries
):
    section = add(SectionPage, "Procedures")
    for number in range(count):
        add(ContentPage, f"Page {number}", parent=section)
    client.get(section.get_url())
    with django_assert_max_num_queries(13):
        assert shown(client, section).text_content().count("Page ") == count


def test_breadcrumbs_lead_back_to_the_home_page(client):
    section = add(SectionPage, "Procedures")
    page = add(ContentPage, "Loan fund", parent=section)
    assert crumbs(shown(client, page)) == ["Home page", "Procedures", "Loan fund"]
    assert crumbs(shown(client, section)) == ["Home page", "Procedures"]
    assert crumbs(shown(client, portal_home())) == []


def test_the_button_of_a_home_page_leads_nowhere_when_its_page_is_gone(client):
    section = add(SectionPage, "Procedures")
    page = portal_home(button="Go on", button_page=section.page_ptr)
    assert "Go on" in shown(client, page).text_content()
    section.unpublish()
    assert "Go on" not in shown(client, page).text_content()


def test_easy_sentences_stand_each_for_itself(client):
    words = shown(client, easy_to_read()).cssselect(".mypart-easy__words p")
    assert [each.text for each in words] == ["We help people.", "You can come."]


def test_a_film_in_sign_language_has_its_text_beside_it(client):
    document = shown(client, sign_language())
    assert document.findall(".//video")
    assert "We help." in document.text_content()


def test_pages_with_nothing_in_them_open(client):
    for kind in (HomePage, SectionPage, ContentPage):
        assert client.get(add(kind, f"Empty {kind.__name__}").get_url()).status_code == 200


def test_long_words_and_texts_from_right_to_left_are_shown(client):
    title = "Konstantynopolitańczykowianeczka" * 3
    page = add(ContentPage, title[:200], lead="مرحبا بكم", body=stream(("paragraph", "<p>שלום</p>")))
    text = shown(client, page).text_content()
    assert "مرحبا بكم" in text
    assert "שלום" in text


def test_a_draft_of_a_procedure_may_lack_everything(client):
    client.force_login(person("editor", is_superuser=True))
    response = new_page(client, ProcedurePage, title="Draft")
    assert errors_of(response) == {}
    assert not ProcedurePage.objects.get().live


def test_publishing_a_procedure_asks_for_what_every_procedure_has(client):
    client.force_login(person("editor", is_superuser=True))
    response = new_page(client, ProcedurePage, "action-publish", title="Draft")
    assert set(errors_of(response)) == ASKED_ON_PUBLISHING
    assert not ProcedurePage.objects.exists()


def test_an_incomplete_procedure_stops_no_scheduler(client):
    page = ProcedurePage(title="Scheduled", live=False, go_live_at=timezone.now())
    procedure().get_parent().add_child(instance=page)
    page.save_revision(approved_go_live_at=timezone.now())
    call_command("publish_scheduled")
    page.refresh_from_db()
    assert page.live
    assert client.get(page.get_url()).status_code == 200


def test_a_procedure_whose_form_was_deleted_is_shown_without_it(client):
    page = procedure()
    assert "form" in client.get(page.url).content.decode()
    get_document_model().objects.all().delete()
    assert client.get(page.url).status_code == 200
