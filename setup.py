"""Everything is declared in ``pyproject.toml``; this adds the one step of the build that needs code."""

from pathlib import Path

import polib
from setuptools import setup
from setuptools.command.build_py import build_py

CATALOGUES = Path("mypart_wagtail", "locale")


class BuildWithMessages(build_py):
    """Compiles the message catalogues into what is built, so that nobody who installs it needs gettext."""

    def run(self) -> None:
        super().run()
        if self.editable_mode:  # Nothing is built: `make compile` does it, in place.
            return
        for source in sorted(CATALOGUES.rglob("*.po")):
            compiled = Path(self.build_lib, source).with_suffix(".mo")
            polib.pofile(str(source)).save_as_mofile(str(compiled))


setup(cmdclass={"build_py": BuildWithMessages})
