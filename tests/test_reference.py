"""The reference pages name everything there is, and nothing there is not."""

import json
import re
from pathlib import Path

from mypart_wagtail import checks
from mypart_wagtail.blocks.content import BLOCKS
from mypart_wagtail.conf import DEFAULTS
from mypart_wagtail.grants.history import EVENT_NAMES

REPOSITORY = Path(__file__).parents[1]
REFERENCE = REPOSITORY / "docs" / "reference"


def first_column(page: str, heading: str = "") -> list[str]:
    """What stands as code in the first column of the table under ``heading``."""
    text = (REFERENCE / page).read_text().partition(heading)[2] if heading else (REFERENCE / page).read_text()
    table = re.split(r"^## ", text.lstrip("\n"), flags=re.MULTILINE)[0]
    return re.findall(r"^\| `([^`]+)`", table, flags=re.MULTILINE)


def test_every_system_check_is_documented_once():
    package = Path(checks.__file__).parent
    sources = [*package.rglob("*.py"), *(package / "blocks").rglob("*.py")]
    ids = {id for source in sources for id in re.findall(r'id="(mypart\w*\.[EW]\d+)"', source.read_text())}
    assert sorted(first_column("checks.md")) == sorted(ids)


def test_every_setting_is_documented_with_its_default():
    assert first_column("settings.md") == list(DEFAULTS)
    page = (REFERENCE / "settings.md").read_text()
    for key, default in DEFAULTS.items():
        assert f"| `{key}` | `{json.dumps(default)}` |" in page


def test_every_variable_of_the_sandboxs_environment_is_documented():
    settings = (REPOSITORY / "sandbox" / "settings").glob("*.py")
    read = {
        name
        for module in settings
        for name in re.findall(r'[Ee]nv(?:\(\))?(?:\.\w+)?\(\s*"(\w+)"', module.read_text())
    }
    assert set(first_column("settings.md", "## Environment of the sandbox\n")) == read


def test_everything_the_doctor_tries_is_documented():
    modules = (REPOSITORY / "mypart_wagtail").rglob("*doctor.py")
    subjects = {"settings"}
    for module in modules:
        subjects |= set(re.findall(r'@examination\(\s*"([^"]+)"', module.read_text()))
    assert set(first_column("doctor.md")) == subjects


def test_every_command_is_documented():
    modules = (REPOSITORY / "mypart_wagtail").rglob("management/commands/mypart_*.py")
    assert sorted(first_column("commands.md")) == sorted(module.stem for module in modules)


def test_whoever_runs_a_server_is_told_of_every_command():
    page = (REPOSITORY / "docs" / "how-to" / "run-on-a-server.md").read_text()
    assert [
        name for name in first_column("commands.md") if f"`{name}" not in page and f" {name} " not in page
    ] == []


def test_every_block_is_documented_in_the_order_of_the_picker():
    assert first_column("blocks.md") == list(BLOCKS)


def test_every_event_is_documented_once_and_has_a_name_for_staff():
    events = first_column("events.md", "## Of a document\n") + first_column("events.md", "## Of a call\n")
    assert sorted(events) == sorted(EVENT_NAMES)
    sources = (REPOSITORY / "mypart_wagtail").rglob("*.py")
    appended = r'append_event\([^)]*?name="(\w+)"'
    written = {name for source in sources for name in re.findall(appended, source.read_text())}
    assert written
    assert written <= set(EVENT_NAMES)
