"""What is said at a field about its text, on every way in: while typing, and by the button without script."""

import json
import re
from urllib.parse import urlencode

import pytest
from django.urls import reverse

from mypart_wagtail.generator.rules import Severity, failures
from tests.generator.sample import complete_data, filled
from tests.generator.test_autosave import change, send
from tests.generator.test_wizard import based_on, data, post, section

WITHOUT_GLYPH = {
    "Festyn 🎉": "🎉 (U+1F389)",
    "你好": "你 (U+4F60), 好 (U+597D)",
    "שש": "ש (U+05E9)",
    "ب": "ب (U+0628)",
}
PRINTABLE = ["Zażółć gęślą jaźń", "„ąę” – 5 € · m²", "Київ", "Ελλάδα", "a\u200db\u00ad\u202e"]
ISOLATES = {0x2068: None, 0x2069: None}


def page_of(client, document, *place: str) -> str:
    return client.get(section(document, *place)).content.decode().translate(ISOLATES)


@pytest.fixture
def signed_in(client, author):
    client.force_login(author)
    return client


# Characters that cannot be printed


@pytest.mark.parametrize(("text", "named"), WITHOUT_GLYPH.items())
def test_what_cannot_be_printed_is_named_at_its_field_after_saving(signed_in, document, text, named):
    post(signed_in, section(document, "task"), title=text)
    page = page_of(signed_in, document, "task")
    assert f"This cannot be printed: {named}." in page
    assert 'aria-describedby="field-title-warning"' in page
    assert f'value="{text}"' in page
    assert data(document)["title"] == text


@pytest.mark.parametrize(("text", "named"), WITHOUT_GLYPH.items())
def test_what_cannot_be_printed_is_named_while_typing(signed_in, document, text, named):
    answer = send(signed_in, document, change("title", text, "Obóz letni"), section="task").json()
    assert named in answer["fields"]["title"]["warning"].translate(ISOLATES)
    assert answer["fields"]["title"]["text"] == text
    assert answer["failures"][0]["severity"] == "warning"


@pytest.mark.parametrize("text", PRINTABLE)
def test_nothing_is_said_of_what_can_be_printed(signed_in, document, text):
    answer = send(signed_in, document, change("title", text, "Obóz letni")).json()
    assert answer["fields"]["title"]["warning"] == ""


def test_the_summary_names_what_cannot_be_printed_and_links_to_the_cell(signed_in, document):
    post(signed_in, section(document, "budget", "aaaa"), costs__cccc__name="Lody 🍦")
    page = signed_in.get(reverse("mypart_generator:summary", args=[document.uuid])).content.decode()
    page = page.translate(ISOLATES)
    assert "Lody 🍦, Kind of cost: This cannot be printed: 🍦 (U+1F366)." in page
    assert f"{section(document, 'budget', 'aaaa')}?check=1#field-costs-cccc-name" in page


def test_what_cannot_be_printed_does_not_block_submission():
    assert [f.severity for f in failures(filled(title="🎉"))] == [Severity.WARNING]


def test_a_text_of_many_such_characters_names_the_first_ten():
    message = str(failures(filled(title="".join(map(chr, range(0x4E00, 0x4E20)))))[0].message)
    assert message.count("U+") == 10
    assert "…" in message


def test_a_page_with_nothing_but_hints_is_not_announced_as_an_error(signed_in, document):
    response = post(signed_in, section(document, "task"), "check", title="🎉")
    page = signed_in.get(response["Location"]).content.decode()
    assert "Worth a look" in page
    assert "Error:" not in page


# Amounts that may mean two


@pytest.mark.parametrize("typed", ["12.500", "12,500"])
def test_an_amount_that_may_mean_two_is_asked_about_and_never_guessed(signed_in, document, typed):
    post(signed_in, section(document, "budget", "aaaa"), costs__cccc__unit_cost=typed)
    page = page_of(signed_in, document, "budget", "aaaa")
    assert "Did you mean 12\u00a0500,00 or 12,50?" in page
    assert f'value="{typed}"' in page
    assert 'value="choose:costs/cccc/unit_cost:12\u00a0500,00"' in page
    assert 'value="choose:costs/cccc/unit_cost:12,50"' in page
    assert data(document)["costs"]["rows"]["cccc"]["unit_cost"] == {"typed": typed}


@pytest.mark.parametrize(("number", "kept"), [(0, "12500.00"), (1, "12.50")])
def test_the_button_of_a_reading_writes_it_without_script(signed_in, document, number, kept):
    url = section(document, "budget", "aaaa")
    post(signed_in, url, costs__cccc__unit_cost="12.500")
    choices = re.findall(r'value="(choose:[^"]+)"', page_of(signed_in, document, "budget", "aaaa"))
    response = post(signed_in, url, choices[number], costs__cccc__name="Łódź żaglowa")
    assert response["Location"] == f"{url}#field-costs-cccc-unit_cost"
    row = data(document)["costs"]["rows"]["cccc"]
    assert (row["unit_cost"], row["name"]) == (kept, "Łódź żaglowa")
    assert "choose:" not in page_of(signed_in, document, "budget", "aaaa")


def test_choosing_a_reading_does_not_overwrite_what_someone_else_has_written(
    client, author, colleague, document
):
    url = section(document, "budget", "aaaa")
    client.force_login(author)
    post(client, url, costs__cccc__unit_cost="12.500")
    seen = based_on(client.get(url))
    client.force_login(colleague)
    post(client, url, costs__cccc__unit_cost="7")
    client.force_login(author)
    chosen = {**seen, "based_on": json.dumps(seen), "deed": "choose:costs/cccc/unit_cost:12,50"}
    response = client.post(url, chosen)
    assert response.status_code == 409
    assert "7,00" in response.content.decode()
    assert data(document)["costs"]["rows"]["cccc"]["unit_cost"] == "7.00"


def test_while_typing_both_readings_are_offered(signed_in, document):
    answer = send(signed_in, document, change("costs/cccc/unit_cost", "12.500", "100,50")).json()
    assert answer["fields"]["costs/cccc/unit_cost"]["readings"] == ["12\u00a0500,00", "12,50"]
    assert answer["fields"]["costs/cccc/unit_cost"]["text"] == "12.500"


# Texts over the limit, and what no keyboard has


@pytest.mark.parametrize("letter", ["x", "ą", "😀", "你"])
def test_a_hundred_thousand_characters_are_counted_and_kept_as_typed(signed_in, document, letter):
    typed = letter * 100_000
    url = section(document, "task")
    assert post(signed_in, url, summary=typed).status_code == 302
    page = page_of(signed_in, document, "task")
    assert "Shorten the text by 99800 characters: the limit is 200." in page
    assert typed in page
    assert post(signed_in, url, title="Drugie zapisanie").status_code == 302
    assert data(document)["summary"] == {"typed": typed}
    assert data(document)["title"] == "Drugie zapisanie"


def test_a_text_beyond_all_measure_is_refused_at_its_place_and_stays_in_the_page(signed_in, document):
    typed = "x" * 200_001
    response = post(signed_in, section(document, "task"), summary=typed, title="Zapisany")
    page = response.content.decode()
    assert response.status_code == 409
    assert typed in page
    assert "Shorten it to the limit of the field." in page
    assert "Save to keep yours" not in page
    assert (data(document)["summary"], data(document)["title"]) == ("Dwa tygodnie nad jeziorem.", "Zapisany")


def test_what_was_typed_in_a_row_that_someone_else_removed_is_shown(client, author, colleague, document):
    url = section(document, "budget", "aaaa")
    client.force_login(author)
    seen = based_on(client.get(url))
    client.force_login(colleague)
    deed = re.search(r"remove_row:costs:cccc:\w+", client.get(url).content.decode())[0]
    post(client, url, deed)
    client.force_login(author)
    typed = {**seen, "costs/cccc/name": "Żaglówka", "based_on": json.dumps(seen), "deed": "save"}
    page = client.post(url, typed).content.decode()
    assert "This row was removed by someone else. You wrote: “Żaglówka”." in page


STRANGE = {
    "a\x00b\x07c": "abc",
    "\ud83d!": "!",
    "\ufffe\ufdd0\ue000x": "x",
    "\u202eabc": "\u202eabc",
    "שלום 😀": "שלום 😀",
}


@pytest.mark.parametrize(("typed", "kept"), STRANGE.items(), ids=ascii)
def test_while_typing_only_what_can_be_stored_and_printed_is_kept(signed_in, document, typed, kept):
    answer = send(signed_in, document, change("title", typed, "Obóz letni")).json()
    assert answer["outcomes"][0]["result"] == "applied"
    assert data(document)["title"] == kept
    assert page_of(signed_in, document, "task")


@pytest.mark.parametrize(("typed", "kept"), STRANGE.items(), ids=ascii)
def test_by_the_button_only_what_can_be_stored_and_printed_is_kept(signed_in, document, typed, kept):
    base = based_on(signed_in.get(section(document, "task")))
    body = urlencode({**base, "title": typed, "based_on": json.dumps(base)}, errors="surrogatepass")
    response = signed_in.post(
        section(document, "task"), body, content_type="application/x-www-form-urlencoded"
    )
    assert response.status_code == 302
    assert data(document)["title"].replace("\ufffd", "") == kept


@pytest.mark.parametrize("path", ["start", "costs/cccc/unit_cost"])
def test_text_kept_as_typed_holds_nothing_a_database_refuses(signed_in, document, path):
    was = {"start": "1.07.2027", "costs/cccc/unit_cost": "100,50"}[path]
    send(signed_in, document, change(path, "ju\x00tr\ud83do", was))
    assert "jutro" in json.dumps(data(document))
    assert "\\u0000" not in json.dumps(data(document))
    assert "\\ud83d" not in json.dumps(data(document))


def test_a_conflict_with_strange_text_is_still_a_conflict(signed_in, document):
    send(signed_in, document, change("title", "Pierwszy", "Obóz letni"))
    answer = send(signed_in, document, change("title", "\ud800\x00Drugi", "Obóz letni")).json()
    assert answer["outcomes"][0]["current"] == "Pierwszy"
    assert complete_data()["title"] != data(document)["title"]
