"""A copy of the tree that a test may break."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest

from tests.architecture import tree

Plant = Callable[[str, str], AbstractContextManager[Path]]


@pytest.fixture(scope="session")
def tree_copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tree.copy_to(tmp_path_factory.mktemp("tree"))


@pytest.fixture
def plant(tree_copy: Path) -> Plant:
    """Puts one more file into the copy for as long as the block lasts, and gives the copy's root."""

    @contextmanager
    def planted(path: str, text: str) -> Iterator[Path]:
        file = tree_copy / path
        file.write_text(text, "utf-8")
        try:
            yield tree_copy
        finally:
            file.unlink()

    return planted
