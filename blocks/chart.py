"""A chart everyone can use: drawn on the server, told in words, with its numbers in a table and as CSV."""

from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.list_block import ListBlockValidationError

from mypart_wagtail.blocks.base import DATA, ContentBlock
from mypart_wagtail.blocks.drawing import Drawing, draw_bars, draw_lines, draw_radar
from mypart_wagtail.blocks.spreadsheets import csv_link

# As many as can be told apart by marker and dash, without colours.
MOST_SERIES = 4
# Beyond it nobody reads a chart, and drawing one would take the server's memory.
LARGEST = Decimal(10) ** 15
LEAST_ROWS = {"bars": 1, "line": 2, "radar": 3}
DRAW = {"bars": draw_bars, "line": draw_lines, "radar": draw_radar}


class ChartRowBlock(blocks.StructBlock):
    """A name (a year, an area, an indicator) and one number for each series."""

    label = blocks.CharBlock(label=_("Name"), max_length=120)
    values = blocks.ListBlock(
        blocks.DecimalBlock(required=False, min_value=-LARGEST, max_value=LARGEST, label=_("A number")),
        label=_("Numbers"),
        help_text=_("One for each series. An empty one means that there are no data."),
    )


class ChartBlock(ContentBlock):
    """Bars, a line or a radar."""

    title = blocks.CharBlock(label=_("Title"), max_length=200)
    kind = blocks.ChoiceBlock(
        label=_("Kind"),
        choices=[
            ("bars", _("Bars: compares")),
            ("line", _("Line: over time")),
            ("radar", _("Radar: many sides")),
        ],
        default="bars",
    )
    description = blocks.TextBlock(
        label=_("Description"),
        rows=3,
        help_text=_("What one sees in the chart, for those who do not see it."),
    )
    unit = blocks.CharBlock(
        label=_("Unit of the numbers"),
        max_length=40,
        required=False,
        help_text=_("For example “thousand zł”, “points”."),
    )
    series = blocks.ListBlock(
        blocks.CharBlock(max_length=80, label=_("Series")),
        label=_("Series"),
        max_num=MOST_SERIES,
        help_text=_("What each column of numbers is, for example “asked for” and “granted”."),
    )
    rows = blocks.ListBlock(ChartRowBlock(label=_("Row")), label=_("Data"))
    source = blocks.CharBlock(label=_("Source"), max_length=250, required=False)
    date = blocks.DateBlock(label=_("As of"), required=False)

    class Meta:
        icon = "order"
        label = _("Chart")
        group = DATA
        description = _("Bars, a line or a radar, with description, table and CSV.")
        template = "mypart_blocks/chart.html"

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        if not self.is_deferred_validation:
            error = _fault(cleaned)
            if error:
                raise blocks.StructBlockValidationError(
                    block_errors={"rows": ListBlockValidationError(non_block_errors=[ValidationError(error)])}
                )
        return cleaned

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        context = super().get_context(value, parent_context=parent_context)
        drawing = _drawing(value)
        if drawing.is_empty:
            return context
        context |= {
            "drawing": drawing,
            "chart": DRAW.get(value.get("kind"), draw_bars)(drawing),
            "is_drawn": value.get("kind") in ("line", "radar"),
            "csv": csv_link([["", *drawing.series], *([row.label, *row.values] for row in drawing.rows)]),
        }
        return context

    def example(self) -> dict[str, Any]:
        rows = [
            (gettext("Sport"), "212.5", "180"),
            (gettext("Culture"), "140", "95.5"),
            (gettext("Social help"), "88", "80"),
        ]
        return {
            "title": gettext("Money asked for and granted"),
            "kind": "bars",
            "description": gettext("In each area more money was asked for than granted; in sport the most."),
            "unit": gettext("thousand zł"),
            "series": [gettext("asked for"), gettext("granted")],
            "rows": [{"label": label, "values": [Decimal(one) for one in values]} for label, *values in rows],
            "source": gettext("City Office"),
            "date": None,
        }


def _drawing(value: Any) -> Drawing:
    rows = [(row.get("label") or "", list(row.get("values") or [])) for row in value.get("rows") or []]
    return Drawing.of(list(value.get("series") or []), rows, unit=value.get("unit") or "")


def _fault(value: Any) -> Any:
    """What is wrong with the data, or None."""
    kind, series, rows = value["kind"], len(value["series"]), value["rows"]
    if len(rows) < LEAST_ROWS[kind]:
        return _("The least number of rows in this kind of chart: %(rows)d.") % {"rows": LEAST_ROWS[kind]}
    for number, row in enumerate(rows, start=1):
        if len(row["values"]) != series:
            return _("Row %(row)d needs as many numbers as there are series: %(series)d.") % {
                "row": number,
                "series": series,
            }
    if kind == "radar" and any(one is not None and one < 0 for row in rows for one in row["values"]):
        return _("A radar has no room for numbers below zero.")
    if not any(one is not None for row in rows for one in row["values"]):
        return _("Give at least one number.")
    return None
