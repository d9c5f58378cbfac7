"""Fixtures of all tests; each is defined in one file of `tests/fixtures`."""

import os
from pathlib import Path

import pytest
from hypothesis import settings

from tests.fixtures.counting_docker import DockerCount
from tests.fixtures.hard_limit import HardLimit
from tests.fixtures.installations import backends, installation, make_installation
from tests.fixtures.running import processes, processes_of

# The tests have lxml, the images have not: workbooks are to be written here as they are there.
os.environ.setdefault("OPENPYXL_LXML", "False")

# How long an example takes is this machine's business: what hangs is ended by the time limit of all tests.
settings.register_profile("khunjerab", deadline=None)
settings.load_profile("khunjerab")

BROWSER = Path(__file__).parent / "browser"

__all__ = ["backends", "installation", "make_installation", "processes", "processes_of"]


def pytest_configure(config: pytest.Config) -> None:
    config.pluginmanager.register(HardLimit())
    if not hasattr(config, "workerinput"):
        config.pluginmanager.register(DockerCount())


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Marks what needs a broker or a browser, so that `make quick` can leave it out."""
    for item in items:
        if "backends" in getattr(item, "fixturenames", ()):
            item.add_marker("broker")
        if BROWSER in item.path.parents:
            item.add_marker("browser")
