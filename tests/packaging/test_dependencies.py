"""What is asked for is used, and the architecture says why."""

import ast
import re
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

REPOSITORY = Path(__file__).parents[2]
PROJECT = tomllib.loads((REPOSITORY / "pyproject.toml").read_text())["project"]
EXTRAS = PROJECT["optional-dependencies"]
TABLES = (REPOSITORY / "docs/architecture.md").read_text().partition("## Libraries chosen")[2]


def names(requirements: list[str]) -> set[str]:
    """Normal names of the libraries asked for, ours left out."""
    found = {re.split(r"[\[<>=; ]", requirement)[0].lower() for requirement in requirements}
    return found - {"mypart-wagtail"}


def imported() -> set[str]:
    """The distributions whose modules the package imports."""
    roots = set()
    for path in [*REPOSITORY.glob("mypart_wagtail/**/*.py"), *REPOSITORY.glob("blocks/**/*.py")]:
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Import):
                roots |= {alias.name.partition(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and not node.level:
                roots.add((node.module or "").partition(".")[0])
    known = packages_distributions()
    return {name.lower().replace("_", "-") for root in roots for name in known.get(root, [])}


def test_the_architecture_says_of_every_library_why_it_was_chosen():
    asked = names([*PROJECT["dependencies"], *(each for extra in EXTRAS.values() for each in extra)])
    told = {name.lower() for name in re.findall(r"`([\w-]+)(?:\[\w+\])?`", TABLES)}
    assert sorted(asked - told) == []


def test_every_library_the_package_needs_is_imported_by_it():
    assert sorted(names(PROJECT["dependencies"]) - imported()) == []


def test_every_library_the_package_imports_is_asked_for():
    """The accounts app alone needs allauth."""
    asked = names([*PROJECT["dependencies"], *EXTRAS["accounts"]])
    assert sorted(imported() - asked - {"mypart-wagtail"}) == []
