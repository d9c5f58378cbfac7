"""Only a service's entrypoints, and the chassis right under them, know that there is nameko."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.architecture.tree import Source, source, sources

ALLOWED = re.compile(
    r"^services/\w+/entrypoints/(rpc|subscriptions)\.py$"
    r"|^chassis/rpc/server\.py$|^chassis/subscriber/entrypoint\.py$|^chassis/serving\.py$"
)
FRAMEWORK = {"nameko", "kombu"}


def framework_imports(module: Source) -> Iterator[str]:
    return (name for name in module.imports() if name.partition(".")[0] in FRAMEWORK)


def test_only_the_edge_imports_nameko() -> None:
    elsewhere = {
        module.path: names
        for module in sources()
        if not ALLOWED.match(module.path) and (names := list(framework_imports(module)))
    }
    assert elsewhere == {}


@pytest.mark.parametrize("text", ["import nameko", "from nameko.rpc import rpc", "def late():\n    import kombu.pools"])
def test_a_planted_import_is_seen(text: str, tmp_path: Path) -> None:
    (tmp_path / "planted.py").write_text(text)
    assert list(framework_imports(source(tmp_path / "planted.py", tmp_path)))
