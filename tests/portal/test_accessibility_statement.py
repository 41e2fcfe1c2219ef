"""A statement prints what the law wants, so that machines find it, and says nothing that cannot be true."""

from datetime import date, timedelta

import lxml.html
import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.test.utils.form_data import nested_form_data, rich_text
from wagtail_localize.models import Translation, TranslationSource

from mypart_wagtail.portal.accessibility_statement_checks import faults, is_overdue
from mypart_wagtail.portal.models import AccessibilityStatementPage
from tests.people import person
from tests.portal.statements import facts, home, statement
from tests.sites import default_site, new_site

ALWAYS = [
    "a11y-wstep",
    "a11y-podmiot",
    "a11y-zakres",
    "a11y-url",
    "a11y-data-publikacja",
    "a11y-data-aktualizacja",
    "a11y-status",
    "a11y-data-sporzadzenie",
    "a11y-data-przeglad",
    "a11y-kontakt",
    "a11y-email",
    "a11y-telefon",
    "a11y-procedura",
    "a11y-architektura",
    "a11y-komunikacja",
]
SECTIONS = [
    "Deklaracja dostępności",
    "Stan dostępności cyfrowej",
    "Niedostępne treści",
    "Niezgodność z załącznikiem",
    "Treści nieobjęte przepisami",
    "Nadmierne koszty",
    "Przygotowanie deklaracji dostępności i jej aktualizacja",
    "Skróty klawiszowe",
    "Informacje zwrotne i dane kontaktowe",
    "Obsługa wniosków i skarg związanych z dostępnością",
    "Pozostałe informacje",
    "Aplikacje mobilne",
    "Dostępność architektoniczna",
    "Dostępność komunikacyjno-informacyjna",
]
RICH = ("failures", "exempt", "burden", "shortcuts", "applications", "building", "communication", "other")
NEEDED = (
    *("entity", "site_address", "site_published_on", "site_updated_on", "status", "prepared_on"),
    *("assessment", "contact", "email", "phone", "building", "communication"),
)
THIS_YEAR = timezone.localdate().year
TOMORROW = timezone.localdate() + timedelta(days=1)


@pytest.fixture
def editor(client, db):
    client.force_login(person("editor", is_superuser=True))
    return client


def shown(client, page) -> lxml.html.HtmlElement:
    return lxml.html.document_fromstring(client.get(page.url).content.decode()).find(".//main")


def ids(main) -> list[str]:
    return [element.get("id") for element in main.iterdescendants() if "a11y" in element.get("id", "")]


def post(client, action: str, **changes):
    """What an editor's browser sends for a new statement."""
    values = {
        name: rich_text(value) if name in RICH else value
        for name, value in (dict.fromkeys(RICH, "") | facts(**changes)).items()
    }
    comments = {"TOTAL_FORMS": 0, "INITIAL_FORMS": 0}
    data = nested_form_data(values | {"comments": comments} | ({action: "yes"} if action else {}))
    kind = ["mypart_portal", "accessibilitystatementpage"]
    address = reverse("wagtailadmin_pages:add", args=[*kind, default_site().root_page.pk])
    return client.post(address, {name: value for name, value in data.items() if value is not None})


def errors(response) -> dict[str, list[str]]:
    return {name: [str(error) for error in found] for name, found in response.context["form"].errors.items()}


def test_each_id_that_machines_look_for_stands_in_it_once(client, db):
    main = shown(client, statement())
    assert sorted(ids(main)) == sorted(ALWAYS)


def test_ids_of_what_is_not_everywhere_stand_where_it_is(client, db):
    page = statement(
        applications="<p>Brak.</p>",
        building_address="https://www.example.org/budynek/",
        assessment="external",
        assessor="Fundacja",
        assessment_address="https://www.example.org/raport/",
    )
    added = {"a11y-aplikacje", "a11y-architektura-url", "a11y-ocena"}
    assert set(ids(shown(client, page))) - set(ALWAYS) == added


def test_the_sections_have_the_official_names_in_the_official_order(client, db):
    page = statement("pl", other="<p>Więcej.</p>", applications="<p>Brak.</p>")
    main = shown(client, page)
    assert [heading.text_content() for heading in main.xpath(".//h1|.//h2|.//h3")] == SECTIONS


def test_dates_and_addresses_are_such_as_machines_read(client, db):
    main = shown(client, statement("pl"))
    published = f"{THIS_YEAR - 1}-09-01"
    time = main.get_element_by_id("a11y-data-publikacja")
    assert (time.tag, time.get("datetime"), time.text) == ("time", published, published)
    assert main.get_element_by_id("a11y-email").get("href") == "mailto:dostepnosc@example.org"
    assert main.get_element_by_id("a11y-telefon").get("href") == "tel:+48325550000"
    assert main.get_element_by_id("a11y-status").text == "częściowo zgodna"
    assert (
        "swojej strony internetowej zgodnie z przepisami"
        in main.get_element_by_id("a11y-wstep").text_content()
    )


def test_what_is_not_there_is_said_to_be_not_there(client, db):
    text = shown(client, statement("pl", status="compliant", failures="")).text_content()
    assert "Nie są znane." in text
    assert "wyłączeń wymienionych poniżej" not in text


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"status": "compliant"}, "status"),
        ({"failures": "<p></p>"}, "failures"),
        ({"status": "not_compliant", "failures": ""}, "failures"),
        ({"site_updated_on": date(THIS_YEAR - 1, 8, 31)}, "site_updated_on"),
        ({"reviewed_on": date(THIS_YEAR - 1, 8, 31)}, "reviewed_on"),
        ({"site_published_on": TOMORROW, "site_updated_on": TOMORROW}, "site_published_on"),
        ({"assessment": "external"}, "assessor"),
        ({"phone": "biuro"}, "phone"),
    ],
)
def test_a_contradiction_is_told_at_its_field_and_nothing_typed_is_lost(editor, changes, field):
    response = post(editor, "action-publish", **changes)
    assert field in errors(response)
    assert not AccessibilityStatementPage.objects.exists()
    assert "Biuro organizacji" in response.content.decode()


def test_each_gap_is_told_when_it_is_published(editor):
    found = errors(post(editor, "action-publish", **dict.fromkeys(NEEDED, "")))
    assert set(found) >= set(NEEDED)


def test_a_draft_may_lack_anything(editor):
    response = post(editor, "", entity="", status="", building="", phone="", failures="")
    assert response.status_code == 302
    assert not AccessibilityStatementPage.objects.get().live


def test_a_true_statement_is_published(editor):
    assert post(editor, "action-publish").status_code == 302
    assert AccessibilityStatementPage.objects.get().live


@pytest.mark.parametrize(
    ("last", "today", "overdue"),
    [
        (date(2025, 12, 31), date(2026, 3, 31), False),
        (date(2025, 12, 31), date(2026, 4, 1), True),
        (date(2026, 1, 1), date(2026, 12, 31), False),
        (date(2024, 6, 1), date(2026, 1, 1), True),
        (None, date(2026, 12, 31), False),
    ],
)
def test_a_review_is_due_every_year_by_31_march(last, today, overdue):
    assert is_overdue(last, today) is overdue


def test_an_overdue_review_is_told_at_the_date_of_the_review(db):
    page = AccessibilityStatementPage(**facts(prepared_on=date(2024, 5, 1), reviewed_on=None))
    assert "reviewed_on" in dict(faults(page, today=timezone.localdate()))


def test_every_page_of_the_package_leads_to_it(client, db):
    address = reverse("mypart_generator:verify")
    assert "Accessibility statement" not in client.get(address).content.decode()
    page = statement()
    assert f'href="{page.url}"' in client.get(address).content.decode()


def test_the_link_follows_the_page(client, db):
    page = statement()
    address = reverse("mypart_generator:verify")
    assert page.url in client.get(address).content.decode()
    page.unpublish()
    assert page.url not in client.get(address).content.decode()


def test_a_draft_a_private_page_and_another_sites_statement_are_not_led_to(client, db):
    page = AccessibilityStatementPage(**facts(), live=False)
    default_site().root_page.add_child(instance=page)
    other = new_site("inne.example.org").root_page.add_child(instance=AccessibilityStatementPage(**facts()))
    text = client.get(reverse("mypart_generator:verify")).content.decode()
    assert page.slug not in text
    assert other.full_url not in text


def test_it_comes_through_translation_whole(db, django_capture_on_commit_callbacks):
    page = statement()
    polish = home("pl").locale
    source, _is_new = TranslationSource.update_or_create_from_instance(page)
    task = Translation.objects.create(source=source, target_locale=polish)
    exported = task.export_po()
    for entry in exported:
        entry.msgstr = f"Po polsku: {entry.msgid}"
    assert task.import_po(exported) == []
    with django_capture_on_commit_callbacks(execute=True):
        task.save_target(user=person("translator"), publish=True)
    translated = page.get_translation(polish)
    assert translated.live
    for name in ("entity", "contact"):
        assert getattr(translated, name) == f"Po polsku: {getattr(page, name)}"
    for name in ("failures", "building", "communication"):
        assert "Po polsku: " in getattr(translated, name)
    for name in ("status", "assessment", "email", "site_address", "prepared_on", "reviewed_on"):
        assert getattr(translated, name) == getattr(page, name)


def test_search_engines_are_told_of_its_other_language(client, db):
    english = statement()
    polish = english.copy_for_translation(home("pl").locale)
    polish.save_revision().publish()
    for page in (english, polish):
        head = lxml.html.document_fromstring(client.get(page.url).content.decode()).find("head")
        alternates = {
            link.get("hreflang"): link.get("href") for link in head.xpath("link[@rel='alternate'][@hreflang]")
        }
        assert alternates == {"en": f"http://testserver{english.url}", "pl": f"http://testserver{polish.url}"}


def test_a_page_in_one_language_names_no_other(client, db):
    assert "alternate" not in client.get(statement().url).content.decode()


def test_a_site_may_lack_only_what_the_act_leaves_out(editor):
    facts = {"status": "partially", "failures": "", "burden": "", "exempt": "<p>Maps.</p>"}
    assert post(editor, "action-publish", **facts).status_code == 302
