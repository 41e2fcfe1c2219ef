"""Journeys know nothing that their people do not know."""

import ast
import sys
from pathlib import Path

INSIDE = {"mypart_wagtail", "blocks", "sandbox", "django", "wagtail", "captcha", "allauth", "pytest_django"}
TESTS = Path(__file__).parents[1]


def test_nothing_of_the_package_of_django_or_of_the_sandbox_is_loaded():
    """Not even by a plugin, nor by a module of another test."""
    assert not {name for name in sys.modules if name.split(".")[0] in INSIDE}


def test_no_journey_imports_it_later():
    """Nor does what journeys take from other tests."""
    taken = {Path(module.__file__) for name, module in sys.modules.items() if name.startswith("tests.")}
    assert TESTS / "browser" / "chromium.py" in taken
    for file in taken.union(Path(__file__).parent.glob("*.py")):
        found = {name.split(".")[0] for name in _imported(ast.parse(file.read_text()))}
        assert not found & INSIDE, file


def _imported(tree: ast.AST) -> set[str]:
    modules = {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    nodes = (node for node in ast.walk(tree) if isinstance(node, ast.Import))
    return modules | {alias.name for node in nodes for alias in node.names}
