"""What a service imports is in its own lock: its image installs that and nothing else."""

import ast
import re
import sys
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SHARED = ("contracts", "chassis")
OURS = {*SHARED, "services", "khunjerab"}


def locked(service: str) -> set[str]:
    lines = (ROOT / f"requirements/{service}.txt").read_text().splitlines()
    return {_canonical(found[1]) for line in lines if (found := re.match(r"([A-Za-z0-9._-]+)==", line))}


def imported(*folders: str) -> Iterator[str]:
    """Top-level names of the modules that the folders' files import, from elsewhere."""
    for file in (file for folder in folders for file in (ROOT / folder).rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text())):
            if isinstance(node, ast.Import):
                yield from (alias.name.partition(".")[0] for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                yield node.module.partition(".")[0]


def not_locked(service: str, *folders: str) -> set[str]:
    names = set(imported(*folders)) - OURS - set(sys.stdlib_module_names)
    known, lock = packages_distributions(), locked(service)
    return {name for name in names if not {_canonical(each) for each in known.get(name, [])} & lock}


def _canonical(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


@pytest.mark.parametrize("service", ["exchange", "research", "notify", "web"])
def test_what_a_service_imports_is_in_its_lock(service: str) -> None:
    assert not_locked(service, *SHARED, f"services/{service}") == set()


def test_what_the_command_line_imports_is_in_its_lock() -> None:
    assert not_locked("operations", *SHARED, "khunjerab") == set()


def test_a_planted_import_is_seen() -> None:
    assert "weasyprint" in not_locked("research", "services/exchange")
