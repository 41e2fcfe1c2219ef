"""The floors of the architecture are guarded, in the symlinked blocks too."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parent.parent.parent


@pytest.fixture
def copy(tmp_path) -> Path:
    """The code as it lies in the repository, symlinks included, free to be spoiled."""
    ignored = shutil.ignore_patterns("__pycache__")
    for folder in ("mypart_wagtail", "blocks"):
        shutil.copytree(REPOSITORY / folder, tmp_path / folder, symlinks=True, ignore=ignored)
    shutil.copy(REPOSITORY / "pyproject.toml", tmp_path)
    return tmp_path


def lint_imports(folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache"],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(folder)},
        capture_output=True,
        text=True,
        check=False,
    )


def test_imports_only_go_down(copy):
    done = lint_imports(copy)
    assert done.returncode == 0, done.stdout


def test_a_block_that_imports_an_app_above_it_is_found(copy):
    (copy / "blocks" / "offer_generator.py").open("a").write("\nimport mypart_wagtail.grants.models\n")
    done = lint_imports(copy)
    assert done.returncode == 1
    assert "mypart_wagtail.blocks.offer_generator -> mypart_wagtail.grants.models" in done.stdout
