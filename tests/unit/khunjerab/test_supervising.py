"""Processes that are kept running and never left behind."""

import os
import signal
import sys
from pathlib import Path

import pytest

from khunjerab.stack.child import spawn
from khunjerab.stack.program import Program
from khunjerab.stack.run_directory import AlreadyRunning, RunDirectory
from khunjerab.stack.supervised import Supervised
from khunjerab.stack.waiting import DidNotStart, wait_until_ready
from tests.probes import Finding, equal, eventually

SLEEPER = (sys.executable, "-c", "import time; time.sleep(600)")


def program(*argv: str) -> Program:
    return Program("sleeper", argv, os.environ, "tcp://127.0.0.1:1", patience=5)


def gone(pid: int) -> Finding[str]:
    """Whether a process is no more; one that only waits to be collected counts as gone."""
    try:
        status = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        status = "gone"
    return Finding(status, status in ("gone", "Z"), "gone or Z")


def test_what_dies_is_started_again_and_pauses_grow(tmp_path: Path) -> None:
    one = Supervised(program(sys.executable, "-c", "raise SystemExit(3)"), tmp_path / "log")
    one.start()
    eventually(lambda: one.revive() or None)
    eventually(lambda: one.revive() or None)
    assert one.restarts == 1
    assert one.pause > 0.2


def test_what_runs_is_left_alone(tmp_path: Path) -> None:
    one = Supervised(program(*SLEEPER), tmp_path / "log")
    one.start()
    assert not one.revive()
    assert not one.is_ready(), "nothing answers there"
    one.ask_to_stop()
    one.make_stop()
    assert one.pid is None


def test_what_does_not_heed_a_request_is_killed(tmp_path: Path) -> None:
    deaf = (
        "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('deaf', flush=True); time.sleep(600)"
    )
    one = Supervised(
        Program("deaf", (sys.executable, "-c", deaf), os.environ, "tcp://127.0.0.1:1", 0.2), tmp_path / "log"
    )
    one.start()
    eventually(lambda: equal((tmp_path / "log").read_text(), "deaf\n"))
    one.ask_to_stop()
    one.make_stop()
    assert not one.is_running()


def test_what_ends_instead_of_starting_is_shown_with_the_end_of_its_log(tmp_path: Path) -> None:
    one = Supervised(program(sys.executable, "-c", "raise SystemExit('no such setting')"), tmp_path / "log")
    one.start()
    with pytest.raises(DidNotStart, match="sleeper ended instead of starting\nno such setting"):
        wait_until_ready([one], timeout=10)


def test_a_child_dies_with_a_parent_that_is_killed(tmp_path: Path) -> None:
    script = (
        "import os, sys, time; from pathlib import Path; from khunjerab.stack.child import spawn; "
        f"child = spawn({SLEEPER!r}, environment=os.environ, log=Path({str(tmp_path / 'child.log')!r})); "
        "print(child.pid, flush=True); time.sleep(600)"
    )
    parent = spawn((sys.executable, "-c", script), environment=os.environ, log=tmp_path / "parent.log")
    child = int(eventually(lambda: (tmp_path / "parent.log").read_text().strip()))
    assert not gone(child)
    parent.send_signal(signal.SIGKILL)
    parent.wait()
    eventually(lambda: gone(child))


def test_a_directory_is_held_by_one_supervisor(tmp_path: Path) -> None:
    directory = RunDirectory(tmp_path)
    with directory.held():
        assert directory.is_held()
        with pytest.raises(AlreadyRunning), directory.held():
            pass
    assert not directory.is_held()
