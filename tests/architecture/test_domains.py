"""A domain is plain data and functions: standard library and the kernel's words; no clock, chance or file."""

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.architecture.tree import Source, source, sources

DOMAIN = re.compile(r"^services/\w+/domain/")
KERNEL = re.compile(r"^chassis/kernel/")

# Of the standard library, what would bring the world in.
WORLD = re.compile(
    r"^(asyncio|glob|http|io|logging|multiprocessing|os|pathlib|random|secrets|select|shutil|signal|smtplib|socket|sqlite3"
    r"|ssl|subprocess|sys|tempfile|threading|time|urllib)$"
)
CALLS = re.compile(r"(^|\.)(datetime\.(now|utcnow|today)|date\.today|uuid[14]|open|print|input)$")


def foreign_imports(module: Source) -> Iterator[str]:
    own = ".".join(module.module.split(".")[:3]) if DOMAIN.match(module.path) else "chassis.kernel"
    for name in module.imports():
        top = name.partition(".")[0]
        ours = name.startswith((f"{own}.", "chassis.kernel."))
        if not ours and (top not in sys.stdlib_module_names or WORLD.match(top)):
            yield name


def calls_to_the_world(module: Source) -> Iterator[str]:
    called = (ast.unparse(node.func) for node in ast.walk(module.tree) if isinstance(node, ast.Call))
    return (name for name in called if CALLS.search(name))


def plain() -> list[Source]:
    return [module for module in sources() if DOMAIN.match(module.path) or KERNEL.match(module.path)]


def test_there_are_domains_to_look_at() -> None:
    assert {module.path.split("/")[1] for module in plain()} >= {"kernel", "exchange", "research", "notify"}


def test_a_domain_imports_only_the_standard_library_and_the_kernel() -> None:
    assert {module.path: names for module in plain() if (names := list(foreign_imports(module)))} == {}


def test_a_domain_asks_no_clock_no_chance_and_no_file() -> None:
    assert {module.path: calls for module in plain() if (calls := list(calls_to_the_world(module)))} == {}


@pytest.mark.parametrize(
    "text",
    [
        "import pydantic",
        "from pymongo import MongoClient",
        "from contracts.words import VisitId",
        "from chassis.store import Store",
        "from services.research.domain import outcome",
        "import random",
        "from time import time",
        "def late():\n    import os",
    ],
)
def test_a_planted_import_is_seen(text: str, tmp_path: Path) -> None:
    assert list(foreign_imports(planted(text, tmp_path)))


@pytest.mark.parametrize("text", ["datetime.now(UTC)", "date.today()", "uuid.uuid4()", "open('x')"])
def test_a_planted_call_is_seen(text: str, tmp_path: Path) -> None:
    assert list(calls_to_the_world(planted(text, tmp_path)))


@pytest.mark.parametrize(
    "text",
    ["import datetime", "from services.exchange.domain.visit import Visit", "from chassis.kernel.actor import Actor"],
)
def test_what_a_domain_may_import_is_let_through(text: str, tmp_path: Path) -> None:
    assert list(foreign_imports(planted(text, tmp_path))) == []


def planted(text: str, root: Path) -> Source:
    file = root / "services/exchange/domain/planted.py"
    file.parent.mkdir(parents=True)
    file.write_text(text)
    return source(file, root)
