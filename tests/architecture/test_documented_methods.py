"""Every method of exchange, research and notify has an example on a page, and every block that looks so is run."""

import ast
from collections.abc import Iterable
from pathlib import Path

import pytest

from tests.architecture.tree import ROOT, Source, sources
from tests.documented.pages import read_page, stray_commands

SERVICES = ("exchange", "research", "notify")
PAGES = [path for service in SERVICES for path in sorted((ROOT / "docs" / service).glob("*.md"))]
WITHOUT: dict[str, str] = {}
"""`service.method` -> why no page shows it."""


def methods(modules: Iterable[Source]) -> set[str]:
    """Everything that is decorated with `@rpc`, without its service's name."""
    functions = (node for module in modules for node in ast.walk(module.tree) if isinstance(node, ast.FunctionDef))
    return {each.name for each in functions if "rpc" in {ast.unparse(mark) for mark in each.decorator_list}}


def shown(pages: Iterable[Path], service: str) -> set[str]:
    """What the pages' examples call of the service."""
    found = set()
    for path in pages:
        page = read_page(path)
        called = [word for example in page.examples for word in example.command.split()]
        found |= {word.removeprefix(f"{service}.") for word in called if word.startswith(f"{service}.")}
    return found


@pytest.mark.parametrize("service", SERVICES)
def test_every_method_of_the_service_is_called_by_an_example(service: str) -> None:
    entrypoints = [each for each in sources() if each.path.startswith(f"services/{service}/entrypoints/")]
    pages = [path for path in PAGES if path.parent.name == service]
    without = {name.removeprefix(f"{service}.") for name in WITHOUT if name.startswith(f"{service}.")}
    assert methods(entrypoints) - shown(pages, service) == without, "show it on a page, or say in WITHOUT why none does"


def test_a_planted_method_is_missed(tmp_path: Path) -> None:
    text = "class Calls:\n    @rpc\n    def teleport(self, call): ...\n\n    def help(self): ...\n"
    assert methods([Source("calls.py", "calls", text)]) == {"teleport"}
    (tmp_path / "page.md").write_text("```\nkhunjerab call exchange.walk '{}'\n```\n")
    assert shown([tmp_path / "page.md"], "exchange") == {"walk"}
    assert shown([tmp_path / "page.md"], "research") == set()


@pytest.mark.parametrize("path", PAGES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_no_example_stands_where_it_is_not_run(path: Path) -> None:
    assert stray_commands(path) == []
