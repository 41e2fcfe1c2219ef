"""Files as people save and read them."""

import subprocess
from pathlib import Path

from playwright.sync_api import Page


def save_linked(page: Page, link: str, folder: Path) -> Path:
    """Save what ``link`` leads to, as „Zapisz link jako” does, and return the file."""
    with page.expect_download() as saving:
        page.get_by_role("main").get_by_role("link", name=link, exact=True).click(modifiers=["Alt"])
    file = folder / saving.value.suggested_filename
    saving.value.save_as(file)
    return file


def text_of(pdf: Path) -> str:
    """Return the text of a PDF, its pages parted by form feeds, as it lies on the paper."""
    done = subprocess.run(["pdftotext", "-layout", pdf, "-"], capture_output=True, text=True, check=True)
    return done.stdout
