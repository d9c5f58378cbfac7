"""The embedded stack as its user meets it: up, looked at, down, interrupted, killed; nothing is left running."""

import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.fixtures.left_running import listening_addresses, nothing_left, processes_of_directory
from tests.probes import Finding, equal, eventually

pytestmark = [
    pytest.mark.broker,
    pytest.mark.timeout(180),
    pytest.mark.skipif("AMQP_URL" in os.environ or "MONGO_URL" in os.environ, reason="broker and database are given"),
]
LOOPBACK = {"0100007F", "00000000000000000000000001000000"}
"""127.0.0.1 and ::1, as the kernel writes them."""


class Stack:
    """A stack in a directory of its own, through the command line."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory

    def command(self, *words: str) -> subprocess.CompletedProcess[str]:
        environment = {**os.environ, "KHUNJERAB_RUN_DIR": str(self.directory), "COLUMNS": "200"}
        return subprocess.run(
            (sys.executable, "-m", "khunjerab", *words), env=environment, text=True, capture_output=True, timeout=150
        )

    def foreground(self) -> subprocess.Popen[str]:
        environment = {**os.environ, "KHUNJERAB_RUN_DIR": str(self.directory)}
        return subprocess.Popen(
            (sys.executable, "-m", "khunjerab", "stack", "run"), env=environment, text=True, stderr=subprocess.PIPE
        )

    def state(self) -> dict[str, Any]:
        state: dict[str, Any] = json.loads((self.directory / "state.json").read_text())
        return state

    def programs(self) -> Finding[list[str]]:
        names = [re.split(r"\s", command)[0] for command in processes_of_directory(self.directory).values()]
        return Finding(names, any("beam" in name for name in names), "the broker among them")


@pytest.fixture
def stack(tmp_path: Path) -> Iterator[Stack]:
    stack = Stack(tmp_path)
    yield stack
    if (tmp_path / "state.json").exists():
        os.kill(stack.state()["supervisor"], signal.SIGTERM)
    eventually(lambda: nothing_left(tmp_path), timeout=40)


def test_up_status_doctor_a_process_that_dies_and_down(stack: Stack) -> None:
    up = stack.command("stack", "up")
    assert up.returncode == 0, up.stderr
    assert stack.command("stack", "status").returncode == 0
    assert "everything is well" in eventually(lambda: _doctor_is_content(stack), timeout=15).value

    _only_on_loopback(stack)
    killed = stack.state()["programs"]["notify-relay"]["pid"]
    os.kill(killed, signal.SIGKILL)
    eventually(lambda: equal(stack.state()["programs"]["notify-relay"]["restarts"], 1))
    eventually(lambda: equal(stack.command("stack", "status").returncode, 0), timeout=20)

    assert "runs already" in stack.command("stack", "up").stderr
    assert stack.command("stack", "down").returncode == 0
    assert nothing_left(stack.directory)
    assert stack.command("stack", "status").returncode == 1


def test_a_killed_supervisor_takes_everything_with_it_and_the_next_start_finds_the_data(stack: Stack) -> None:
    assert stack.command("stack", "up").returncode == 0
    ports = stack.state()["web_url"]
    added = stack.command("account", "add", "a@example.org", "--person", "per_1", "--password", "long enough")
    assert added.returncode == 0, added.stderr
    os.kill(stack.state()["supervisor"], signal.SIGKILL)
    eventually(lambda: nothing_left(stack.directory), timeout=15)

    again = stack.command("stack", "up")
    assert again.returncode == 0, again.stderr
    assert stack.state()["web_url"] == ports
    twice = stack.command("account", "add", "a@example.org", "--person", "per_1", "--password", "long enough")
    assert "AccountExists" in twice.stderr


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupted_start_leaves_nothing(stack: Stack, number: signal.Signals) -> None:
    supervisor = stack.foreground()
    eventually(stack.programs, timeout=20)
    supervisor.send_signal(number)
    supervisor.wait(timeout=30)
    assert supervisor.returncode == 0, supervisor.stderr and supervisor.stderr.read()
    assert nothing_left(stack.directory)


def _doctor_is_content(stack: Stack) -> Finding[str]:
    doctor = stack.command("doctor")
    return Finding(doctor.stdout + doctor.stderr, doctor.returncode == 0, "a doctor that finds nothing wrong")


def _only_on_loopback(stack: Stack) -> None:
    addresses = listening_addresses(processes_of_directory(stack.directory))
    assert len(addresses) > 15
    assert set(addresses) <= LOOPBACK
