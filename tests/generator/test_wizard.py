"""The wizard without JavaScript: every page saves by its button, and nobody else gets in."""

import json
import re

import pytest
from django.urls import reverse
from lxml import html

from mypart_wagtail.generator.filled import FilledForm
from mypart_wagtail.generator.models import FormDocument
from tests.generator.sample import TEMPLATE


def based_on(response) -> dict[str, str]:
    return json.loads(response.context["screen"].based_on)


def section(document, key: str, group: str = "") -> str:
    if group:
        return reverse("mypart_generator:group", args=[document.uuid, key, group])
    return reverse("mypart_generator:section", args=[document.uuid, key])


def post(client, url: str, deed: str = "save", **typed: str):
    """Open the page as a browser does, type, and press the button ``deed``."""
    base = based_on(client.get(url))
    named = {path.replace("__", "/"): text for path, text in typed.items()}
    return client.post(url, {**base, **named, "based_on": json.dumps(base), "deed": deed})


def data(document) -> dict:
    return FormDocument.objects.get(pk=document.pk).data


def form_of(document) -> FilledForm:
    return FilledForm(TEMPLATE, data(document))


@pytest.fixture
def pages(document):
    return {
        "tasks": reverse("mypart_generator:tasks", args=[document.uuid]),
        "summary": reverse("mypart_generator:summary", args=[document.uuid]),
        "section": section(document, "task"),
        "group": section(document, "budget", "aaaa"),
        "remove": reverse("mypart_generator:remove", args=[document.uuid, "schedule", "actions", "aaaa"]),
    }


@pytest.mark.parametrize("name", ["tasks", "summary", "section", "group", "remove"])
def test_the_author_sees_every_page(client, author, pages, name):
    client.force_login(author)
    response = client.get(pages[name])
    assert response.status_code == 200
    assert "no-store" in response["Cache-Control"]


@pytest.mark.parametrize("name", ["tasks", "summary", "section", "group", "remove"])
def test_a_stranger_gets_404_as_if_there_were_nothing(client, stranger, pages, name):
    client.force_login(stranger)
    assert client.get(pages[name]).status_code == 404
    assert client.post(pages[name]).status_code in (404, 405)


@pytest.mark.parametrize("name", ["tasks", "summary", "section", "group", "remove"])
def test_whoever_is_signed_out_is_sent_to_sign_in(client, pages, name):
    response = client.get(pages[name])
    assert response.status_code == 302
    assert "login" in response["Location"]


def test_a_friend_may_look_but_not_write(client, friend, pages):
    client.force_login(friend)
    assert client.get(pages["summary"]).status_code == 200
    assert client.get(pages["section"]).status_code == 404


def test_every_page_says_that_nothing_is_submitted(client, author, pages):
    client.force_login(author)
    for url in pages.values():
        assert "This form is not submitted." in client.get(url).content.decode()


def test_a_page_saves_by_its_button(client, author, document):
    client.force_login(author)
    response = post(client, section(document, "task"), title="Nowy tytuł", start="2.07.2027")
    assert response.status_code == 302
    assert data(document)["title"] == "Nowy tytuł"
    assert data(document)["start"] == "2027-07-02"


def test_continuing_saves_and_goes_on(client, author, document):
    client.force_login(author)
    response = post(client, section(document, "task"), "next", title="Nowy tytuł")
    assert response["Location"] == section(document, "schedule")
    response = post(client, section(document, "declarations"), "next")
    assert response["Location"] == reverse("mypart_generator:summary", args=[document.uuid])


def test_bad_input_is_kept_and_told_at_its_place(client, author, document):
    client.force_login(author)
    post(client, section(document, "budget", "aaaa"), costs__cccc__unit_cost="12.500")
    page = client.get(section(document, "budget", "aaaa")).content.decode()
    assert 'value="12.500"' in page
    assert "12\u00a0500,00" in page
    assert 'aria-invalid="true"' in page


def test_checking_a_page_lists_its_gaps_with_links_to_the_cells(client, author, document):
    client.force_login(author)
    response = post(client, section(document, "task"), "check", title="")
    page = client.get(response["Location"]).content.decode()
    assert 'href="#field-title"' in page
    assert 'id="field-title"' in page
    assert "<title>\n" not in page
    assert re.search(r"<title>\s*Error:", page)


def test_the_summary_links_to_the_very_cell(client, author, document):
    client.force_login(author)
    post(client, section(document, "budget", "aaaa"), costs__cccc__unit_cost="")
    page = client.get(reverse("mypart_generator:summary", args=[document.uuid])).content.decode()
    link = f"{section(document, 'budget', 'aaaa')}?check=1#field-costs-cccc-unit_cost"
    assert link in page
    assert 'id="field-costs-cccc-unit_cost"' in client.get(link.split("#")[0]).content.decode()


def test_whether_the_server_answers_is_told_without_making_the_page(client, author, document):
    client.force_login(author)
    answer = client.head(section(document, "budget", "aaaa"))
    assert (answer.status_code, answer.templates) == (200, [])
    assert client.head(section(document, "budget", "gone")).status_code == 404


def test_a_row_is_added_and_the_page_opens_at_it(client, author, document):
    client.force_login(author)
    response = post(client, section(document, "budget", "aaaa"), "add_row:costs:aaaa")
    added = data(document)["costs"]["order"][-1]
    assert response["Location"].endswith(f"#field-costs-{added}-name")
    assert data(document)["costs"]["rows"][added] == {"group": "aaaa"}


def test_rows_can_be_drawn_at_once_under_their_names_while_there_is_room(client, author, document):
    client.force_login(author)
    url = section(document, "budget", "aaaa")
    [names] = html.fromstring(client.get(url).content).xpath("//template/@data-names")
    costs = document.data["costs"]
    there = sum(row["group"] == "aaaa" for row in costs["rows"].values())
    assert json.loads(names) == [str(position) for position in range(there + 1, 101)]
    costs["rows"] |= {f"row{number:04}": {"group": "aaaa"} for number in range(100 - there)}
    costs["order"] = list(costs["rows"])
    document.save()
    assert html.fromstring(client.get(url).content).xpath("//template[@data-names]") == []
    post(client, url, "add_row:costs:aaaa")
    assert "There is room for 100 rows here." in client.get(url).content.decode()


def test_what_was_typed_is_kept_when_a_row_is_added(client, author, document):
    client.force_login(author)
    post(client, section(document, "schedule"), "add_row:actions:", actions__aaaa__name="Rejs po Wiśle")
    assert data(document)["actions"]["rows"]["aaaa"]["name"] == "Rejs po Wiśle"


def test_a_removed_row_can_be_restored(client, author, document):
    client.force_login(author)
    url = section(document, "budget", "aaaa")
    page = client.get(url).content.decode()
    deed = re.search(r"remove_row:costs:cccc:\w+", page)[0]
    post(client, url, deed)
    assert data(document)["costs"]["order"] == ["dddd"]
    assert "Removed: Łódź" in client.get(url).content.decode()
    post(client, url, "restore_row:costs:cccc")
    assert data(document)["costs"]["order"] == ["cccc", "dddd"]


def test_removing_an_action_asks_what_becomes_of_its_costs(client, author, document, pages):
    client.force_login(author)
    url = section(document, "schedule")
    deed = re.search(r"remove_row:actions:aaaa:\w+", client.get(url).content.decode())[0]
    response = post(client, url, deed)
    assert response["Location"] == pages["remove"]
    page = client.get(pages["remove"])
    assert "move to 2 Bieg" in page.content.decode()
    version = page.context["version"]
    client.post(pages["remove"], {"version": version, "move_to": "bbbb"})
    assert data(document)["costs"]["rows"]["cccc"]["group"] == "bbbb"
    assert data(document)["actions"]["order"] == ["bbbb"]


@pytest.mark.parametrize(("becomes", "left"), [("", []), ("bbbb", ["cccc", "dddd"])], ids=["go", "move"])
def test_an_action_removed_with_its_costs_or_without_comes_back_with_all_of_them(
    client, author, document, pages, becomes, left
):
    client.force_login(author)
    before = data(document)
    seen = client.get(pages["remove"])
    response = client.post(pages["remove"], {"version": seen.context["version"], "move_to": becomes})
    assert response["Location"] == f"{section(document, 'schedule')}#table-actions"
    assert [row.id for row in form_of(document).rows_in("costs", "bbbb")] == (left or ["dddd"])
    assert "Removed: Rejs" in client.get(section(document, "schedule")).content.decode()
    post(client, section(document, "schedule"), "restore_row:actions:aaaa")
    after = data(document)
    assert [row.id for row in form_of(document).rows("costs")] == ["cccc", "dddd"]
    assert after["costs"]["rows"] == before["costs"]["rows"]
    assert after["actions"]["order"] == before["actions"]["order"]


@pytest.mark.parametrize("method", ["get", "post"])
def test_who_is_on_the_page_of_an_action_that_a_colleague_removes_is_told_and_loses_nothing(
    client, author, colleague, document, pages, method
):
    client.force_login(author)
    page = client.get(pages["group"])
    client.force_login(colleague)
    seen = client.get(pages["remove"])
    client.post(pages["remove"], {"version": seen.context["version"], "move_to": ""})
    client.force_login(author)
    typed = {"based_on": json.dumps(based_on(page)), "deed": "next", "costs/cccc/quantity": "7"}
    answer = getattr(client, method)(pages["group"], typed if method == "post" else {}, follow=True)
    assert answer.redirect_chain[0][0] == section(document, "budget")
    assert "was removed meanwhile, perhaps by a colleague" in answer.content.decode()
    post(client, section(document, "schedule"), "restore_row:actions:aaaa")
    assert client.get(pages["group"]).status_code == 200


def test_an_action_changed_since_the_question_was_asked_is_not_removed(client, author, document, pages):
    client.force_login(author)
    version = client.get(pages["remove"]).context["version"]
    post(client, section(document, "schedule"), actions__aaaa__name="Rejs po Wiśle")
    response = client.post(pages["remove"], {"version": version, "move_to": ""}, follow=True)
    assert "Someone else has changed this in the meantime." in response.content.decode()
    assert data(document)["actions"]["order"] == ["aaaa", "bbbb"]


def test_what_was_typed_is_kept_while_one_is_asked_about_the_costs(client, author, document, pages):
    client.force_login(author)
    url = section(document, "schedule")
    deed = re.search(r"remove_row:actions:aaaa:\w+", client.get(url).content.decode())[0]
    response = post(client, url, deed, actions__bbbb__name="Bieg na orientację")
    assert response["Location"] == pages["remove"]
    assert data(document)["actions"]["rows"]["bbbb"]["name"] == "Bieg na orientację"


def test_an_action_without_costs_is_removed_at_once(client, author, document):
    client.force_login(author)
    document.data["costs"] = {}
    document.save()
    url = section(document, "schedule")
    deed = re.search(r"remove_row:actions:aaaa:\w+", client.get(url).content.decode())[0]
    assert post(client, url, deed)["Location"] == f"{url}#table-actions"
    assert data(document)["actions"]["order"] == ["bbbb"]


def test_rows_move_by_buttons(client, author, document):
    client.force_login(author)
    post(client, section(document, "schedule"), "move_row:actions:aaaa:down")
    assert data(document)["actions"]["order"] == ["bbbb", "aaaa"]


def test_on_the_same_field_the_second_person_sees_both_texts_and_chooses(client, author, colleague, document):
    url = section(document, "task")
    client.force_login(colleague)
    seen = based_on(client.get(url))
    client.force_login(author)
    post(client, url, title="Pierwszy")
    client.force_login(colleague)
    mine = {**seen, "title": "Drugi", "based_on": json.dumps(seen), "deed": "save"}
    response = client.post(url, mine)
    page = response.content.decode()
    assert response.status_code == 409
    assert 'value="Drugi"' in page
    assert "Pierwszy" in page
    assert data(document)["title"] == "Pierwszy"
    again = {**based_on(response), "title": "Drugi"}
    client.post(url, {**again, "based_on": json.dumps(based_on(response)), "deed": "save"})
    assert data(document)["title"] == "Drugi"


def test_one_continues_where_one_left_off(client, author, document, pages):
    client.force_login(author)
    post(client, section(document, "budget", "aaaa"), costs__cccc__quantity="5")
    page = client.get(pages["tasks"]).content.decode()
    assert f"{section(document, 'budget', 'aaaa')}#field-costs-cccc-quantity" in page


@pytest.mark.parametrize(
    "form",
    [
        {"based_on": "no json"},
        {"based_on": "[1]"},
        {"deed": "drop_table"},
        {"deed": "add_row"},
        {"based_on": '{"nothing/here": ""}', "nothing/here": "x"},
        {"deed": "add_row:costs:zzzz"},
        {"deed": "move_row:costs:zzzz:up"},
        {"deed": "move_row:actions:aaaa:left"},
        {"deed": "remove_row:actions:a\x00aa:v"},
    ],
)
def test_a_tampered_form_breaks_nothing(client, author, document, form):
    client.force_login(author)
    before = data(document)
    response = client.post(section(document, "task"), form)
    assert response.status_code in (302, 400, 409)
    after = data(document)
    assert {key: after[key]["order"] if "order" in after[key] else after[key] for key in before} == {
        key: before[key]["order"] if "order" in before[key] else before[key] for key in before
    }


@pytest.mark.parametrize(
    "path", ["nothing", "budget/zzzz", "schedule/actions/zzzz/remove", "zzzz/actions/aaaa/remove"]
)
def test_pages_that_are_not_there_are_404(client, author, document, path):
    client.force_login(author)
    url = reverse("mypart_generator:tasks", args=[document.uuid])
    assert client.get(f"{url}{path}/").status_code == 404


@pytest.mark.parametrize("rows", [1, 200])
def test_a_page_asks_the_database_as_often_with_many_rows_as_with_few(
    client, author, document, rows, django_assert_max_num_queries
):
    ids = [f"row{number:04}" for number in range(rows)]
    document.data["costs"] = {
        "order": ids,
        "rows": {i: {"group": "aaaa", "name": i, "unit_cost": "1.00", "quantity": "1"} for i in ids},
    }
    document.save()
    client.force_login(author)
    client.get(section(document, "budget", "aaaa"))
    with django_assert_max_num_queries(8):
        client.get(section(document, "budget", "aaaa"))


def send_signed_out(client, document, **typed: str):
    """Open the page as whoever is signed in, lose the session, type, and press the button."""
    page = client.get(section(document, "task"))
    base = based_on(page)
    author = re.search(r'name="typed_by" value="([^"]+)"', page.content.decode())[1]
    client.logout()
    sent = {**base, **typed, "based_on": json.dumps(base), "typed_by": author, "deed": "save"}
    return client.post(section(document, "task"), sent)


def test_what_was_typed_after_the_session_ended_is_saved_after_signing_in(client, author, document):
    client.force_login(author)
    answer = send_signed_out(client, document, title="Typed at 23:58")
    assert "next=" in answer["Location"]
    assert data(document)["title"] == "Obóz letni"
    client.force_login(author)
    page = client.get(section(document, "task"), follow=True).content.decode()
    assert data(document)["title"] == "Typed at 23:58"
    assert "What you typed has been sent only now." in page
    assert "has been sent only now." not in client.get(section(document, "task")).content.decode()


@pytest.mark.parametrize(("who", "status"), [("stranger", 404), ("colleague", 200)])
def test_what_was_typed_is_saved_in_nobody_elses_name(client, request, author, document, who, status):
    """A colleague who signs in on the same browser may write in the offer too, but did not write this."""
    client.force_login(author)
    send_signed_out(client, document, title="Mine")
    client.force_login(request.getfixturevalue(who))
    page = client.get(section(document, "task"))
    assert page.status_code == status
    assert "Mine" not in page.content.decode()
    assert data(document)["title"] == "Obóz letni"


def test_what_nobody_is_known_to_have_typed_is_not_saved(client, author, document):
    client.force_login(author)
    base = based_on(client.get(section(document, "task")))
    client.logout()
    client.post(section(document, "task"), {**base, "title": "Whose?", "based_on": json.dumps(base)})
    client.force_login(author)
    client.get(section(document, "task"))
    assert data(document)["title"] == "Obóz letni"


def test_what_was_typed_comes_back_even_where_the_form_is_submitted_meanwhile(client, author, document):
    client.force_login(author)
    send_signed_out(client, document, title="Too late")
    FormDocument.objects.update(status=FormDocument.Status.SUBMITTED)
    client.force_login(author)
    page = client.get(section(document, "task"))
    assert page.status_code == 409
    assert 'value="Too late"' in page.content.decode()
    assert client.get(section(document, "task")).status_code == 302


def test_a_row_is_removed_although_its_own_author_has_just_typed_in_it(client, author, document):
    """The version in the button is that of the page when it was opened."""
    client.force_login(author)
    url = section(document, "budget", "aaaa")
    deed = re.search(r"remove_row:costs:cccc:\w+", client.get(url).content.decode())[0]
    response = post(client, url, deed, costs__cccc__name="Kajak")
    assert response.status_code == 302
    assert "cccc" not in data(document)["costs"]["order"]
    assert data(document)["costs"]["removed"]["cccc"]["cells"]["name"] == "Kajak"


def test_a_row_that_someone_else_has_changed_since_stays(client, author, document):
    client.force_login(author)
    url = section(document, "budget", "aaaa")
    base = based_on(client.get(url))
    deed = re.search(r"remove_row:costs:cccc:\w+", client.get(url).content.decode())[0]
    document.refresh_from_db()
    document.data["costs"]["rows"]["cccc"]["name"] = "Of a colleague"
    document.save()
    client.post(url, {**base, "based_on": json.dumps(base), "deed": deed})
    assert "cccc" in data(document)["costs"]["order"]


def test_a_page_that_was_tampered_with_is_told_and_breaks_nothing(client, author, document):
    client.force_login(author)
    nested = "[" * 100_000
    assert client.post(section(document, "task"), {"based_on": nested, "deed": "save"}).status_code == 400
