"""What a browser sends while people type, and what it is told."""

import json
from itertools import pairwise
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from mypart_wagtail.generator.deeds import MOST_TYPED
from mypart_wagtail.generator.models import FormDocument
from mypart_wagtail.generator.services.changes import MOST_CHANGES, MOST_CHARACTERS

pytestmark = pytest.mark.database


def change(path: str, text: str, based_on: str, **other: str) -> dict:
    return {"id": str(uuid4()), "deed": "set", "path": path, "text": text, "based_on": based_on, **other}


def send(client, document, *changes: dict, section: str = "budget", body: str | None = None):
    return client.post(
        reverse("mypart_generator:changes", args=[document.uuid]),
        body if body is not None else json.dumps({"changes": changes, "section": section}),
        content_type="application/json",
    )


def test_a_change_is_kept_and_answered_with_text_sums_and_gaps(client, author, document):
    client.force_login(author)
    answer = send(client, document, change("costs/cccc/unit_cost", "200", "100,50")).json()
    assert answer["outcomes"][0]["result"] == "applied"
    field = answer["fields"]["costs/cccc/unit_cost"]
    assert field == {"text": "200,00", "problem": "", "readings": [], "warning": ""}
    assert answer["computed"]["sum-costs-cccc-total"] == "400,00"
    assert answer["computed"]["sum-total_costs"] == "409,99"
    assert answer["failures"] == []
    assert answer["saved_at"]


def test_the_sums_answered_count_every_change_sent_at_once(client, author, document):
    client.force_login(author)
    answer = send(
        client,
        document,
        change("costs/cccc/unit_cost", "200", "100,50"),
        change("costs/cccc/quantity", "3", "2"),
    ).json()
    assert answer["computed"]["sum-costs-cccc-total"] == "600,00"
    assert answer["computed"]["sum-total_costs"] == "609,99"


def test_what_is_wrong_is_answered_in_words(client, author, document):
    client.force_login(author)
    answer = send(client, document, change("costs/cccc/unit_cost", "dużo", "100,50")).json()
    assert answer["fields"]["costs/cccc/unit_cost"]["text"] == "dużo"
    assert "digits" in answer["fields"]["costs/cccc/unit_cost"]["problem"]
    assert answer["failures"][0]["anchor"] == "field-costs-cccc-unit_cost"


def test_a_conflict_is_answered_with_the_other_text(client, author, document):
    client.force_login(author)
    send(client, document, change("title", "Pierwszy", "Obóz letni"))
    answer = send(client, document, change("title", "Drugi", "Obóz letni")).json()
    assert answer["outcomes"][0]["result"] == "conflict"
    assert answer["outcomes"][0]["current"] == "Pierwszy"


def test_whoever_is_signed_out_is_told_so_and_nothing_is_changed(client, document):
    response = send(client, document, change("title", "x", "Obóz letni"))
    assert response.status_code == 401
    assert FormDocument.objects.get().data["title"] == "Obóz letni"


@pytest.mark.parametrize("who", ["stranger", "friend"])
def test_others_get_404(client, request, document, who):
    client.force_login(request.getfixturevalue(who))
    assert send(client, document, change("title", "x", "Obóz letni")).status_code == 404


def test_others_get_404_whatever_they_send(client, stranger, document):
    """A body that cannot be read is answered alike for a document that is there and one that is not."""
    client.force_login(stranger)
    there = send(client, document, body="no json")
    document.uuid = uuid4()
    assert send(client, document, body="no json").content == there.content
    assert send(client, document, change("title", "x", "Obóz letni")).status_code == 404


def test_a_change_reads_what_is_filled_in_once(author, document):
    client = Client()
    client.force_login(author)
    with CaptureQueriesContext(connection) as queries:
        send(client, document, change("title", "Nowy", "Obóz letni"))
    readings = [each for each in queries if each["sql"].startswith("SELECT") and '"data"' in each["sql"]]
    assert len(readings) == 1


def test_a_forged_request_is_refused(author, document):
    client = Client(enforce_csrf_checks=True)
    client.force_login(author)
    assert send(client, document, change("title", "x", "Obóz letni")).status_code == 403


@pytest.mark.parametrize(
    "body",
    [
        "",
        "no json",
        "[]",
        "{}",
        '{"changes": 5}',
        '{"changes": [5]}',
        '{"changes": [{"id": "x", "deed": "set"}]}',
        "[" * 100_000,
        '{"changes": ' + "[" * 100_000,
    ],
)
def test_a_body_that_cannot_be_read_is_refused_in_words(client, author, document, body):
    client.force_login(author)
    response = send(client, document, body=body)
    assert response.status_code == 400
    assert response.json()["message"]


def typing_on(count: int, text: str = "") -> list[dict]:
    """So many changes of the summary, each typed over the one before."""
    texts = ["Dwa tygodnie nad jeziorem.", *(f"{text}{number}" for number in range(count))]
    return [change("summary", new, old) for old, new in pairwise(texts)]


def test_as_many_changes_as_the_browser_may_send_at_once_are_kept(client, author, document):
    client.force_login(author)
    answer = send(client, document, *typing_on(MOST_CHANGES)).json()
    assert {outcome["result"] for outcome in answer["outcomes"]} == {"applied"}
    assert FormDocument.objects.get().data["summary"] == str(MOST_CHANGES - 1)


@pytest.mark.parametrize(
    ("count", "length"),
    [(MOST_CHANGES + 1, 0), (500, 18_000), (3, MOST_CHARACTERS // 4)],
    ids=["many", "many and long", "long"],
)
def test_more_than_is_taken_at_once_is_refused_whole_so_that_the_browser_sends_it_in_parts(
    client, author, document, settings, count, length
):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = None
    client.force_login(author)
    response = send(client, document, *typing_on(count, "x" * length))
    assert response.status_code == 413
    assert response.json()["message"]
    assert FormDocument.objects.get().data["summary"] == "Dwa tygodnie nad jeziorem."
    assert not document.changes.exists()


def test_the_longest_text_that_is_kept_may_stand_in_for_another_as_long(client, author, document):
    """The browser cannot send one change in parts."""
    client.force_login(author)
    longest, other = "x" * MOST_TYPED, "y" * MOST_TYPED
    send(client, document, change("summary", longest, "Dwa tygodnie nad jeziorem."))
    answer = send(client, document, change("summary", other, longest)).json()
    assert answer["outcomes"][0]["result"] == "applied"


@pytest.mark.parametrize("page", ["section", "tasks"])
def test_every_page_that_sends_says_how_much_may_be_sent_at_once(client, author, document, page):
    client.force_login(author)
    place = [document.uuid, "task"] if page == "section" else [document.uuid]
    content = client.get(reverse(f"mypart_generator:{page}", args=place)).content.decode()
    assert f'data-most-changes="{MOST_CHANGES}" data-most-characters="{MOST_CHARACTERS}"' in content


def test_a_deed_that_is_none_is_refused_and_the_others_are_kept(client, author, document):
    client.force_login(author)
    answer = send(
        client,
        document,
        {"id": str(uuid4()), "deed": "drop_table"},
        change("title", "Nowy", "Obóz letni"),
    ).json()
    assert sorted(outcome["result"] for outcome in answer["outcomes"]) == ["applied", "refused"]


def added(row: str, group: str = "aaaa") -> dict:
    return {"id": str(uuid4()), "deed": "add_row", "table": "costs", "row": row, "group": group}


def test_a_row_comes_with_what_was_typed_in_it_and_once_however_often_it_is_sent(client, author, document):
    client.force_login(author)
    changes = [added("eeee"), change("costs/eeee/name", "Wynajem sali", "")]
    for _time in range(2):
        answer = send(client, document, *changes).json()
        assert [outcome["result"] for outcome in answer["outcomes"]] == ["applied", "applied"]
    document.refresh_from_db()
    assert document.data["costs"]["order"].count("eeee") == 1
    assert document.data["costs"]["rows"]["eeee"] == {"group": "aaaa", "name": "Wynajem sali"}


@pytest.mark.parametrize(("group", "page"), [("aaaa", "/budget/aaaa/"), ("gone", "/budget/")])
def test_a_row_that_is_not_added_names_its_list_and_where_that_is(client, author, document, group, page):
    client.force_login(author)
    document.data["costs"]["rows"] |= {f"row{number:04}": {"group": "aaaa"} for number in range(100)}
    document.data["costs"]["order"] = list(document.data["costs"]["rows"])
    document.save()
    [outcome] = send(client, document, added("eeee", group=group)).json()["outcomes"]
    assert (outcome["result"], outcome["label"]) == ("refused", "Costs")
    assert outcome["url"].endswith(f"{page}#table-costs")


@pytest.mark.parametrize("row", ["a\x00aa", "a" * 500_000], ids=["nul", "long"])
def test_a_row_that_cannot_be_is_not_removed(client, author, document, row):
    client.force_login(author)
    removal = {"id": str(uuid4()), "deed": "remove_row", "table": "actions", "row": row, "version": ""}
    answer = send(client, document, removal).json()
    assert answer["outcomes"][0]["result"] == "refused"
    assert not document.changes.exists()


@pytest.mark.parametrize(
    "text", ["😀🏳️‍🌈", "שלום", "a\x00b\x07", "\ufeff\ue000", "‮abc", "x" * 100_000, "{{ 7|add:7 }}<script>"]
)
def test_nothing_that_can_be_typed_breaks_saving(client, author, document, text):
    client.force_login(author)
    answer = send(client, document, change("summary", text, "Dwa tygodnie nad jeziorem.")).json()
    assert answer["outcomes"][0]["result"] == "applied"
    page = client.get(reverse("mypart_generator:section", args=[document.uuid, "task"]))
    assert page.status_code == 200
    assert "<script>" not in page.content.decode().split("<main")[1]
