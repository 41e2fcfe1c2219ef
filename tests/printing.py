"""Reading a PDF in tests: its text, page by page, as a reader would see it."""

import subprocess
from io import BytesIO
from typing import NamedTuple

import pikepdf
from lxml import html


def opened(pdf: bytes) -> pikepdf.Pdf:
    return pikepdf.open(BytesIO(pdf))


def pages(pdf: bytes) -> list[str]:
    """The text of each page, with runs of white space as one space. Needs ``pdftotext`` of poppler."""
    return [" ".join(page.split()) for page in _pdftotext(pdf).split("\f")[:-1]]


class Word(NamedTuple):
    """A word where it stands on its page, in points from the left edge."""

    text: str
    left: float
    right: float


def words(pdf: bytes) -> list[Word]:
    """Every word of ``pdf``, in the order of reading."""
    found = html.fromstring(_pdftotext(pdf, "-bbox")).iter("word")
    return [Word(word.text or "", float(word.get("xmin")), float(word.get("xmax"))) for word in found]


def _pdftotext(pdf: bytes, *options: str) -> str:
    command = ["pdftotext", "-enc", "UTF-8", *options, "-", "-"]
    return subprocess.run(command, input=pdf, capture_output=True, check=True).stdout.decode()


def is_landscape(page: pikepdf.Page) -> bool:
    left, bottom, right, top = page.mediabox
    return right - left > top - bottom
