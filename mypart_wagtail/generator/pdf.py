"""Printing a form: blocks in, one PDF out that is PDF/A-3a and PDF/UA-1 at once.

Typst lays the pages out, with the fonts shipped here and no others, so that the same blocks give the same
bytes. Text reaches it as data, never as markup.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, is_dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any

import typst
from django.utils import formats, timezone, translation

from mypart_wagtail.generator.filled import characters
from mypart_wagtail.generator.glyphs import FONTS, printable
from mypart_wagtail.generator.presentation import Block, Grid, Heading, Paragraph, Statement, header_rows
from mypart_wagtail.generator.wording import Wording, choices_in_words, wording
from mypart_wagtail.text import visible

LAYOUT = Path(__file__).parent / "typst" / "document.typ"
STANDARDS = ["a-3a", "ua-1"]
LONGEST_TITLE = 300
"""Characters of a title that a window shows; PDF/A bears no endless one."""

LONGEST_WAIT_SECONDS = 60
MOST_WHILE_WAITING = 500_000
"""Characters printed while somebody waits: prose of that length takes a second of processor time."""

# A compiler serves one thread at a time.
_compiling = Lock()


class PdfError(Exception):
    """The form could not be printed."""


class PdfTakesLong(PdfError):
    """The form is too long to be printed while somebody waits."""


def render_pdf(
    blocks: Sequence[Block],
    *,
    title: str,
    language: str,
    checksum: str = "",
    number: str = "",
    submitted_at: datetime | None = None,
    verified_at: str = "",
    attachment: bytes | None = None,
    draft: bool = False,
    is_waited_for: bool = False,
) -> bytes:
    """The PDF of ``blocks``. The same arguments give the same bytes, for one version of typst.

    ``title`` names the document in the reader's window; ``number`` and ``checksum`` (``0a55-22c2-b414``)
    stand on every page; ``submitted_at`` (aware) is the date of the document; ``verified_at`` the address
    where anyone may verify the checksum. ``attachment`` is the canonical JSON, put inside the PDF. A draft is
    marked so on every page. Raises ``PdfError``, and ``PdfTakesLong`` for one that is too long to be made in
    a request (``is_waited_for``).
    """
    words = wording(language)
    document = {
        "title": visible(title).strip()[:LONGEST_TITLE] or number or words.draft,
        "language": language,
        "words": asdict(words) | {"empty": words.not_filled_in if draft else words.not_applicable},
        "number": number,
        "checksum": checksum,
        "submitted": _local_time(submitted_at, language, words) if submitted_at else "",
        "draft": draft,
        "sheets": _sheets(_without_skipped_levels(blocks)),
    }
    data = _as_data(document, words)
    # Asked before as well: whatever no font has gets nine times as long by its name.
    if is_waited_for:
        _require_short(data)
    # An address gets no places to break, so that it can be copied.
    printed = _printable(data) | {"verified_at": verified_at}
    if is_waited_for:
        _require_short(printed)
    inputs = {"document": json.dumps(printed)}
    if attachment is not None:
        inputs["attachment"] = attachment.decode()
    return _compile(inputs, submitted_at or timezone.now())


def _require_short(data: dict[str, Any]) -> None:
    """Raises ``PdfTakesLong`` for more than is printed while somebody waits."""
    if characters(data) > MOST_WHILE_WAITING:
        raise PdfTakesLong("The form is too long to be printed while somebody waits")


def _compile(inputs: dict[str, str], date: datetime) -> bytes:
    if not _compiling.acquire(timeout=LONGEST_WAIT_SECONDS):
        raise PdfError("Too many forms are being printed")
    try:
        return _compiler().compile(  # type: ignore[return-value]
            sys_inputs=inputs,
            format="pdf",
            pdf_standards=STANDARDS,  # type: ignore[arg-type]  # a list of literals
            timestamp=date.astimezone(UTC).replace(microsecond=0),
        )
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:  # A panic inside the compiler is no Exception.
        raise PdfError("The form could not be printed") from error
    finally:
        _compiling.release()


@cache
def _compiler() -> typst.Compiler:
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS)])
    return typst.Compiler(str(LAYOUT), font_paths=fonts)


def _local_time(moment: datetime, language: str, words: Wording) -> str:
    with translation.override(language):
        return formats.date_format(timezone.localtime(moment, timezone.get_default_timezone()), words.time)


def _sheets(blocks: Iterable[Block]) -> list[dict[str, Any]]:
    """Blocks by upright and landscape pages. What introduces a wide grid stands on its page."""
    sheets: list[dict[str, Any]] = []
    introduction: list[Block] = []
    for block in blocks:
        introduction.append(block)
        if isinstance(block, Heading | Paragraph):
            continue
        landscape = isinstance(block, Grid) and block.landscape
        if not sheets or sheets[-1]["landscape"] != landscape:
            sheets.append({"landscape": landscape, "blocks": []})
        sheets[-1]["blocks"] += introduction
        introduction = []
    if introduction:
        sheets.append({"landscape": False, "blocks": introduction})
    return sheets


def _without_skipped_levels(blocks: Iterable[Block]) -> Iterable[Block]:
    """PDF/UA refuses a heading of level 3 right under one of level 1."""
    deepest = 0
    for block in blocks:
        if isinstance(block, Heading):
            deepest = min(block.level, deepest + 1)
            block = Heading(block.text, deepest)
        yield block


def _as_data(value: Any, words: Wording) -> Any:
    """``value`` for the layout: every block a dict that tells its type."""
    if isinstance(value, dict):
        return {key: _as_data(item, words) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_as_data(item, words) for item in value]
    if is_dataclass(value):
        facts = {"block": type(value).__name__} | vars(value) | _worked_out(value, words)
        return _as_data(facts, words)
    return value


def _printable(data: Any) -> Any:
    """``data`` with every text as it is printed."""
    if isinstance(data, str):
        return printable(data)
    if isinstance(data, dict):
        return {key: _printable(item) for key, item in data.items()}
    return [_printable(item) for item in data] if isinstance(data, list) else data


def _worked_out(block: Any, words: Wording) -> dict[str, Any]:
    """What the layout need not work out itself, since the page of the form shows the same."""
    match block:
        case Grid():
            return {"header": header_rows(block.columns)}
        case Statement():
            return {"said": choices_in_words(block.choices, words)}
    return {}
