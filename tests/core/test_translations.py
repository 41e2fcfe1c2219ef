"""The service speaks Polish throughout: every message is translated, with its values where they belong."""

import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import polib
import pytest

REPOSITORY = Path(__file__).resolve().parents[2]
CATALOGUE = Path("locale/pl/LC_MESSAGES/django.po")
EXTRACTED = ("mypart_wagtail", "blocks", "sandbox", "scripts")
PLURAL_FORMS = (
    "nplurals=3; plural=(n==1 ? 0 : n%10>=2 && n%10<=4 && (n%100<12 || n%100>14) ? 1 : 2);"  # as in CLDR
)
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%%|%[sd]|\{\w*\}|</?\w+[^>]*>")


def messages(root: Path) -> list[polib.POEntry]:
    return [entry for entry in polib.pofile(str(root / CATALOGUE)) if not entry.obsolete]


def name_of(entry: polib.POEntry) -> tuple[str, str, str]:
    return entry.msgctxt or "", entry.msgid, entry.msgid_plural


def wordings(entry: polib.POEntry) -> Iterator[tuple[str, str]]:
    """Each Polish wording of a message, beside the English one it stands for."""
    for form, polish in entry.msgstr_plural.items():
        yield (entry.msgid_plural if form else entry.msgid), polish
    if not entry.msgid_plural:
        yield entry.msgid, entry.msgstr


def test_every_message_is_in_polish_and_nobody_has_to_look_at_it_again():
    left = [name_of(entry) for entry in messages(REPOSITORY) if not entry.translated()]
    assert not left, f"Untranslated or fuzzy in {CATALOGUE}: {left}"


def test_no_value_gets_lost_in_translation():
    lost = [
        polish
        for entry in messages(REPOSITORY)
        for english, polish in wordings(entry)
        if Counter(PLACEHOLDER.findall(polish)) != Counter(PLACEHOLDER.findall(english))
    ]
    assert not lost


def test_polish_counts_with_three_plural_forms():
    catalogue = polib.pofile(str(REPOSITORY / CATALOGUE))
    assert catalogue.metadata["Plural-Forms"] == PLURAL_FORMS
    counted = [entry for entry in messages(REPOSITORY) if entry.msgid_plural]
    assert counted
    assert not [entry.msgid for entry in counted if set(entry.msgstr_plural) != {0, 1, 2}]


def test_every_message_of_the_code_is_in_the_catalogue(tmp_path):
    known = {name_of(entry) for entry in messages(REPOSITORY)}
    used = {name_of(entry) for entry in messages(extracted(tmp_path))}
    new, unused = sorted(used - known), sorted(known - used)
    assert not new, f"Run `make messages` and translate: {new}"
    assert not unused, f"Run `make messages`, to be rid of: {unused}"


def extracted(folder: Path) -> Path:
    """A copy of the code in ``folder``, with an empty catalogue into which its messages were extracted."""
    if shutil.which("xgettext") is None:
        pytest.fail("This test needs gettext. Install it, for example with: apt-get install gettext")
    for name in EXTRACTED:
        shutil.copytree(REPOSITORY / name, folder / name, symlinks=True)
    (folder / CATALOGUE).parent.mkdir(parents=True)
    subprocess.run(
        ["sh", "scripts/extract_messages.sh"],
        cwd=folder,
        env=os.environ | {"PYTHON": sys.executable},
        capture_output=True,
        check=True,
    )
    return folder
