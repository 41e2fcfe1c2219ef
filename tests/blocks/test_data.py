"""Tables and charts: the same facts for those who look, listen, calculate or print."""

import csv
import io
from decimal import Decimal
from urllib.parse import unquote

import lxml.html
import pytest
from django.utils import translation
from wagtail import blocks

from mypart_wagtail.blocks.chart import ChartBlock
from mypart_wagtail.blocks.data import StatisticsBlock, TableBlock
from mypart_wagtail.blocks.drawing import Drawing, draw_bars, draw_lines, draw_radar
from mypart_wagtail.blocks.spreadsheets import csv_link

YEARS = [("2023", ["1200.5", "900"]), ("2024", ["1500", None]), ("2025", ["12345.25", "1000"])]


def chart(kind="line", rows=YEARS, series=("asked for", "granted"), **facts):
    value = {
        "title": "Grants",
        "kind": kind,
        "description": "More each year.",
        "series": list(series),
        "rows": [{"label": label, "values": values} for label, values in rows],
        **facts,
    }
    return ChartBlock().to_python(value)


def shown(block, value):
    return lxml.html.fromstring(block.render(value))


def read_csv(page):
    (link,) = page.cssselect("a[download]")
    assert link.get("download").endswith(".csv")
    text = unquote(link.get("href").removeprefix("data:text/csv;charset=utf-8,"))
    assert text.startswith("\ufeff")
    delimiter = ";" if ";" in text else ","
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff")), delimiter=delimiter)), delimiter


@pytest.mark.parametrize("kind", ["bars", "line", "radar"])
def test_a_chart_has_its_numbers_in_a_table_too(kind):
    page = shown(ChartBlock(), chart(kind))
    assert page.cssselect("[role=img]")[0].get("aria-label") == "Grants"
    cells = [[cell.text_content() for cell in row] for row in page.cssselect("tbody tr")]
    assert cells == [["2023", "1,200.5", "900"], ["2024", "1,500", "–"], ["2025", "12,345.25", "1,000"]]
    assert [head.text_content() for head in page.cssselect("thead th")] == ["asked for", "granted"]


@pytest.mark.parametrize("kind", ["bars", "line", "radar"])
def test_coordinates_are_never_written_as_a_language_writes_numbers(kind):
    with translation.override("pl"):
        page = shown(ChartBlock(), chart(kind))
        assert "12\u00a0345,25" in page.text_content()
    for shape in page.cssselect("[role=img] svg *"):
        for name in ("x", "y", "x1", "x2", "y1", "y2", "cx", "cy", "width"):
            if shape.get(name):
                float(shape.get(name))
        for pair in (shape.get("points") or "").split():
            assert [float(one) for one in pair.split(",")]


def test_a_spreadsheet_in_each_language_reads_the_numbers_as_numbers():
    rows, delimiter = read_csv(shown(ChartBlock(), chart()))
    assert delimiter == ","
    assert rows == [
        ["", "asked for", "granted"],
        ["2023", "1200.5", "900"],
        ["2024", "1500", ""],
        ["2025", "12345.25", "1000"],
    ]
    with translation.override("pl"):
        rows, delimiter = read_csv(shown(ChartBlock(), chart()))
    assert delimiter == ";"
    assert rows[1] == ["2023", "1200,5", "900"]


def test_the_file_is_named_in_letters_every_system_knows():
    page = shown(ChartBlock(), chart(title="Środki łącznie"))
    assert page.cssselect("a[download]")[0].get("download") == "srodki-lacznie.csv"


def test_a_cell_is_no_formula_for_a_spreadsheet():
    text = unquote(csv_link([["=1+1", "-5", "+48 32", "@SUM(A1)", "-x"]]))
    assert text.endswith("'=1+1,-5,+48 32,'@SUM(A1),'-x\r\n")


def test_a_line_breaks_where_there_are_no_data():
    drawn = draw_lines(Drawing.of(["a"], [(str(n), [v]) for n, v in enumerate([1, 2, None, 4, 5])]))
    svg = lxml.html.fromstring(drawn)
    assert len(svg.findall(".//polyline")) == 2
    assert len(svg.findall(".//circle")) == 4


def test_series_differ_by_more_than_colour():
    svg = lxml.html.fromstring(
        draw_lines(Drawing.of(list("abcd"), [("1", [1, 2, 3, 4]), ("2", [2, 3, 4, 5])]))
    )
    markers = [child for child in svg if "mypart-chart__marker" in child.get("class")]
    assert len(markers) == 8
    assert len({(marker.tag, corners(marker)) for marker in markers}) == 4
    assert len({child.get("class") for child in svg if "mypart-chart__line" in child.get("class")}) == 4


def corners(marker):
    """The corners of a marker, as seen from the first of them."""
    points = [[float(one) for one in point.split(",")] for point in (marker.get("points") or "").split()]
    return tuple((round(x - points[0][0]), round(y - points[0][1])) for x, y in points)


def test_long_names_are_left_to_html_which_breaks_lines():
    rows = [("Konstantynopolitańczykowianeczka", [1]), ("b", [2]), ("c", [3])]
    drawing = Drawing.of(["points"], rows)
    assert [text.text for text in lxml.html.fromstring(draw_radar(drawing)).findall("text")][:3] == [
        "1",
        "2",
        "3",
    ]
    page = shown(ChartBlock(), chart("radar", [(label, values) for label, values in rows], ["points"]))
    assert [key.text_content() for key in page.cssselect("ol li")] == [label for label, _values in rows]


@pytest.mark.parametrize(
    ("numbers", "starts", "widths"),
    [
        ([Decimal(5), Decimal(10)], ["0", "0"], ["50", "100"]),
        ([Decimal(-5), Decimal(5)], ["0", "50"], ["50", "50"]),
        ([Decimal(0), None], ["0", "0"], ["0", "0"]),
        ([Decimal("1e9"), Decimal("0.1")], ["0", "0"], ["100", "0"]),
    ],
)
def test_bars_begin_at_zero(numbers, starts, widths):
    bars = [bar for _label, (bar,) in draw_bars(Drawing.of(["a"], [("x", [number]) for number in numbers]))]
    assert [bar.start for bar in bars] == starts
    assert [bar.width for bar in bars] == widths


@pytest.mark.parametrize("kind", ["bars", "line", "radar"])
@pytest.mark.parametrize("values", [["0", "0"], ["-3", "-1"], ["0.0001", "999999999"], [None, "1"]])
def test_strange_numbers_are_drawn(kind, values):
    page = shown(ChartBlock(), chart(kind, [("a", values), ("b", values), ("c", values)]))
    assert page.cssselect("[role=img] svg")


@pytest.mark.parametrize("kind", ["bars", "line", "radar"])
def test_a_draft_with_too_few_or_too_many_numbers_is_drawn_as_far_as_it_goes(kind):
    page = shown(ChartBlock(), chart(kind, [("a", ["1"]), ("b", ["1", "2", "3"]), ("c", [])]))
    assert [len(row) for row in page.cssselect("tbody tr")] == [3, 3, 3]


@pytest.mark.parametrize(
    ("facts", "message"),
    [
        ({"rows": [("a", ["1"])]}, "Row 1 needs as many numbers as there are series: 2."),
        ({"kind": "radar", "rows": YEARS[:2]}, "The least number of rows in this kind of chart: 3."),
        ({"kind": "radar", "rows": [("a", ["1", "-1"])] * 3}, "A radar has no room for numbers below zero."),
        ({"kind": "bars", "rows": [("a", [None, None])]}, "Give at least one number."),
    ],
)
def test_data_that_cannot_be_drawn_are_refused_at_their_place(facts, message):
    kind = facts.get("kind", "bars")
    with pytest.raises(blocks.StructBlockValidationError) as caught:
        ChartBlock().clean(chart(kind, facts["rows"]))
    assert [str(error.message) for error in caught.value.block_errors["rows"].non_block_errors.as_data()] == [
        message
    ]


def table(rows, columns=("Area", "PLN"), **facts):
    value = {
        "caption": "Grants",
        "columns": list(columns),
        "rows": [{"cells": list(row)} for row in rows],
        **facts,
    }
    return TableBlock().to_python(value)


def test_a_table_has_caption_headers_and_numbers_at_their_end():
    page = shown(TableBlock(), table([("Sport", "1 200,50 zł"), ("Culture", "900")], row_headers=True))
    assert page.findtext(".//caption") == "Grants"
    assert [head.get("scope") for head in page.cssselect("thead th")] == ["col", "col"]
    assert [head.text for head in page.cssselect("tbody th[scope=row]")] == ["Sport", "Culture"]
    assert [cell.get("class") for cell in page.cssselect("tbody td")] == ["mypart-number"] * 2
    assert read_csv(page)[0][1] == ["Sport", "1 200,50 zł"]


def test_a_row_that_does_not_fit_its_table_is_named():
    with pytest.raises(blocks.StructBlockValidationError) as caught:
        TableBlock().clean(table([("Sport", "1"), ("Culture", "1", "2")]))
    assert "Row 2 needs as many cells" in str(caught.value.block_errors["rows"].non_block_errors)


def test_a_draft_of_a_table_is_shown_as_far_as_it_goes():
    page = shown(TableBlock(), table([("Sport",), ("Culture", "1", "2"), ("", "")]))
    assert [len(row) for row in page.cssselect("tbody tr")] == [2, 2]


def test_source_and_date_are_told():
    value = StatisticsBlock().to_python(
        {"statistics": [{"value": "212", "label": "clubs"}], "source": "City", "date": "2026-01-31"}
    )
    page = shown(StatisticsBlock(), value)
    assert (
        " ".join(page.cssselect(".mypart-block__source")[0].text_content().split())
        == "Source: City, as of 31 January 2026"
    )
    assert page.find(".//time").get("datetime") == "2026-01-31"
