"""Autosave keeps what people type: once, in order, and never over someone else's words in silence."""

import json
from itertools import pairwise
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection

from mypart_wagtail.generator import deeds, fields, filled
from mypart_wagtail.generator.deeds import MOST_KEPT, MOST_TYPED, AddRow, SetField
from mypart_wagtail.generator.kinds import kind_of
from mypart_wagtail.generator.models import FormDocument
from mypart_wagtail.generator.rules import failures
from mypart_wagtail.generator.services import changes
from mypart_wagtail.generator.services.changes import (
    MOST_CHANGES,
    MOST_CHARACTERS,
    ChangeRequest,
    Result,
    apply_changes,
)

pytestmark = pytest.mark.database


def typing(path: str, text: str, based_on: str) -> ChangeRequest:
    return ChangeRequest(uuid4(), SetField(path=path, text=text, based_on=based_on))


def test_what_is_typed_is_kept(author, document):
    _form, outcomes = apply_changes(
        author, document=document, changes=[typing("title", "Nowy", "Obóz letni")]
    )
    assert outcomes[0].result is Result.APPLIED
    kept = FormDocument.objects.get(pk=document.pk)
    assert kept.data["title"] == "Nowy"
    assert kept.title == "Nowy"
    assert kept.changed_by == author


def test_the_same_change_sent_twice_is_applied_once(author, document):
    change = ChangeRequest(uuid4(), AddRow(table="costs", row="eeee", group="aaaa"))
    apply_changes(author, document=document, changes=[change])
    _form, outcomes = apply_changes(author, document=document, changes=[change, change])
    assert [outcome.result for outcome in outcomes] == [Result.APPLIED, Result.APPLIED]
    assert document.changes.count() == 1


def test_a_change_sent_again_does_not_undo_what_came_after_it(author, document):
    first = typing("title", "Pierwszy", "Obóz letni")
    apply_changes(author, document=document, changes=[first, typing("title", "Drugi", "Pierwszy")])
    apply_changes(author, document=document, changes=[first])
    assert FormDocument.objects.get(pk=document.pk).data["title"] == "Drugi"


def test_two_people_in_different_fields_do_not_disturb_each_other(author, colleague, document):
    apply_changes(author, document=document, changes=[typing("title", "Nowy", "Obóz letni")])
    apply_changes(colleague, document=document, changes=[typing("start", "2.07.2027", "1.07.2027")])
    data = FormDocument.objects.get(pk=document.pk).data
    assert (data["title"], data["start"]) == ("Nowy", "2027-07-02")


def test_in_the_same_field_the_second_person_sees_the_first_ones_text(author, colleague, document):
    apply_changes(author, document=document, changes=[typing("title", "Pierwszy", "Obóz letni")])
    _form, outcomes = apply_changes(
        colleague, document=document, changes=[typing("title", "Drugi", "Obóz letni")]
    )
    assert outcomes[0].result is Result.CONFLICT
    assert outcomes[0].current == "Pierwszy"
    assert FormDocument.objects.get(pk=document.pk).data["title"] == "Pierwszy"


def test_a_change_that_fails_does_not_hold_up_the_others(author, document):
    _form, outcomes = apply_changes(
        author,
        document=document,
        changes=[
            typing("no_such_field", "x", ""),
            typing("title", "Spóźniony", "dawno temu"),
            typing("summary", "Dobre", "Dwa tygodnie nad jeziorem."),
        ],
    )
    assert [o.result for o in outcomes] == [Result.REFUSED, Result.CONFLICT, Result.APPLIED]
    assert FormDocument.objects.get(pk=document.pk).data["summary"] == "Dobre"


@pytest.mark.parametrize("who", ["friend", "stranger"])
def test_nobody_else_can_change_a_document(who, request, document):
    with pytest.raises(PermissionDenied):
        apply_changes(
            request.getfixturevalue(who), document=document, changes=[typing("title", "x", "Obóz letni")]
        )


def test_a_submitted_document_is_not_changed(author, document):
    FormDocument.objects.filter(pk=document.pk).update(status=FormDocument.Status.SUBMITTED)
    _form, outcomes = apply_changes(
        author, document=document, changes=[typing("title", "Nowy", "Obóz letni")]
    )
    assert outcomes[0].result is Result.REFUSED
    assert FormDocument.objects.get(pk=document.pk).data["title"] == "Obóz letni"


def test_the_log_of_changes_keeps_places_not_words(author, document):
    apply_changes(author, document=document, changes=[typing("title", "Tajne słowa", "Obóz letni")])
    change = document.changes.get()
    assert (change.deed, change.path, change.author) == ("set", "title", author)
    assert "Tajne" not in str(change.__dict__)


@pytest.mark.parametrize("rows", [1, 200])
def test_saving_a_field_asks_the_database_as_often_in_a_large_form_as_in_a_small_one(
    rows, author, document, django_assert_num_queries
):
    ids = [f"row{number:04}" for number in range(rows)]
    document.data["costs"] = {
        "order": ids,
        "rows": {i: {"group": "aaaa", "name": i, "unit_cost": "1.00", "quantity": "1"} for i in ids},
    }
    document.save()
    with django_assert_num_queries(6):
        apply_changes(author, document=document, changes=[typing(f"costs/{ids[0]}/quantity", "5", "1")])


def typing_on(count: int, text: str = "") -> list[ChangeRequest]:
    """So many changes of the summary, each typed over the one before."""
    texts = ["Dwa tygodnie nad jeziorem.", *(f"{text}{number}" for number in range(count))]
    return [typing("summary", new, old) for old, new in pairwise(texts)]


@pytest.mark.parametrize("count", [1, MOST_CHANGES])
def test_many_changes_ask_the_database_as_often_as_one_while_the_document_is_locked(
    count, author, document, django_assert_num_queries
):
    with django_assert_num_queries(6):
        apply_changes(author, document=document, changes=typing_on(count))


@pytest.fixture
def locks(monkeypatch) -> list[int]:
    """How many characters of changes were applied under each lock."""
    found: list[int] = []

    def take(document):
        found.append(0)
        return lock(document)

    def apply(form, document, change, room):
        found[-1] += change.deed.characters
        return apply_one(form, document, change, room)

    lock, apply_one = changes.lock, changes._apply
    monkeypatch.setattr(changes, "lock", take)
    monkeypatch.setattr(changes, "_apply", apply)
    return found


@pytest.mark.parametrize(("count", "length"), [(250, 0), (60, 18_000), (5, MOST_TYPED - 1)])
def test_a_page_sent_whole_is_applied_in_portions_between_which_others_have_their_turn(
    author, document, locks, count, length
):
    _form, outcomes = apply_changes(author, document=document, changes=typing_on(count, "x" * length))
    assert [outcome.result for outcome in outcomes] == [Result.APPLIED] * count
    kept = FormDocument.objects.get(pk=document.pk).data["summary"]
    assert kept in ("249", {"typed": f"{'x' * length}{count - 1}"})
    assert max(locks) <= MOST_CHARACTERS
    assert len(locks) >= count / MOST_CHANGES
    assert document.changes.count() == count


@pytest.fixture
def done(monkeypatch) -> list[str]:
    """In which order texts were cleaned and the document locked."""
    found: list[str] = []

    def note(module, name):
        deed = getattr(module, name)
        monkeypatch.setattr(module, name, lambda *given: found.append(name) or deed(*given))

    for module in (deeds, fields, filled):
        note(module, "clean_text")
    note(changes, "lock")
    return found


def test_texts_are_cleaned_before_the_document_is_locked(author, document, done):
    apply_changes(author, document=document, changes=typing_on(MOST_CHANGES + 1))
    assert done == ["clean_text"] * 2 * MOST_CHANGES + ["lock"] + ["clean_text"] * 2 + ["lock"]


def test_what_is_kept_was_cleaned_once_and_is_not_cleaned_when_it_is_read(author, document, done):
    marks = "a" + "\U0001e944" * 20_000
    changed = typing("summary", marks, "Dwa tygodnie nad jeziorem.")
    apply_changes(author, document=document, changes=[changed])
    done.clear()
    form = kind_of(document).form(FormDocument.objects.get(pk=document.pk))
    assert form.text("summary").replace("\u034f", "") == marks
    assert any(failure.address == "summary" for failure in failures(form))
    assert form.answers()["summary"]
    assert done == []


def test_letters_are_stored_as_they_are(author, document):
    apply_changes(author, document=document, changes=[typing("title", "Zażółć", "Obóz letni")])
    with connection.cursor() as cursor:
        cursor.execute("SELECT data FROM mypart_generator_formdocument WHERE id = %s", [document.pk])
        [stored] = cursor.fetchone()
    assert "Zażółć" in str(stored)


def test_texts_over_their_limits_are_kept_until_the_whole_form_holds_no_more(author, document):
    rows = [f"rows{number:04}" for number in range(MOST_KEPT // MOST_TYPED + 1)]
    added = [ChangeRequest(uuid4(), AddRow(table="actions", row=row)) for row in rows]
    typed = [typing(f"actions/{row}/description", "x" * MOST_TYPED, "") for row in rows]
    _form, outcomes = apply_changes(author, document=document, changes=[*added, *typed])
    assert [outcome.result for outcome in outcomes[-2:]] == [Result.REFUSED, Result.REFUSED]
    assert "whole form" in str(outcomes[-1].message)
    data = FormDocument.objects.get(pk=document.pk).data
    assert MOST_KEPT - MOST_TYPED < len(json.dumps(data)) < MOST_KEPT + MOST_TYPED


def test_in_a_form_that_holds_no_more_texts_can_be_shortened_and_then_others_written(author, document):
    document.data["summary"] = {"typed": "x" * (MOST_KEPT + 1000)}
    document.save()
    longer = typing("title", "Obóz letni i zimowy", "Obóz letni")
    _form, outcomes = apply_changes(author, document=document, changes=[longer])
    assert outcomes[0].result is Result.REFUSED
    shorter = typing("title", "Obóz", "Obóz letni")
    _form, outcomes = apply_changes(author, document=document, changes=[shorter])
    assert outcomes[0].result is Result.APPLIED
    emptied = typing("summary", "", "x" * (MOST_KEPT + 1000))
    again = typing("title", "Obóz letni i zimowy", "Obóz")
    _form, outcomes = apply_changes(author, document=document, changes=[emptied, again])
    assert [outcome.result for outcome in outcomes] == [Result.APPLIED, Result.APPLIED]


def test_a_text_that_gets_too_long_by_being_cleaned_is_refused(author, document):
    """One letter of Hebrew that Unicode writes as three; it could never be sent back."""
    text = "\ufb2c" * (MOST_TYPED // 2)
    _form, outcomes = apply_changes(
        author, document=document, changes=[typing("summary", text, "Dwa tygodnie nad jeziorem.")]
    )
    assert outcomes[0].result is Result.REFUSED
