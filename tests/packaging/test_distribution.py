"""What one downloads is whole, and works in a Wagtail project that has nothing else of ours."""

import os
import shutil
import subprocess
import sys
import tarfile
import venv
import zipfile
from pathlib import Path

import polib
import pytest

HERE = Path(__file__).parent
REPOSITORY = HERE.parent.parent
PACKAGED = ("mypart_wagtail", "blocks", "locale")
HELPERS = ("__init__.py", "sites.py", "people.py", "grants/__init__.py", "grants/calls.py")

# Each worker that runs one of these tests would build anew.
pytestmark = pytest.mark.slow


def run(*command: str | Path, cwd: Path) -> str:
    """What ``command`` prints. It sees nothing of this repository; if it fails, its words are the error."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    environment.pop("DJANGO_SETTINGS_MODULE", None)
    done = subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
    return done.stdout


def tracked(*folders: str) -> list[Path]:
    listed = run("git", "ls-files", "-z", "--", *folders, cwd=REPOSITORY)
    return [Path(name) for name in listed.split("\0") if name and os.path.lexists(REPOSITORY / name)]


@pytest.fixture(scope="module")
def source(tmp_path_factory) -> Path:
    """The tracked files alone, as in a fresh clone: nothing left by earlier builds can help."""
    clone = tmp_path_factory.mktemp("source")
    for name in tracked():
        (clone / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(REPOSITORY / name, clone / name, follow_symlinks=False)
    add_polish(clone, "A message of the tests", "Komunikat testów")
    return clone


def add_polish(clone: Path, message: str, polish: str) -> None:
    catalogue = polib.pofile(str(clone / "locale/pl/LC_MESSAGES/django.po"))
    catalogue.append(polib.POEntry(msgid=message, msgstr=polish))
    catalogue.save()


@pytest.fixture(scope="module")
def distributions(source, tmp_path_factory) -> Path:
    """A folder with the sdist, and the wheel built from that sdist."""
    folder = tmp_path_factory.mktemp("dist")
    run(sys.executable, "-m", "build", "--outdir", folder, source, cwd=folder)
    return folder


@pytest.fixture(scope="module")
def wheel(distributions) -> Path:
    (found,) = distributions.glob("*.whl")
    return found


def names_in_wheel(wheel: Path) -> set[str]:
    with zipfile.ZipFile(wheel) as archive:
        return set(archive.namelist())


def names_in_sdist(distributions: Path) -> set[str]:
    (sdist,) = distributions.glob("*.tar.gz")
    with tarfile.open(sdist) as archive:
        return {name.partition("/")[2] for name in archive.getnames()}


def test_every_template_font_and_other_file_is_in_the_wheel(wheel):
    links = {Path("mypart_wagtail/blocks"), Path("mypart_wagtail/locale")}
    wanted = {
        path.as_posix() if path.parts[0] == "mypart_wagtail" else f"mypart_wagtail/{path.as_posix()}"
        for path in tracked(*PACKAGED)
        if path not in links
    }
    assert any(name.endswith(".typ") for name in wanted)
    assert sorted(wanted - names_in_wheel(wheel)) == []


def test_messages_come_compiled_so_that_nobody_needs_gettext(wheel):
    sources = {name for name in names_in_wheel(wheel) if name.endswith(".po")}
    assert sources
    assert {name.removesuffix(".po") + ".mo" for name in sources} <= names_in_wheel(wheel)


def test_neither_tests_nor_the_sandbox_are_shipped(wheel, distributions):
    shipped = names_in_wheel(wheel) | names_in_sdist(distributions)
    assert [name for name in shipped if name.split("/")[0] in ("tests", "sandbox") or "/tests/" in name] == []


def test_nothing_left_by_earlier_builds_is_shipped_and_blocks_is_no_package_of_its_own(wheel, distributions):
    assert [name for name in names_in_wheel(wheel) if "__pycache__" in name or name.endswith(".pyc")] == []
    assert {name.split("/")[0].partition("-")[0] for name in names_in_wheel(wheel)} == {"mypart_wagtail"}
    assert [name for name in names_in_sdist(distributions) if name.endswith((".mo", ".pyc"))] == []


def test_a_bare_wagtail_project_takes_the_wheel_and_serves_its_visitors(wheel, tmp_path):
    python = empty_environment(tmp_path / "venv")
    run(python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", wheel, cwd=tmp_path)
    project = bare_project(tmp_path, wagtail=python.with_name("wagtail"))

    def manage(*arguments: str) -> str:
        return run(python, "manage.py", *arguments, cwd=project)

    manage("makemigrations", "home")
    manage("check")
    manage("makemigrations", "--check")
    manage("migrate")
    manage("test")


def empty_environment(folder: Path) -> Path:
    """The Python of a new virtual environment with nothing but pip."""
    venv.create(folder, with_pip=True)
    return folder / ("Scripts" if os.name == "nt" else "bin") / "python"


def bare_project(folder: Path, *, wagtail: Path) -> Path:
    """What ``wagtail start`` makes, and the few lines by which its maker adds our apps."""
    project = folder / "project"
    project.mkdir()
    run(wagtail, "start", "city", project, cwd=folder)
    with (project / "city/settings/base.py").open("a") as settings:
        settings.write((HERE / "city/added_settings.py").read_text())
    shutil.copy(HERE / "city/urls.py", project / "city/urls.py")
    shutil.copy(HERE / "city/home/models.py", project / "home/models.py")
    shutil.copy(HERE / "city/home/home_page.html", project / "home/templates/home/home_page.html")
    shutil.copy(HERE / "city/home/tests.py", project / "home/tests.py")
    for helper in HELPERS:
        copied = project / "tests" / helper
        copied.parent.mkdir(exist_ok=True)
        shutil.copy(HERE.parent / helper, copied)
    return project
