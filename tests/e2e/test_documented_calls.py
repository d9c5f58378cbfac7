"""Every example in docs/exchange, docs/research and docs/notify is run with the real command line against the services.

How a page writes its examples: tests/documented/pages.py; what an answer may leave open: tests/documented/answers.py.
"""

from collections.abc import Iterator
from itertools import product
from pathlib import Path

import pytest

from chassis.clock import DemoClock
from chassis.rpc.client import RpcClient
from khunjerab.stack.backends import RunningBackends
from khunjerab.stack.supervised import stop_all
from tests.architecture.tree import ROOT
from tests.documented.ground import cleared, laid
from tests.documented.pages import read_page
from tests.documented.running import as_process, first_wrong, within
from tests.fixtures.installations import installations
from tests.fixtures.running import Processes, wait_ready

DOCS = ROOT / "docs"
CAST = DOCS / "exchange" / "README.md"
FOLDERS = ("exchange", "research", "notify")
PAGES = [path for folder in FOLDERS for path in sorted((DOCS / folder).glob("*.md")) if read_page(path).examples]


@pytest.fixture(scope="module")
def running(backends: RunningBackends, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Processes]:
    """The processes of all three services, and an environment in which `khunjerab` finds them.

    Research and notify hear at once of what takes place on the exchange's pages: what waited would come on
    a page of its own.
    """
    directory = tmp_path_factory.mktemp("documented")
    (directory / "samples").symlink_to(ROOT / "samples")
    with installations(backends) as make, pytest.MonkeyPatch.context() as patch:
        processes = Processes(make(), directory)
        patch.chdir(directory)
        settings = {
            "AMQP_URL": processes.installation.amqp_url("operator"),
            "MONGO_URL": processes.installation.mongo_url("operator"),
            "PYTHONPATH": str(ROOT),
            "KHUNJERAB_DEMO": "1",
            "KHUNJERAB_CLOCK_FILE": str(processes.clock),
        }
        for name, value in settings.items():
            patch.setenv(name, value)
        try:
            roles = product(FOLDERS, ("serve", "worker", "relay"))
            wait_ready(*[processes.start(service, role, wait=False) for service, role in roles])
            yield processes
        finally:
            stop_all(processes.started)


@pytest.fixture
def names(running: Processes) -> Iterator[dict[str, str]]:
    """The ground that every page starts from: what the shortened ids stand for."""
    cleared(running.installation, FOLDERS)
    rpc = RpcClient(running.installation.amqp_url("operator"), caller="operator")
    yield laid(rpc, DemoClock(running.clock))
    rpc.close()


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_every_example_of_a_page_is_answered_as_the_page_says(path: Path, names: dict[str, str]) -> None:
    page = read_page(path)
    page.variables = read_page(CAST).variables | page.variables
    # As anybody runs it, and for the other pages within this process: a second sooner each time.
    wrong = first_wrong(page, names, as_process if path == CAST else within)
    assert wrong is None, f"docs/{path.parent.name}/{wrong}"
