"""The official offer: its sums, its equations and the limits of a call."""

from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from mypart_wagtail.generator.deeds import SetField
from mypart_wagtail.generator.filled import FilledForm
from mypart_wagtail.generator.rules import Severity, failures
from mypart_wagtail.grants.statutory.offer_2018_2057 import TEMPLATE, budget
from mypart_wagtail.grants.statutory.questions import with_questions
from mypart_wagtail.grants.terms import (
    Base,
    CallQuestion,
    CallTerms,
    QuestionKind,
    QuestionOption,
    TaskKind,
    Wording,
)
from tests.grants.offers import sample_data


def terms(**facts) -> CallTerms:
    now = timezone.now()
    return CallTerms(
        **{
            "title": "Sport",
            "kind": TaskKind.WSPIERANIE,
            "areas": ("17",),
            "pool": Decimal("100000.00"),
            "intake_from": now - timedelta(days=1),
            "intake_until": now + timedelta(days=1),
            "task_from": date(2027, 1, 1),
            "task_until": date(2029, 12, 31),
            **facts,
        }
    )


def offer(facts: dict | None = None, *, size: dict | None = None, **data) -> FilledForm:
    return FilledForm(TEMPLATE, sample_data(**(size or {})) | data, terms(**(facts or {})))


def found(form: FilledForm) -> list[str]:
    return [failure.address for failure in failures(form) if failure.severity is Severity.ERROR]


def messages(form: FilledForm) -> str:
    return "\n".join(str(failure.message) for failure in failures(form))


@pytest.mark.parametrize("size", [{}, {"actions": 30, "costs_per_action": 7, "years": 3}])
def test_a_complete_offer_has_nothing_left_to_mend(size):
    assert failures(offer(size=size)) == []


def test_an_empty_offer_names_every_gap():
    addresses = found(FilledForm(TEMPLATE, {}, terms()))
    for expected in ("contact_person", "title", "start", "actions", "costs", "grant", "paid", "taxes"):
        assert expected in addresses


def test_the_total_of_a_row_is_rounded_half_up_to_the_grosz():
    data = sample_data(actions=1, costs_per_action=1)
    row = next(iter(data["costs"]["rows"].values()))
    row |= {"unit_cost": "0.33", "quantity": "1.5"}
    form = FilledForm(TEMPLATE, data, terms())
    assert budget.row_total(form, form.rows("costs")[0]) == Decimal("0.50")


def test_sums_and_checks_follow_each_deed():
    form = offer()
    assert (form.computed["total_cost"], failures(form)) == (Decimal("1900.00"), [])
    cost = form.rows("costs")[0]
    SetField(path=f"costs/{cost.id}/unit_cost", text="200", based_on="100").apply(form)
    assert form.computed[f"costs/{cost.id}/total"] == Decimal("200.00")
    assert form.computed["total_cost"] == Decimal("2000.00")
    assert found(form) == ["grant"]
    SetField(path="end", text="30.11.2028", based_on="30.11.2027").apply(form)
    assert f"costs/{cost.id}/year_2" in found(form)


def test_all_costs_are_those_of_actions_and_of_administration():
    form = offer()
    assert form.computed["total_cost"] == Decimal("1900.00")
    assert form.computed["total_actions"] + form.computed["total_administration"] == Decimal("1900.00")


@pytest.mark.parametrize(
    ("grant", "own", "other", "fees"),
    [("100", "100", "100", "0"), ("1", "1", "1", "0"), ("2", "2", "2", "1"), ("0.01", "99.99", "3.33", "7")],
)
def test_shares_add_up_to_exactly_one_hundred_percent(grant, own, other, fees):
    form = offer(grant=grant, own_financial=own, own_other=other, fees=fees)
    assert sum(budget.shares(form).values()) == Decimal("100.00")


def test_sources_must_cover_all_costs_to_the_grosz():
    assert found(offer(own_financial="380.01")) == ["grant"]
    assert found(offer(own_financial="380.00")) == []


@pytest.mark.parametrize(
    ("facts", "is_right"),
    [
        ({"grant_max": Decimal("1520.00")}, True),
        ({"grant_max": Decimal("1519.99")}, False),
        ({"grant_min": Decimal("1520.00")}, True),
        ({"grant_min": Decimal("1520.01")}, False),
        ({"pool": Decimal("1519.99")}, False),
        ({"own_contribution_min": Decimal(20), "own_contribution_base": Base.TOTAL}, True),
        ({"own_contribution_min": Decimal("20.01"), "own_contribution_base": Base.TOTAL}, False),
        ({"own_contribution_min": Decimal(25), "own_contribution_base": Base.GRANT}, True),
        ({"own_contribution_min": Decimal("25.01"), "own_contribution_base": Base.GRANT}, False),
        ({"financial_contribution_min": Decimal("20.01")}, False),
        ({"admin_costs_max": Decimal("5.27")}, True),
        ({"admin_costs_max": Decimal("5.26")}, False),
    ],
)
def test_the_limits_of_the_call_hold_to_the_grosz(facts, is_right):
    assert (found(offer(facts)) == []) is is_right


def test_wspieranie_needs_a_grant_below_all_costs():
    assert found(offer(grant="1900.00", own_financial="0.00")) == ["grant"]
    assert found(offer({"kind": TaskKind.POWIERZENIE}, grant="1900.00", own_financial="0.00")) == []


@pytest.mark.parametrize(
    ("data", "address"),
    [
        ({"start": "2026-12-31"}, "start"),
        ({"end": "2030-01-01"}, "end"),
        ({"end": "2027-02-28"}, "end"),
    ],
)
def test_the_task_lies_within_what_the_call_allows(data, address):
    assert address in found(offer(**data))


def test_every_action_lies_within_the_task():
    data = sample_data()
    data["actions"]["rows"]["action0002"]["end"] = "2027-12-01"
    form = FilledForm(TEMPLATE, data, terms())
    assert found(form) == ["actions/action0002/end"]
    assert "2 Działanie 2" in messages(form)


def test_years_of_a_cost_add_up_to_its_total():
    data = sample_data(years=3)
    data["costs"]["rows"]["cost0001x0001"]["year_1"] = "0.00"
    form = FilledForm(TEMPLATE, data, terms())
    assert found(form) == ["costs/cost0001x0001/year_3"]
    assert "I.1.1 Koszt 1.1" in messages(form)


def test_a_task_of_one_year_needs_no_split():
    form = offer()
    assert [c.key for c in form.columns(TEMPLATE.tables["costs"])] == [
        "name",
        "unit",
        "unit_cost",
        "quantity",
    ]


def test_an_action_without_costs_is_a_warning_only():
    data = sample_data(actions=2)
    kept = {key: row for key, row in data["costs"]["rows"].items() if row["group"] == "action0001"}
    data["costs"] = {"order": list(kept), "rows": kept}
    data |= {"grant": "560.00", "own_financial": "140.00"}
    form = FilledForm(TEMPLATE, data, terms())
    assert found(form) == []
    assert [f.address for f in failures(form)] == ["actions/action0002/name"]


def test_fees_and_a_paid_task_require_each_other():
    assert found(offer(fees="100.00", own_financial="280.00")) == ["paid"]
    assert found(offer(paid="yes")) == ["fees"]
    assert found(offer(fees="100.00", own_financial="280.00", paid="yes")) == []
    no_fees = {"fees_allowed": False}
    assert found(offer(no_fees, fees="100.00", own_financial="280.00", paid="yes")) == ["fees"]


def test_arrears_can_be_declared():
    assert found(offer(taxes="some", insurance="some")) == []


def test_the_table_of_results_is_waived_where_the_call_waives_it():
    data = sample_data() | {"results": {}}
    assert found(FilledForm(TEMPLATE, data, terms())) == ["results"]
    assert found(FilledForm(TEMPLATE, data, terms(results_table_waived=True))) == []


QUESTIONS = (
    CallQuestion("1-a", QuestionKind.YES_NO, Wording({"pl": "Czy?", "en": "Is it?"})),
    CallQuestion(
        "2-b",
        QuestionKind.CHOICE,
        Wording({"pl": "Które?"}),
        options=(QuestionOption("x", Wording({"pl": "To"})), QuestionOption("y", Wording({"pl": "Tamto"}))),
    ),
    CallQuestion("3-c", QuestionKind.MONEY, Wording({"pl": "Ile?"}), required=False),
)


def test_questions_of_the_call_stand_before_the_declarations_in_the_readers_language():
    asked = terms(questions=QUESTIONS)
    template = with_questions(TEMPLATE, asked, "en")
    assert [section.key for section in template.sections][-2:] == ["questions", "declarations"]
    assert template.fields["question_1a"].name == "Is it?"
    assert template.fields["question_2b"].name == "Które?"
    form = FilledForm(template, sample_data(), asked)
    assert found(form) == ["question_1a", "question_2b"]


def test_terms_survive_being_stored_as_json():
    original = terms(questions=QUESTIONS, grant_max=Decimal("12.30"), filing_until=timezone.now())
    assert CallTerms.from_facts(original.to_facts()) == original


def test_unparsed_money_is_named_with_its_row():
    data = sample_data()
    data["costs"]["rows"]["cost0001x0002"]["unit_cost"] = {"typed": "12.500"}
    form = FilledForm(TEMPLATE, data, terms())
    assert "costs/cost0001x0002/unit_cost" in found(form)
    assert "I.1.2 Koszt 1.2" in messages(form)
    assert "12\u00a0500,00" in messages(form)


def test_times_of_terms_are_aware():
    assert isinstance(CallTerms.from_facts(terms().to_facts()).intake_until, datetime)
    assert CallTerms.from_facts(terms().to_facts()).intake_until.tzinfo is not None


def test_without_script_every_page_can_be_posted_however_many_rows_it_has(settings):
    beside = 20  # the token, what the texts are based on, the button, fields outside tables
    inputs = {
        table.key: len(table.columns) * (table.most_in_group if table.grouped_by else table.most_rows)
        for table in TEMPLATE.tables.values()
    }
    assert {key: count for key, count in inputs.items() if count > 1000 - beside} == {}
    assert settings.DATA_UPLOAD_MAX_NUMBER_FIELDS == 1000
