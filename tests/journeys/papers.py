"""Papers as people read them."""

import subprocess
from pathlib import Path


def text_of(pdf: Path) -> str:
    """Return the text of a PDF, its pages parted by form feeds, as it lies on the paper."""
    done = subprocess.run(["pdftotext", "-layout", pdf, "-"], capture_output=True, text=True, check=True)
    return done.stdout
