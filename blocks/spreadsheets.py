"""A table as a file for spreadsheets, kept in the very link that downloads it.

Such a link needs no view and no record, so there is nothing to check permissions on: whoever may read the
page has the table already. It works in drafts, previews and old revisions, and behind a shared cache.
"""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any
from urllib.parse import quote

from django.utils.formats import get_format

# Spreadsheets take a cell that begins so for a formula.
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")
NUMBER = re.compile(r"[+-][\d\s.,%]+")


def csv_link(rows: Iterable[Sequence[Any]]) -> str:
    """A ``data:`` address of ``rows`` as CSV in UTF-8, with the decimal sign and separator of the language.

    Where the decimal sign is a comma, spreadsheets expect semicolons between cells.
    """
    comma = get_format("DECIMAL_SEPARATOR") == ","
    file = io.StringIO(newline="")
    writer = csv.writer(file, delimiter=";" if comma else ",")
    writer.writerows([_cell(value, comma=comma) for value in row] for row in rows)
    # The byte order mark tells spreadsheets that it is UTF-8.
    return "data:text/csv;charset=utf-8," + quote("\ufeff" + file.getvalue(), safe="")


def _cell(value: Any, *, comma: bool) -> str:
    if value is None:
        return ""
    if isinstance(value, (int, Decimal)):
        plain = f"{value:f}"
        return plain.replace(".", ",") if comma else plain
    text = str(value)
    return f"'{text}" if text.startswith(FORMULA_SIGNS) and not NUMBER.fullmatch(text) else text
