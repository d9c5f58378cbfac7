"""The stack under the demo: its own directory, a clock that moves, and an end even when the demo is killed."""

import os
import shutil
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from khunjerab.stack.background import start_in_background
from khunjerab.stack.child import make_stop, spawn
from khunjerab.stack.run_directory import AlreadyRunning, RunDirectory
from khunjerab.stack.state import NoStack, read_state
from khunjerab.stack.waiting import DidNotStart, last_lines

OAI_REPOSITORY = "research.kashgar.example"
"""By this name catalogues know what is public."""
START_TIMEOUT = 120.0
STOP_TIMEOUT = 40.0


def fresh_directory(root: RunDirectory) -> RunDirectory:
    """The demo's own directory under the stack's, emptied. Raises `AlreadyRunning` while a kept demo runs there."""
    directory = RunDirectory(root.root / "demo")
    if directory.is_held():
        raise AlreadyRunning(
            f"a demo runs already; end it with: KHUNJERAB_RUN_DIR={directory.root} khunjerab stack down"
        )
    shutil.rmtree(directory.root, ignore_errors=True)
    return directory


@contextmanager
def demo_stack(directory: RunDirectory, settings: Mapping[str, str], *, keep: bool) -> Iterator[dict[str, Any]]:
    """The running stack's state. `settings`: what its processes know besides.

    It ends with the demo, however that ends; one to be kept outlives it.
    """
    harvested = {"OAI_REPOSITORY": OAI_REPOSITORY, "OAI_ADMIN_EMAIL": f"office@{OAI_REPOSITORY}"}
    os.environ.update({"KHUNJERAB_DEMO": "1", **harvested, **settings})
    if keep:
        yield start_in_background(directory, START_TIMEOUT)
        return
    log = directory.log("supervisor")
    environment: Mapping[str, str] = {**os.environ, "KHUNJERAB_RUN_DIR": str(directory.root)}
    supervisor = spawn((sys.executable, "-m", "khunjerab", "stack", "run"), environment=environment, log=log)
    try:
        yield _ready(directory, supervisor)
    finally:
        supervisor.terminate()
        make_stop(supervisor, STOP_TIMEOUT)


def _ready(directory: RunDirectory, supervisor: Any) -> dict[str, Any]:
    deadline = time.monotonic() + START_TIMEOUT
    while time.monotonic() < deadline and supervisor.poll() is None:
        try:
            state = read_state(directory)
        except NoStack:
            state = {}
        if state.get("phase") == "ready":
            return state
        time.sleep(0.1)
    raise DidNotStart(last_lines(directory.log("supervisor")))
