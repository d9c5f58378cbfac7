"""Fixtures of all tests; each is defined in one file of `tests/fixtures`."""

from pathlib import Path

import pytest

from tests.fixtures.counting_docker import DockerCount
from tests.fixtures.installations import backends, installation, make_installation
from tests.fixtures.running import processes, processes_of

BROWSER = Path(__file__).parent / "browser"

__all__ = ["backends", "installation", "make_installation", "processes", "processes_of"]


def pytest_configure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):
        config.pluginmanager.register(DockerCount())


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Marks what needs a broker or a browser, so that `make quick` can leave it out, and what runs in one worker."""
    for item in items:
        if "backends" in getattr(item, "fixturenames", ()):
            item.add_marker("broker")
        if BROWSER in item.path.parents:
            item.add_marker("browser")
        item.add_marker(pytest.mark.xdist_group(_group(item)))


def _group(item: pytest.Item) -> str:
    """A file's tests share what it starts; two installations on Docker, or two Chromium at once, are too many."""
    for mark in ("docker", "browser"):
        if item.get_closest_marker(mark):
            return mark
    return item.path.name
