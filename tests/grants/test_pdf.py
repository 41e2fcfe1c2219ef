"""The PDF of a real offer: valid for archives and screen readers, complete, and stopped by nothing typed."""

from itertools import pairwise
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from mypart_wagtail.generator import pdf as printer
from mypart_wagtail.generator.models import Snapshot
from mypart_wagtail.generator.presentation import Paragraph
from mypart_wagtail.generator.services.snapshots import pdf_of
from mypart_wagtail.grants.content import offer_content
from mypart_wagtail.grants.kind import ApplicationKind, digest
from mypart_wagtail.grants.models import Application
from mypart_wagtail.grants.services.applications import start_application, submit_application
from mypart_wagtail.grants.views import papers
from mypart_wagtail.organisations.services import ask_to_join
from tests.grants.calls import open_call
from tests.grants.offers import sample_data
from tests.people import member, organisation, person
from tests.printing import is_landscape, opened, pages, words


@pytest.fixture
def club(db):
    card = organisation()
    card.representatives.create(name="Anna Żółć", function="skarbniczka")
    return card


@pytest.fixture
def signer(club):
    return member(club, "signer", is_signer=True)


@pytest.fixture
def call(db):
    return open_call(pool="1000000.00", grant_max="1000000.00")


def draft(signer, call, club, data: dict[str, Any]) -> Application:
    application = start_application(signer, call=call, organisation=club, at=timezone.now())
    application.document.data = data
    application.document.save()
    return Application.objects.with_parts().get(pk=application.pk)


@pytest.fixture
def submit(signer, call, club):
    """Submits an offer with the data given and gives its snapshot."""

    def submit(data: dict[str, Any]) -> Snapshot:
        application = draft(signer, call, club, data)
        seen = digest(application, ApplicationKind().form(application.document))
        return submit_application(signer, application=application, at=timezone.now(), seen=seen)

    return submit


@pytest.fixture
def usual(submit):
    return submit(sample_data())


@pytest.fixture
def large(submit):
    return submit(sample_data(actions=12, costs_per_action=6, years=3))


def test_it_is_made_for_archives_and_for_screen_readers(usual):
    with opened(pdf_of(usual)) as pdf, pdf.open_metadata() as metadata:
        assert metadata["pdfaid:part"] == "3"
        assert metadata["pdfaid:conformance"] == "A"
        assert metadata["pdfuaid:part"] == "1"
        assert metadata["dc:title"] == "Letnia szkoła żeglarstwa dla dzieci"
        assert pdf.Root.Lang == "pl"
        assert pdf.Root.MarkInfo.Marked
        assert pdf.Root.ViewerPreferences.DisplayDocTitle


def test_it_carries_the_very_bytes_whose_checksum_it_shows(usual):
    with opened(pdf_of(usual)) as pdf:
        attached = pdf.attachments["document.json"]
        assert attached.get_file().read_bytes() == usual.read_bytes()
        assert attached.relationship == "/Source"


def test_number_and_checksum_stand_on_every_page(large):
    printed = pages(pdf_of(large))
    number = large.read()["number"]
    assert len(printed) > 5
    for position, page in enumerate(printed, start=1):
        assert f"Suma kontrolna: {large.checksum}" in page
        assert f"Numer: {number}" in page
        assert f"Strona {position} z {len(printed)}" in page


def test_the_first_page_says_where_anyone_can_verify_the_checksum(usual):
    first = pages(pdf_of(usual))[0]
    assert "Każdy może ją sprawdzić: http://localhost/pl/forms/verify/" in first


def test_tables_have_every_column_and_footnote_of_the_form(usual):
    text = " ".join(pages(pdf_of(usual)))
    assert text.count("Wartość [PLN]") == 3
    for mark in "¹²³⁴⁵⁶⁷":
        assert f"{mark}⁾" in text
    for label in ("1. Organ administracji", "2. Rodzaj zadania", "3. Syntetyczny opis", "Rok 1", "Rok 2"):
        assert label in text


@pytest.mark.parametrize("years", [1, 3, 5])
def test_huge_amounts_stay_within_their_columns(signer, call, club, years):
    data = sample_data(years=years)
    data["costs"]["rows"]["cost0001x0001"]["unit_cost"] = "999999999.99"
    printed = words(_draft_pdf(signer, draft(signer, call, club, data)).content)
    texts = [word.text for word in printed]
    row = printed[texts.index("szt.") : texts.index("I.1.2.")]
    assert [word.text for word in row].count("999,99") == (3 if years == 1 else 2)
    assert all(later.left > sooner.right for sooner, later in pairwise(row))


def test_wide_tables_lie_on_landscape_pages_and_repeat_their_headers(large):
    raw = pdf_of(large)
    printed = pages(raw)
    budget = [n for n, page in enumerate(printed) if "Rodzaj kosztu" in page and "Rok 3⁴⁾" in page]
    with opened(raw) as pdf:
        turned = [n for n, page in enumerate(pdf.pages) if is_landscape(page)]
    assert len(budget) > 1
    assert set(budget) <= set(turned)
    plan = [n for n in turned if n not in budget]
    assert all("Planowany termin" in printed[n] for n in plan)
    assert 0 not in turned
    assert len(printed) - 1 not in turned


def test_everyone_who_represents_has_a_place_to_sign_below_the_declarations(usual):
    [page] = [page for page in pages(pdf_of(usual)) if "Jan Kowalski" in page]
    for expected in ("Jan Kowalski", "prezes", "Anna Żółć", "skarbniczka", "7) w zakresie związanym"):
        assert expected in page
    assert page.count("podpis") >= 2
    assert page.count("Data:") == 2


def test_what_was_chosen_is_said_in_words(submit):
    text = " ".join(pages(pdf_of(submit(sample_data() | {"taxes": "some"}))))
    assert "(Wybrano: oferent; zalega(-ją))" in text
    assert "(Wybrano: oferent; nie zalega(-ją))" in text
    assert "(Wybrano: Krajowym Rejestrem Sądowym)" in text
    assert "(Wybrano: OFERTA REALIZACJI ZADANIA PUBLICZNEGO; ART. 14 UST. 1)" in text
    assert "nie zalega(-ją)* / zalega(-ją)* z opłacaniem" in text


def test_what_is_left_empty_says_that_it_does_not_apply(usual):
    text = " ".join(pages(pdf_of(usual)))
    assert "sekcji VII nie dotyczy" in text
    assert "nie wypełniono" not in text


def test_money_is_printed_as_people_in_poland_write_it(usual):
    text = " ".join(pages(pdf_of(usual))).replace("\u00a0", " ")
    assert "1 900,00" in text
    assert "1 520,00" in text


HOSTILE = {
    "emoji": "Zajęcia 😀👩‍👩‍👧 dla dzieci",
    "chinese": "Zajęcia 青少年帆船",
    "right to left": "שיעורי שיט \u202eabc\u202c דروس",
    "nul and controls": "a\x00b\x07c\x1bd",
    "byte order mark and private use": "\ufeffa\ue000b\uffff",
    "lone marks": "\u0301\u0301\u0301",
    "markup": '#panic("x") $x^2$ *a* _b_ <label> @ref [#x] \\ ` ```',
    "run of letters": "a" * 32_000,
    "run of wide letters": "Ż" * 32_000,
    "run without spaces": "a-b." * 8_000,
    "line breaks": "\n" * 500,
    "one line": "słowo " * 2_000,
}


@pytest.mark.parametrize("typed", HOSTILE.values(), ids=HOSTILE.keys())
def test_nothing_typed_stops_it(signer, call, club, typed):
    """Whatever got past the limits and the cleaning of fields, the offer still prints.

    Nothing of it is stored: a database may refuse what the printer bears.
    """
    data = sample_data() | {"title": typed, "synopsis": typed, "experience": typed}
    for table in ("actions", "costs"):
        for row in data[table]["rows"].values():
            row["name"] = typed
    application = draft(signer, call, club, sample_data())
    application.document.data = data
    kind = ApplicationKind()
    content = offer_content(application, kind.form(application.document))
    blocks = kind.form_from(content).blocks(content)
    with opened(printer.render_pdf(blocks, title=typed, language="pl", draft=True)) as pdf:
        assert len(pdf.pages) >= 3


def test_what_no_font_can_print_is_named_on_paper_and_kept_in_the_json(submit):
    snapshot = submit(sample_data() | {"title": "Rejs 😀"})
    raw = pdf_of(snapshot)
    assert "Rejs [U+1F600]" in " ".join(pages(raw))
    assert "Rejs 😀" in snapshot.read_bytes().decode()


def test_a_word_without_end_stays_within_its_column(submit):
    data = sample_data()
    data["costs"]["rows"]["cost0001x0001"]["name"] = "Ż" * 150
    printed = words(pdf_of(submit(data)))
    endless = [word for word in printed if "ŻŻ" in word.text]
    [next_column] = [word for word in printed if word.text == "miary"]
    assert sum(word.text.count("Ż") for word in endless) == 150
    assert all(word.right < next_column.left for word in endless)


def test_the_same_offer_gives_the_same_bytes_whoever_prints_it(usual):
    with translation.override("pl"):
        first = pdf_of(usual)
    printer._compiler.cache_clear()
    with translation.override("en"):
        assert pdf_of(usual) == first


def test_an_offer_submitted_in_another_language_is_printed_in_the_language_of_the_law(signer, call, club):
    application = draft(signer, call, club, sample_data())
    contents = []
    for language in ("pl", "en"):
        with translation.override(language):
            contents.append(offer_content(application, ApplicationKind().form(application.document)))
    assert contents[0] == contents[1]


def test_a_draft_is_marked_on_every_page_and_has_no_number(signer, call, club):
    printed = pages(_draft_pdf(signer, draft(signer, call, club, {"title": "Rejs"})).content)
    for page in printed:
        assert "WERSJA ROBOCZA – NIE ZŁOŻONO" in page
        assert "Suma kontrolna" not in page
        assert "Numer:" not in page
    assert "nie wypełniono" in " ".join(printed)


def test_nobody_keeps_the_server_busy_with_drafts(signer, call, club, monkeypatch):
    monkeypatch.setattr(papers, "DRAFTS", "1/hour")
    offer = draft(signer, call, club, {"title": "Rejs"})
    assert _draft_pdf(signer, offer).status_code == 200
    assert _draft_pdf(signer, offer).status_code == 429


def _draft_pdf(user, application: Application):
    client = Client()
    client.force_login(user)
    return client.get(reverse("mypart_grants:draft_pdf", args=[application.uuid]))


def test_an_action_outside_the_years_of_the_task_is_printed_in_a_draft(signer, call, club):
    data = sample_data(years=2)
    data["actions"]["rows"]["action0002"] |= {"name": "Zbłąkane", "start": "2026-05-01", "end": "2026-06-01"}
    data["actions"]["rows"]["action0003"] |= {"name": "Odwrócone", "start": "2028-05-01", "end": "2027-06-01"}
    text = " ".join(pages(_draft_pdf(signer, draft(signer, call, club, data)).content))
    plan = text.partition("działania, których terminy nie mieszczą się")[2].partition("5. Opis")[0]
    for name in ("Zbłąkane", "Odwrócone"):
        assert name in plan


def test_a_plan_without_stray_actions_has_no_part_for_them(usual):
    assert "nie mieszczą się" not in " ".join(pages(pdf_of(usual)))


@pytest.mark.parametrize(("required", "places"), [(1, 2), (2, 2), (5, 5)])
def test_there_are_places_to_sign_for_as_many_people_as_must(club, submit, required, places):
    club.signatures_required = required
    club.save()
    text = " ".join(pages(pdf_of(submit(sample_data()))))
    assert text.count("Data:") == places


def test_an_offer_of_somebody_who_waits_for_an_answer_has_places_to_sign_without_names(club, call):
    club.signatures_required = 2
    club.save()
    stranger = person("stranger")
    ask_to_join(stranger, organisation=club)
    text = " ".join(pages(_draft_pdf(stranger, draft(stranger, call, club, sample_data())).content))
    assert "Kowalski" not in text
    assert "Żółć" not in text
    assert text.count("Data:") == 2


def test_of_a_form_too_long_to_print_while_one_waits_nothing_is_made_printable(monkeypatch):
    done: list[str] = []
    monkeypatch.setattr(printer, "printable", done.append)
    text = "\U0001e944" * (printer.MOST_WHILE_WAITING + 1)
    with pytest.raises(printer.PdfTakesLong):
        printer.render_pdf([Paragraph(text)], title="Oferta", language="pl", is_waited_for=True)
    assert done == []


@pytest.mark.database
def test_an_offer_too_long_to_print_while_one_waits_is_printed_after_it_is_submitted(
    signer, call, club, submit, client, monkeypatch, django_capture_on_commit_callbacks
):
    monkeypatch.setattr(printer, "MOST_WHILE_WAITING", 1000)
    client.force_login(signer)
    offer = draft(signer, call, club, sample_data())
    place = [offer.uuid]
    answer = client.get(reverse("mypart_grants:draft_pdf", args=place), follow=True)
    assert "too long to be printed while you wait" in answer.content.decode()
    rehearsal = client.post(reverse("mypart_grants:rehearse", args=place)).content.decode()
    assert "Nothing is missing" in rehearsal
    assert "but for the PDF" in rehearsal
    with django_capture_on_commit_callbacks(execute=True):
        snapshot = submit(sample_data())
    place = [snapshot.document.application.uuid]
    assert client.get(reverse("mypart_grants:offer_pdf", args=place)).status_code == 202
    call_command("mypart_render_pdfs")
    assert client.get(reverse("mypart_grants:offer_pdf", args=place)).status_code == 200
