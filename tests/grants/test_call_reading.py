"""What visitors read on the page of a call, and what its editor sees in the preview."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from mypart_wagtail.grants.facts_in_words import funding_in_words
from mypart_wagtail.grants.models import CallPage
from mypart_wagtail.grants.terms import CallTerms
from tests.grants.calls import at, call_page, index, published
from tests.grants.editing import page_form_data
from tests.people import person

pytestmark = pytest.mark.django_db


def read(client, page) -> str:
    """The text of the page, without the spaces that keep amounts in one line."""
    published(page)
    return client.get(page.get_url()).content.decode().replace("\u00a0", " ")


def test_every_header_says_when_who_how_much_what_share_and_between_what_amounts(client):
    page = call_page(
        intake_from=at("2026-11-20 00:00"),
        grant_min=Decimal("5000"),
        grant_max=Decimal("30000"),
        own_contribution_min=Decimal("10"),
    )
    header = read(client, page).split('<section class="mypart-call"')[1].split("</section>")[0]
    for words in (
        ">20 November 2026<",
        "Prezydent Miasta Mysłowice",
        "PLN 100,000.00",
        "up to 90% of the costs (wspieranie)",
        "from PLN 5,000.00 to PLN 30,000.00",
    ):
        assert words in header


@pytest.mark.parametrize(
    ("least", "greatest", "said"),
    [
        (None, "30000", "up to PLN 30,000.00"),
        ("5000", None, "PLN 5,000.00 or more"),
        (None, None, "up to the whole pool"),
    ],
)
def test_the_amounts_of_grants_are_said_also_where_one_bound_is_open(client, least, greatest, said):
    amounts = {"grant_min": least and Decimal(least), "grant_max": greatest and Decimal(greatest)}
    assert said in read(client, call_page(**amounts))


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"kind": "powierzenie"}, "100% of the costs (powierzenie)"),
        ({"kind": "wspieranie"}, "part of the costs (wspieranie)"),
        ({"kind": "wspieranie", "own_contribution_min": "10"}, "up to 90% of the costs (wspieranie)"),
        # 10 % of the grant is 1/11 of the costs. Rounded down: nobody may ask for more than is allowed.
        (
            {"kind": "wspieranie", "own_contribution_min": "10", "own_contribution_base": "grant"},
            "up to 90.9% of the costs (wspieranie)",
        ),
        (
            {"kind": "wspieranie", "own_contribution_min": "10", "financial_contribution_min": "20"},
            "up to 80% of the costs (wspieranie)",
        ),
    ],
)
def test_the_share_that_a_grant_covers_follows_from_what_the_call_requires(facts, said):
    now = timezone.now()
    typed = {name: Decimal(value) if name.endswith("_min") else value for name, value in facts.items()}
    terms = CallTerms(
        **{
            "title": "",
            "areas": (),
            "pool": Decimal(1),
            "intake_from": now,
            "intake_until": now,
            "task_from": date(2027, 1, 1),
            "task_until": date(2027, 1, 1),
            **typed,
        }
    )
    assert funding_in_words(terms) == said


def test_nothing_that_binds_an_offer_is_left_out(client):
    page = call_page(
        own_contribution_min=Decimal("10"),
        financial_contribution_min=Decimal("5"),
        financial_contribution_base="grant",
        admin_costs_max=Decimal("0"),
        fees_allowed=False,
        offers_per_organisation=2,
        results_table_waived=True,
        submitters="anyone",
        confirmation_days=7,
        ordinance="123/2026",
    )
    page.questions = [
        {"type": "yes_no", "id": "q1", "value": {"label": "Czy macie salę?", "help": "", "required": True}}
    ]
    shown = read(client, page)
    for words in (
        "at least 10% of all costs",
        "at least 5% of the grant",
        "at most 0% of all costs",
        "not allowed",
        "at most 2",
        "need not be filled in",
        "a signer confirms it within 7 days",
        "1 January 2027",
        "31 January 2027",
        "17. wspieranie i upowszechnianie kultury fizycznej",
        "123/2026",
        "https://bip.example.org/konkurs",
        "Czy macie salę?",
    ):
        assert words in shown, words


@pytest.mark.parametrize(
    ("filing", "said"),
    [
        ("electronic", ("nothing is printed or brought to the office",)),
        ("electronic_and_printout", ("print the PDF, sign it", "Ratusz, okienko 3", "before 12:00")),
        ("electronic_and_signed_pdf", ("sign the PDF electronically", "Ratusz, okienko 3", "before 12:00")),
    ],
)
def test_each_form_of_filing_says_what_remains_to_be_done_where_and_by_when(client, filing, said):
    until = timezone.localtime(timezone.now() + timedelta(days=45)).replace(hour=12, minute=0, second=0)
    is_on_paper = filing != "electronic"
    paper = {"filing_place": "Ratusz, okienko 3", "filing_until": until} if is_on_paper else {}
    page = call_page(filing=filing, **paper)
    shown = read(client, page)
    for words in said:
        assert words in shown


def test_a_document_that_was_deleted_does_not_break_the_page(client):
    page = call_page()
    page.body = [{"type": "documents", "id": "b1", "value": [{"type": "item", "id": "i1", "value": 987654}]}]
    assert "Fill in an offer" in read(client, page)


# The preview


@pytest.fixture
def editor(client):
    client.force_login(person("clerk", is_superuser=True))
    return client


def previewed(editor, address: str, data) -> str:
    assert editor.post(address, data).json()["is_valid"]
    return editor.get(f"{address}?mode=").content.decode().replace("\u00a0", " ")


def test_the_preview_shows_the_facts_that_are_typed_and_not_those_in_force(editor):
    page = call_page()
    published(page)
    address = reverse("wagtailadmin_pages:preview_on_edit", args=[page.pk])
    shown = previewed(editor, address, page_form_data(page, pool="77777.00"))
    assert "PLN 77,777.00" in shown
    assert "These are the facts of the draft." in shown
    assert "To be mended before it is published" not in shown
    assert "77,777" not in editor.get(page.get_url()).content.decode()


def test_the_preview_of_a_call_that_is_only_begun_says_what_is_missing(editor):
    page = CallPage(title="Kultura", slug="kultura", locale=index().locale)
    address = reverse("wagtailadmin_pages:preview_on_add", args=["mypart_grants", "callpage", index().pk])
    shown = previewed(editor, address, page_form_data(page))
    assert "To be mended before it is published" in shown
    assert "say how much money there is" in shown
    assert "None" not in shown.split("<main")[1]


def test_the_preview_of_a_translation_shows_the_facts_of_the_call(editor):
    from tests.grants.test_announcing import in_polish

    page = call_page(pool=Decimal("123456.00"))
    published(page)
    polish = in_polish(page)
    address = reverse("wagtailadmin_pages:preview_on_edit", args=[polish.pk])
    shown = previewed(editor, address, page_form_data(polish, title="Po polsku"))
    assert "Po polsku" in shown
    with translation.override("pl"):
        assert "123 456,00" in shown or "123,456.00" in shown


def test_a_page_that_lacks_its_prose_shows_no_empty_words(client):
    page = call_page(live=False, legal_basis=None, contact=None)
    page.save_revision().publish()
    shown = client.get(page.get_url()).content.decode()
    assert "This call is not announced." in shown
    assert "None" not in shown.split("<main")[1]
