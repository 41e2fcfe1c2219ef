"""Facts in figures: a table, and numbers worth remembering. The chart is in ``chart.py``."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.list_block import ListBlockValidationError

from mypart_wagtail.blocks.base import DATA, ContentBlock
from mypart_wagtail.blocks.spreadsheets import csv_link

NUMBER_SIGNS = str.maketrans("", "", " \u00a0\u202f.,%+-−–zł")


class RowBlock(blocks.StructBlock):
    """Cells, from the first column to the last."""

    cells = blocks.ListBlock(blocks.CharBlock(required=False, label=_("Cell")), label=_("Cells"))


class TableBlock(ContentBlock):
    """A table with a caption and headers, made of lists: wagtail-localize leaves out Wagtail's own tables."""

    caption = blocks.CharBlock(
        label=_("Caption"), max_length=250, help_text=_("What the table says, in one sentence.")
    )
    columns = blocks.ListBlock(blocks.CharBlock(label=_("Column")), label=_("Headers of columns"))
    rows = blocks.ListBlock(RowBlock(label=_("Row")), label=_("Rows"))
    row_headers = blocks.BooleanBlock(label=_("The first cell names its row"), required=False, default=True)
    source = blocks.CharBlock(label=_("Source"), max_length=250, required=False)
    date = blocks.DateBlock(label=_("As of"), required=False)

    class Meta:
        icon = "table"
        label = _("Table")
        group = DATA
        description = _("Rows and columns with headers, to be read by everyone and downloaded as CSV.")
        template = "mypart_blocks/table.html"

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        if self.is_deferred_validation:
            return cleaned
        columns = len(cleaned["columns"])
        for number, row in enumerate(cleaned["rows"], start=1):
            if len(row["cells"]) != columns:
                message = _("Row %(row)d needs as many cells as there are columns: %(columns)d.") % {
                    "row": number,
                    "columns": columns,
                }
                raise blocks.StructBlockValidationError(block_errors={"rows": _list_error(message)})
        return cleaned

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        context = super().get_context(value, parent_context=parent_context)
        columns = [column or "" for column in value.get("columns") or []]
        rows = [_fitted(row.get("cells") or [], len(columns)) for row in value.get("rows") or []]
        rows = [row for row in rows if any(row)]
        if not any(columns) or not rows:
            return context
        numeric = [_is_numeric(cells) for cells in zip(*rows, strict=True)]
        context |= {
            "columns": list(zip(columns, numeric, strict=True)),
            "rows": [list(zip(row, numeric, strict=True)) for row in rows],
            "csv": csv_link([columns, *rows]),
        }
        return context

    def example(self) -> dict[str, Any]:
        rows = [(gettext("Sport"), "12", "180 000"), (gettext("Culture"), "9", "95 500")]
        return {
            "caption": gettext("Grants of last year by area"),
            "columns": [gettext("Area"), gettext("Offers"), gettext("PLN")],
            "rows": [{"cells": list(row)} for row in rows],
            "row_headers": True,
            "source": gettext("City Office"),
            "date": None,
        }


def _list_error(message: Any) -> ListBlockValidationError:
    return ListBlockValidationError(non_block_errors=[ValidationError(message)])


def _fitted(cells: Any, columns: int) -> list[str]:
    """As many cells as there are columns: a draft may have more or fewer."""
    texts = [cell or "" for cell in cells]
    return (texts + [""] * columns)[:columns]


def _is_numeric(cells: tuple[str, ...]) -> bool:
    """Whether a column holds numbers, which are easier to compare aligned at their end."""
    filled = [cell.translate(NUMBER_SIGNS) for cell in cells if cell.strip()]
    return bool(filled) and all(text.isdecimal() for text in filled)


class StatisticBlock(blocks.StructBlock):
    """One number and what it counts."""

    value = blocks.CharBlock(
        label=_("A number"), max_length=30, help_text=_("With its unit: “212”, “1.2 million zł”.")
    )
    label = blocks.CharBlock(label=_("What it counts"), max_length=120)


class StatisticsBlock(ContentBlock):
    """A few numbers, big."""

    lists = {"statistics": "value"}

    heading = blocks.CharBlock(label=_("Heading"), max_length=120, required=False)
    statistics = blocks.ListBlock(StatisticBlock(label=_("A number")), label=_("Numbers"))
    source = blocks.CharBlock(label=_("Source"), max_length=250, required=False)
    date = blocks.DateBlock(label=_("As of"), required=False)

    class Meta:
        icon = "decimal"
        label = _("Statistics")
        group = DATA
        description = _("A few numbers worth remembering, with their source.")
        template = "mypart_blocks/statistics.html"

    def example(self) -> dict[str, Any]:
        return {
            "heading": gettext("The city in numbers"),
            "statistics": [
                {"value": "212", "label": gettext("organisations")},
                {"value": "61", "label": gettext("grants last year")},
                {"value": "14", "label": gettext("areas of public tasks")},
            ],
            "source": gettext("City Office"),
            "date": None,
        }
