"""What people do to a form, deed by deed."""

from dataclasses import replace
from decimal import Decimal

import pytest

from mypart_wagtail.generator.deeds import (
    AddRow,
    Conflict,
    DeedRefused,
    MoveRow,
    RemoveRow,
    RestoreRow,
    SetField,
    deed_from,
)
from mypart_wagtail.generator.filled import FilledForm
from mypart_wagtail.generator.rules import failures
from tests.generator.sample import COSTS, TEMPLATE, filled


def again(form: FilledForm) -> FilledForm:
    return FilledForm(TEMPLATE, form.data)


def ids(form: FilledForm, table: str) -> list[str]:
    return [row.id for row in again(form).rows(table)]


def test_a_field_takes_a_new_text():
    form = filled()
    SetField(path="title", text="  Obóz zimowy ", based_on="Obóz letni").apply(form)
    assert form["title"] == "Obóz zimowy"


def test_a_cell_takes_money_as_people_write_it():
    form = filled()
    SetField(path="costs/cccc/unit_cost", text="1 234,5", based_on="100,50").apply(form)
    assert form.data["costs"]["rows"]["cccc"]["unit_cost"] == "1234.50"


def test_text_that_is_no_value_is_kept_as_typed():
    form = filled()
    SetField(path="start", text="jutro", based_on="1.07.2027").apply(form)
    assert form.text("start") == "jutro"
    assert form["start"] is None


def test_the_second_person_in_the_same_field_sees_what_the_first_one_wrote():
    form = filled(title="Ich tytuł")
    with pytest.raises(Conflict) as conflict:
        SetField(path="title", text="Mój tytuł", based_on="Obóz letni").apply(form)
    assert conflict.value.current == "Ich tytuł"
    assert form["title"] == "Ich tytuł"


def test_two_people_writing_the_same_are_in_no_conflict():
    form = filled(title="Ten sam")
    SetField(path="title", text="Ten sam", based_on="Obóz letni").apply(form)
    assert form["title"] == "Ten sam"


def test_a_different_spelling_of_the_same_amount_is_no_conflict():
    form = filled()
    SetField(path="costs/cccc/unit_cost", text="5", based_on="100.5").apply(form)
    assert form.data["costs"]["rows"]["cccc"]["unit_cost"] == "5.00"


def test_a_row_is_added_last_in_its_group_and_only_once():
    form = filled()
    for _ in range(2):
        AddRow(table="costs", row="eeee", group="aaaa").apply(again(form))
    assert [row.id for row in again(form).rows_in("costs", "aaaa")] == ["cccc", "eeee"]


def test_a_row_needs_a_group_that_is_there():
    with pytest.raises(DeedRefused):
        AddRow(table="costs", row="eeee", group="zzzz").apply(filled())


@pytest.mark.parametrize("row", ["A", "../..", "a" * 33, "żółw", "aa aa", "aaaa\x00", "aaaa\n"])
@pytest.mark.parametrize(
    ("name", "argument", "others"),
    [
        ("add_row", "row", {}),
        ("add_row", "group", {"row": "eeee"}),
        ("remove_row", "row", {"version": ""}),
        ("remove_row", "move_grouped_to", {"row": "aaaa", "version": ""}),
        ("restore_row", "row", {}),
        ("move_row", "row", {"direction": "up"}),
    ],
)
def test_a_tampered_row_id_is_refused_whatever_is_to_be_done_with_the_row(name, argument, others, row):
    with pytest.raises(DeedRefused):
        deed_from(name, {"table": "actions", **others, argument: row})


def test_every_deed_on_a_row_names_one():
    with pytest.raises(DeedRefused):
        deed_from("remove_row", {"table": "actions", "row": "", "version": ""})
    assert deed_from("add_row", {"table": "actions", "row": "eeee", "group": ""})


@pytest.mark.parametrize(
    ("deed", "refusal"),
    [
        (AddRow(table="costs", row="eeee", group="zzzz"), DeedRefused),
        (RestoreRow(table="costs", row="eeee"), DeedRefused),
    ],
)
def test_a_deed_that_is_refused_leaves_an_empty_form_empty(deed, refusal):
    form = FilledForm(TEMPLATE, {})
    with pytest.raises(refusal):
        deed.apply(form)
    assert form.data == {}


def version_in(form: FilledForm, table: str, row: str) -> str:
    """The row and what is grouped under it, as whoever removes it sees them."""
    return form.version_with_grouped(form.row(table, row))


def test_an_action_whose_costs_someone_else_has_changed_is_not_removed_unseen():
    form = filled()
    version = version_in(form, "actions", "aaaa")
    SetField(path="costs/cccc/name", text="Kajak", based_on="Łódź").apply(form)
    with pytest.raises(Conflict):
        RemoveRow(table="actions", row="aaaa", version=version).apply(again(form))


def test_typing_into_a_cost_of_a_removed_action_is_refused_and_says_so():
    form = filled()
    RemoveRow(table="actions", row="aaaa", version=version_in(form, "actions", "aaaa")).apply(form)
    with pytest.raises(DeedRefused, match="removed"):
        SetField(path="costs/cccc/name", text="Kajak", based_on="Łódź").apply(again(form))


def test_removing_an_action_takes_its_costs_along_and_restoring_brings_both_back():
    form = filled()
    RemoveRow(table="actions", row="aaaa", version=version_in(form, "actions", "aaaa")).apply(form)
    assert ids(form, "actions") == ["bbbb"]
    assert ids(form, "costs") == ["dddd"]
    RestoreRow(table="actions", row="aaaa").apply(again(form))
    assert ids(form, "actions") == ["aaaa", "bbbb"]
    assert ids(form, "costs") == ["cccc", "dddd"]


def test_removing_an_action_can_move_its_costs_and_restoring_takes_them_back():
    form = filled()
    version = version_in(form, "actions", "aaaa")
    RemoveRow(table="actions", row="aaaa", version=version, move_grouped_to="bbbb").apply(form)
    assert [row.id for row in again(form).rows_in("costs", "bbbb")] == ["cccc", "dddd"]
    RestoreRow(table="actions", row="aaaa").apply(again(form))
    assert [row.id for row in again(form).rows_in("costs", "aaaa")] == ["cccc"]


def test_removing_a_row_that_someone_else_has_changed_is_a_conflict():
    form = filled()
    version = form.row("costs", "cccc").version
    SetField(path="costs/cccc/name", text="Kajak", based_on="Łódź").apply(form)
    with pytest.raises(Conflict) as conflict:
        RemoveRow(table="costs", row="cccc", version=version).apply(again(form))
    assert conflict.value.current == "Kajak"


def test_removing_twice_is_the_same_as_once():
    form = filled()
    removal = RemoveRow(table="costs", row="cccc", version=form.row("costs", "cccc").version)
    removal.apply(form)
    removal.apply(again(form))
    assert ids(form, "costs") == ["dddd"]


def test_typing_into_a_row_that_someone_removed_is_refused_and_says_so():
    form = filled()
    RemoveRow(table="costs", row="cccc", version=form.row("costs", "cccc").version).apply(form)
    with pytest.raises(DeedRefused, match="removed"):
        SetField(path="costs/cccc/name", text="Kajak", based_on="Łódź").apply(again(form))


def test_rows_move_by_one_place_and_stop_at_the_edge():
    form = filled()
    MoveRow(table="actions", row="aaaa", direction="down").apply(form)
    assert ids(form, "actions") == ["bbbb", "aaaa"]
    MoveRow(table="actions", row="aaaa", direction="down").apply(again(form))
    assert ids(form, "actions") == ["bbbb", "aaaa"]


@pytest.mark.parametrize("direction", ["", "left", "DOWN"])
def test_rows_move_up_or_down_and_nowhere_else(direction):
    form = filled()
    with pytest.raises(DeedRefused):
        MoveRow(table="actions", row="bbbb", direction=direction).apply(form)
    assert ids(form, "actions") == ["aaaa", "bbbb"]


@pytest.mark.parametrize(
    "path", ["nothing", "costs/cccc/nothing", "costs/cccc/group", "actions", "title/cccc/name", "/", ""]
)
def test_a_place_that_is_not_in_the_form_is_refused(path):
    with pytest.raises(DeedRefused):
        SetField(path=path, text="x", based_on="").apply(filled())


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("drop_table", {}),
        ("set", {"path": "title"}),
        ("set", {"path": "title", "text": 5, "based_on": ""}),
        ("set", {"path": "title", "text": None, "based_on": ""}),
        ("add_row", {"table": "costs", "row": "eeee", "extra": "x"}),
    ],
)
def test_a_deed_that_cannot_be_understood_is_refused(name, arguments):
    with pytest.raises(DeedRefused):
        deed_from(name, arguments)


def test_a_text_over_its_limit_is_kept_and_said():
    form = filled()
    SetField(path="title", text="x" * 100_000, based_on="Obóz letni").apply(form)
    assert len(form.text("title")) == 100_000
    assert form["title"] is None


def test_a_text_nobody_could_have_typed_is_refused():
    with pytest.raises(DeedRefused):
        SetField(path="title", text="x" * 200_001, based_on="Obóz letni").apply(filled())


def reading(form: FilledForm) -> tuple:
    """Everything rules and screens read: rows with their groups and positions, sums, failed checks."""
    rows = [(row.id, row.group, row.position, row.title) for key in TEMPLATE.tables for row in form.rows(key)]
    return rows, form.computed, [(each.address, str(each.message)) for each in failures(form)]


def version_of(table: str, row: str) -> str:
    return version_in(filled(), table, row) if filled().row(table, row) else ""


@pytest.mark.parametrize(
    "deed",
    [
        SetField(path="costs/cccc/unit_cost", text="200", based_on="100,50"),
        SetField(path="costs/cccc/unit_cost", text="dużo", based_on="100,50"),
        SetField(path="end", text="1.06.2027", based_on="14.07.2027"),
        AddRow(table="costs", row="eeee", group="aaaa"),
        RemoveRow(table="costs", row="cccc", version=version_of("costs", "cccc")),
        RemoveRow(table="actions", row="aaaa", version=version_of("actions", "aaaa")),
        RemoveRow(table="actions", row="aaaa", version=version_of("actions", "aaaa"), move_grouped_to="bbbb"),
        MoveRow(table="actions", row="aaaa", direction="down"),
    ],
)
def test_sums_rows_and_checks_read_before_a_deed_follow_it(deed):
    form = filled()
    before = reading(form)
    deed.apply(form)
    assert reading(form) == reading(again(form))
    assert reading(form) != before


def test_a_restored_row_counts_again_in_the_sums_read_while_it_was_gone():
    form = filled()
    RemoveRow(table="costs", row="cccc", version=form.row("costs", "cccc").version).apply(form)
    assert form.computed["total_costs"] == Decimal("9.99")
    RestoreRow(table="costs", row="cccc").apply(form)
    assert form.computed["total_costs"] == Decimal("210.99")


def test_a_page_has_no_more_rows_than_a_post_without_script_can_carry():
    form = filled()
    for number in range(COSTS.most_in_group - 1):
        AddRow(table="costs", row=f"new{number:04}", group="aaaa").apply(form)
    with pytest.raises(DeedRefused):
        AddRow(table="costs", row="onemore", group="aaaa").apply(form)
    version = version_in(form, "actions", "bbbb")
    with pytest.raises(DeedRefused):
        RemoveRow("actions", "bbbb", version, move_grouped_to="aaaa").apply(form)
    assert form.row("actions", "bbbb") is not None
    assert [row.id for row in form.rows_in("costs", "bbbb")] == ["dddd"]


def with_title_limit(limit: int, **data: object) -> FilledForm:
    """The sample form with another limit of its title, as a call gives its question one."""
    title = replace(TEMPLATE.fields["title"], limit=limit)
    first, *others = TEMPLATE.sections
    changed = replace(first, items=(title, *first.items[1:]))
    return FilledForm(replace(TEMPLATE, sections=(changed, *others)), filled(**data).data)


@pytest.mark.parametrize("limit", [5, 500], ids=["lowered", "raised"])
@pytest.mark.parametrize("kept", ["Obóz letni", {"typed": "Obóz letni"}], ids=["value", "text"])
def test_a_text_can_be_changed_whatever_limit_its_field_had_when_it_was_typed(limit, kept):
    form = with_title_limit(limit, title=kept)
    SetField(path="title", text="Rejs", based_on="Obóz letni").apply(form)
    assert form["title"] == "Rejs"


@pytest.mark.parametrize("limit", [5, 500], ids=["lowered", "raised"])
@pytest.mark.parametrize("kept", ["Obóz letni", {"typed": "Obóz letni"}], ids=["value", "text"])
def test_what_somebody_else_wrote_is_a_conflict_whatever_limit_its_field_has(limit, kept):
    form = with_title_limit(limit, title=kept)
    with pytest.raises(Conflict) as conflict:
        SetField(path="title", text="Rejs", based_on="Obóz zimowy").apply(form)
    assert conflict.value.current == "Obóz letni"


def test_an_action_is_not_restored_with_more_costs_than_the_table_has_room_for():
    form = filled()
    version = version_in(form, "actions", "aaaa")
    RemoveRow(table="actions", row="aaaa", version=version).apply(form)
    for number in range(COSTS.most_rows - 1):
        row = f"more{number:04}"
        form.data["costs"]["order"].append(row)
        form.data["costs"]["rows"][row] = {"group": "bbbb"}
    with pytest.raises(DeedRefused, match=f"room for {COSTS.most_rows} rows"):
        RestoreRow(table="actions", row="aaaa").apply(again(form))
    assert ids(form, "actions") == ["bbbb"]
    last = form.data["costs"]["order"].pop()
    del form.data["costs"]["rows"][last]
    RestoreRow(table="actions", row="aaaa").apply(again(form))
    assert len(ids(form, "costs")) == COSTS.most_rows
