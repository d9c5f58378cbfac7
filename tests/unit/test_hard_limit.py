"""The tests' own guard against a test that nothing ends."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
CONFTEST = """
from tests.fixtures.hard_limit import HardLimit

def pytest_configure(config):
    config.pluginmanager.register(HardLimit(grace=0.5))
"""
TESTS = """
import time
import pytest

@pytest.mark.timeout(1)
def test_swallows_its_own_limit():
    while True:
        try:
            time.sleep(600)
        except BaseException:
            pass

def test_another():
    pass
"""


def test_a_test_that_swallows_its_time_limit_ends_its_worker_alone(tmp_path: Path) -> None:
    (tmp_path / "conftest.py").write_text(CONFTEST)
    (tmp_path / "test_stuck.py").write_text(TESTS)
    (tmp_path / "pytest.ini").write_text("[pytest]\ntimeout = 20\n")
    alone = ("-n", "1", "-p", "no:pytest_nameko", "-p", "no:cacheprovider")
    command = [sys.executable, "-m", "pytest", *alone, str(tmp_path)]
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    ran = subprocess.run(command, capture_output=True, text=True, env=environment, check=False, timeout=60)
    assert "test_stuck.py::test_swallows_its_own_limit: its own time limit did not end it" in ran.stderr
    assert "crashed while running 'test_stuck.py::test_swallows_its_own_limit'" in ran.stdout
    assert "1 failed, 1 passed" in ran.stdout
