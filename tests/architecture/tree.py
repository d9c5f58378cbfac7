"""The project's own source, seen as files: what the architecture tests look at."""

import ast
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGES = ("contracts", "chassis", "services", "khunjerab")


@dataclass(frozen=True)
class Source:
    """One Python file: its path from the root, its module's dotted name and its text."""

    path: str
    module: str
    text: str

    @cached_property
    def tree(self) -> ast.Module:
        """Its syntax tree, once somebody asks: of a thousand files, most tests look at a few."""
        return ast.parse(self.text)

    def imports(self) -> Iterator[str]:
        """The dotted name of everything the file imports, wherever in the file it does."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Import):
                yield from (alias.name for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and node.module:
                yield from (f"{node.module}.{alias.name}" for alias in node.names)


def source(path: Path, root: Path) -> Source:
    relative = path.relative_to(root)
    parts = relative.with_suffix("").parts
    module = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
    return Source(relative.as_posix(), module, path.read_text("utf-8"))


def sources(root: Path = ROOT) -> list[Source]:
    """Every Python file of the project itself, without its tests."""
    return [source(path, root) for package in PACKAGES for path in sorted((root / package).rglob("*.py"))]


def copy_to(target: Path) -> Path:
    """The project's packages and settings in another place, where a test may plant what it wants to see caught."""
    for package in PACKAGES:
        shutil.copytree(ROOT / package, target / package, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", target)
    return target
