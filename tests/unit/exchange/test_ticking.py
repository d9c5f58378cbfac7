"""The hub of the serving process goes on ticking, heartbeats with it, whatever the exchange computes meanwhile."""

import json
import subprocess
import sys

import pytest


def fared(*how: str) -> dict[str, float]:
    """What became of the ticks while it computed, in a process that eventlet has patched."""
    command = [sys.executable, "-W", "ignore", "-m", "tests.unit.exchange.ticking", *how]
    done = subprocess.run(command, capture_output=True, text=True, timeout=100, check=False)
    assert done.returncode == 0, done.stderr
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


@pytest.mark.parametrize("what", ["import", "export", "why_not"])
def test_the_hub_ticks_while_the_exchange_computes(what: str) -> None:
    found = fared(what)
    assert found["ticks"] >= 2, found
    assert found["longest"] < found["seconds"], found


@pytest.mark.parametrize("what", ["import", "export", "why_not"])
def test_without_a_thread_of_its_own_it_would_stand_still(what: str) -> None:
    assert fared(what, "together")["ticks"] == 0
