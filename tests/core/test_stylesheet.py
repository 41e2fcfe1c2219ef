"""The stylesheet keeps its promises to hosts and to people who need contrast."""

import re
from pathlib import Path

import pytest

import mypart_wagtail

PACKAGE = Path(mypart_wagtail.__file__).parent
STYLESHEET = (PACKAGE / "static/mypart/mypart.css").read_text()
TOKEN = re.compile(r"(--mypart-[\w-]+):\s*([^;]+);")
# What is shown in Wagtail's admin has Wagtail's tokens, and no host's style beside it.
STYLESHEETS = sorted(path for path in PACKAGE.glob("**/static/**/*.css") if path.name != "admin.css")


def tokens(after: str) -> dict[str, str]:
    """The custom properties set in the first rule behind ``after``."""
    rule = STYLESHEET[STYLESHEET.index(after) :].partition("}")[0]
    return dict(TOKEN.findall(rule))


def test_contrast_asked_of_the_system_is_the_same_as_that_of_the_switch():
    """A media query cannot share a rule, so the list stands there twice."""
    chosen = tokens(':root[data-mypart-contrast="high"]')
    assert len(chosen) > 20
    assert chosen == tokens("@media (prefers-contrast: more)")


@pytest.mark.parametrize("stylesheet", STYLESHEETS, ids=lambda path: path.name)
def test_every_property_used_is_a_token_with_a_value(stylesheet):
    """A host restyles the tokens; a misspelt one would silently be nothing."""
    known = dict(TOKEN.findall(STYLESHEET))
    used = set(re.findall(r"var\((--mypart-[\w-]+)\)", stylesheet.read_text()))
    assert used
    assert used - set(known) == set()


@pytest.mark.parametrize("stylesheet", STYLESHEETS, ids=lambda path: path.name)
def test_every_rule_lies_in_a_layer_so_that_any_style_of_a_host_wins(stylesheet):
    text = re.sub(r"/\*.*?\*/", "", stylesheet.read_text(), flags=re.DOTALL)
    outside = re.sub(r"@layer[^{;]*(;|\{(?:[^{}]|\{(?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*\})*\})", "", text)
    # On a host's page the block's colours must hold against the host's rules for bare elements.
    assert re.fullmatch(r"\s*(\.mypart-offer-generator \{.*\}\s*)?", outside, re.DOTALL)
