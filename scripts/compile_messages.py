"""Compile the catalogues with polib, so that gettext is needed only to extract messages."""

from pathlib import Path

import polib

for source in sorted((Path(__file__).resolve().parent.parent / "locale").rglob("*.po")):
    polib.pofile(str(source)).save_as_mofile(str(source.with_suffix(".mo")))
