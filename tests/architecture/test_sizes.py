"""Functions around ten lines, files around a hundred: what is far longer stands on a list, with its reason."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.architecture.tree import Source, source, sources

LINES_OF_A_FUNCTION = 25
LINES_OF_A_FILE = 200

LONGER: dict[str, str] = {
    "contracts/exchange/visits.py": "every event of a visit, one model after the other",
}
"""`path` or `path::function` -> why it is better whole."""

Function = ast.FunctionDef | ast.AsyncFunctionDef


def lines(function: Function) -> int:
    """The lines of a function's body, without its docstring: what it takes and what a caller is told cost nothing."""
    body = function.body[1:] if ast.get_docstring(function) else function.body
    return (function.end_lineno or 0) - body[0].lineno + 1 if body else 0


def longer(module: Source) -> Iterator[str]:
    if len(module.text.splitlines()) > LINES_OF_A_FILE:
        yield module.path
    for node in ast.walk(module.tree):
        if isinstance(node, Function) and lines(node) > LINES_OF_A_FUNCTION:
            yield f"{module.path}::{node.name}"


@pytest.fixture(scope="module")
def found() -> set[str]:
    """All that is longer than the guide."""
    return {name for module in sources() for name in longer(module)}


def test_what_is_longer_than_the_guide_has_a_reason(found: set[str]) -> None:
    assert found - LONGER.keys() == set(), "make it shorter, or give the reason in LONGER"


def test_the_list_names_nothing_that_has_become_short(found: set[str]) -> None:
    assert LONGER.keys() <= found


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("def long():\n" + "    pass\n" * 30, ["planted.py::long"]),
        ('def told():\n    """' + "Words.\n" * 30 + '"""\n    return 1\n', []),
        ("A = 1\n" * 201, ["planted.py"]),
    ],
)
def test_a_planted_length_is_seen(text: str, seen: list[str], tmp_path: Path) -> None:
    (tmp_path / "planted.py").write_text(text)
    assert list(longer(source(tmp_path / "planted.py", tmp_path))) == seen
