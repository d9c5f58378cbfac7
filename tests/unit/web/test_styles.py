"""What the style sheets promise: pages mirror by themselves, and colours are chosen in one place."""

import re
from pathlib import Path

import pytest

import services.web

STYLES = Path(services.web.__file__).parent / "static" / "css"
PHYSICAL = re.compile(
    r"(?<![\w-])(margin|padding|border)-(left|right|top|bottom)|(?<![\w-])(left|right|width|height|float)\s*:|text-align:\s*(left|right)"
)


@pytest.mark.parametrize("name", ["tokens.css", "layout.css", "components.css"])
def test_only_logical_properties_place_things(name: str) -> None:
    assert PHYSICAL.findall((STYLES / name).read_text()) == []


@pytest.mark.parametrize("name", ["layout.css", "components.css"])
def test_colours_are_named_in_the_tokens(name: str) -> None:
    without_print = re.sub(r"@media print \{.*?\n\}", "", (STYLES / name).read_text(), flags=re.DOTALL)
    assert re.findall(r"#[0-9a-fA-F]{3,8}\b|rgb\(", without_print) == []


def test_every_token_that_is_used_is_made() -> None:
    made = set(re.findall(r"(--[\w-]+):", (STYLES / "tokens.css").read_text()))
    sheets = "".join((STYLES / name).read_text() for name in ("layout.css", "components.css"))
    own = set(re.findall(r"(--[\w-]+):", sheets))
    assert set(re.findall(r"var\((--[\w-]+)", sheets)) - made - own == set()


def test_light_and_dark_choose_the_same_colours() -> None:
    text = (STYLES / "tokens.css").read_text()
    light, dark = text.split("@media (prefers-color-scheme: dark)")
    colours = {name for name, value in re.findall(r"(--[\w-]+):\s*(#\w+)", light) if value}
    assert colours - set(re.findall(r"(--[\w-]+):", dark)) == set()


def test_a_first_visit_is_light() -> None:
    assert sum(path.stat().st_size for path in STYLES.parent.rglob("*") if path.is_file()) < 60_000
