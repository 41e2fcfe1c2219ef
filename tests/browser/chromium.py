"""Finding the browser. The tests use the one of the system; nothing is downloaded."""

import os
import shutil

import pytest

WINDOWLESS = "chromium-headless-shell"
"""The same browser without the frame of its windows, which takes half of the time of all (Debian has it)."""
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ARGUMENTS = [
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


def find_chromium(*preferred: str) -> str:
    """Path of the browser: ``MYPART_CHROMIUM``, or the first of ``preferred`` and ``NAMES`` on the path."""
    candidates = [os.environ.get("MYPART_CHROMIUM"), *preferred, *NAMES]
    for candidate in filter(None, candidates):
        path = shutil.which(candidate)
        if path:
            return path
    pytest.fail("No Chromium found: apt install chromium, or set MYPART_CHROMIUM to its path.")


def arguments() -> list[str]:
    """Command line of the browser. As root, as in a container, Chromium refuses to start with its sandbox."""
    return [*ARGUMENTS, "--no-sandbox"] if os.geteuid() == 0 else ARGUMENTS
