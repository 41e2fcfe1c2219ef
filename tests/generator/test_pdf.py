"""Printing blocks: every kind of block prints, and what no font can print is named."""

import pytest
from django.template.loader import render_to_string

from mypart_wagtail.generator import pdf as printer
from mypart_wagtail.generator.glyphs import FONTS, coverage, printable, unprintable
from mypart_wagtail.generator.pdf import PdfError, render_pdf
from mypart_wagtail.generator.presentation import Column, Grid, Heading, Line, Paragraph
from tests.generator.printed import printed_form
from tests.printing import pages


def rendered(blocks, **facts) -> bytes:
    return render_pdf(blocks, title="Oferta", language="pl", **facts)


def html(block) -> str:
    return render_to_string("mypart_generator/presentation/block.html", {"block": block})


def test_every_kind_of_block_prints():
    text = " ".join(pages(rendered(printed_form())))
    for words in (
        "OFERTA REALIZACJI",
        "Obóz letni",
        "I.3.3.",
        "1 000 000,00",
        "Wybrano: oferent; nie zalega(-ją)",
        "Anna Żółć",
    ):
        assert words in text
    assert "(Nie wybrano: Krajowym Rejestrem Sądowym / właściwą ewidencją)" in text


def test_a_form_in_english_speaks_english():
    text = " ".join(pages(render_pdf([Heading("Offer", 1)], title="Offer", language="en", draft=True)))
    assert "DRAFT – NOT SUBMITTED" in text
    assert "Page 1 of 1" in text


def test_a_form_without_a_title_still_has_one():
    assert rendered([Heading("Oferta", 1)], number="MYS/1")


COLUMNS = (Column("Lp."), Column("Koszt", weight=4), Column("Razem", "end", 2))


@pytest.mark.parametrize("is_titled", [False, True])
def test_a_caption_that_a_heading_says_already_is_printed_once_and_still_read_aloud(is_titled):
    grid = Grid("Zestawienie kosztów", COLUMNS, [Line(("1", "Łódź", "1,00"))], is_titled=is_titled)
    text = " ".join(pages(rendered([Heading("Zestawienie kosztów", 1), grid])))
    assert text.count("Zestawienie kosztów") == (1 if is_titled else 2)
    assert "<caption" in html(grid)


def test_a_single_cell_stands_across_the_whole_table():
    grid = Grid("Koszty", COLUMNS, [Line(("I. Działanie",), "group"), Line(("1", "Łódź", "1,00"))])
    assert 'colspan="3"' in html(grid)
    assert "I. Działanie" in " ".join(pages(rendered([grid])))


def test_an_empty_table_says_that_it_does_not_apply_and_in_a_draft_that_it_is_not_filled_in():
    grid = Grid("Koszty", COLUMNS, [])
    assert "nie dotyczy" in " ".join(pages(rendered([grid])))
    assert "nie dotyczy" in html(grid)
    assert "nie wypełniono" in " ".join(pages(rendered([grid], draft=True)))


@pytest.mark.parametrize("title", ["", "\u200b", " \u2060 "])
def test_a_title_nobody_can_see_does_not_stop_the_pdf(title):
    pdf = render_pdf([Paragraph("Text")], title=title, language="pl")
    assert pdf.startswith(b"%PDF")


def test_a_compiler_that_breaks_down_is_told_as_one_kind_of_error(monkeypatch):
    class Panic(BaseException):
        pass

    class Broken:
        def compile(self, **inputs):
            raise Panic

    monkeypatch.setattr(printer, "_compiler", Broken)
    with pytest.raises(PdfError):
        rendered([Heading("Oferta", 1)])


def test_people_can_still_stop_the_server_while_it_prints(monkeypatch):
    class Stopped:
        def compile(self, **inputs):
            raise KeyboardInterrupt

    monkeypatch.setattr(printer, "_compiler", Stopped)
    with pytest.raises(KeyboardInterrupt):
        rendered([Heading("Oferta", 1)])


def test_polish_and_its_neighbours_can_be_printed_in_every_weight():
    assert unprintable("Zażółć gęślą jaźń – „cytat” § € ½ Київ Ελλάς ě ß →") == []
    assert sorted(font.suffix for font in FONTS.glob("*.ttf")) == [".ttf"] * 4
    assert {ord(letter) for letter in "ąćęłńóśźżĄĆĘŁŃÓŚŹŻ"} <= coverage()


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("Rejs 😀", "Rejs [U+1F600]"),
        ("a\u200db\ufe0f", "ab"),
        ("a\tb", "a b"),
        ("a\u00a0b", "a\u00a0b"),
        ("a\r\nb", "a\nb"),
        ("", ""),
        ("e" + "\u0301" * 200, "e" + "\u0301" * 4 + "[+196]"),
    ],
)
def test_what_becomes_of_text_on_paper(typed, printed):
    assert printable(typed) == printed


def test_each_character_that_no_font_can_print_is_pointed_out_once():
    assert unprintable("😀 Rejs 青 😀") == ["😀", "青"]
