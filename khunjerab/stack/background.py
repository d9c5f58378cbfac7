"""The supervisor as a process of its own, which outlives the command that started it."""

import os
import select
import signal
import subprocess
import sys
import time
from typing import Any

from khunjerab.stack.run_directory import AlreadyRunning, RunDirectory
from khunjerab.stack.state import NoStack, read_state
from khunjerab.stack.waiting import DidNotStart, last_lines

PAUSE = 0.1


def start_in_background(directory: RunDirectory, timeout: float) -> dict[str, Any]:
    """Starts the supervisor and returns its state once the stack is ready.

    Raises `AlreadyRunning`, or `DidNotStart` with the end of the supervisor's log; then nothing is left running.
    """
    if directory.is_held():
        raise AlreadyRunning(f"a stack runs already in {directory.root}")
    supervisor = _spawn(directory)
    try:
        return _ready(directory, supervisor, timeout)
    except BaseException:  # Ctrl-C, too
        supervisor.terminate()
        supervisor.wait()
        raise


def stop_in_background(directory: RunDirectory, timeout: float) -> bool:
    """Asks the supervisor to end and waits until its process has; false when it has not after `timeout` seconds.

    Raises `NoStack`.
    """
    process = os.pidfd_open(read_state(directory)["supervisor"])
    try:
        signal.pidfd_send_signal(process, signal.SIGTERM)
        return bool(select.select([process], [], [], timeout)[0])
    finally:
        os.close(process)


def _ready(directory: RunDirectory, supervisor: subprocess.Popen[bytes], timeout: float) -> dict[str, Any]:
    deadline = time.monotonic() + timeout
    while time.monotonic() < deadline:
        if supervisor.poll() is not None:
            raise DidNotStart(last_lines(directory.log("supervisor")))
        if (state := _state(directory)).get("phase") == "ready":
            return state
        time.sleep(PAUSE)
    raise DidNotStart(f"the stack is not ready after {timeout:.0f} s\n{last_lines(directory.log('supervisor'))}")


def _spawn(directory: RunDirectory) -> subprocess.Popen[bytes]:
    with directory.log("supervisor").open("wb") as log:
        return subprocess.Popen(
            (sys.executable, "-m", "khunjerab", "stack", "run"),
            env={**os.environ, "KHUNJERAB_RUN_DIR": str(directory.root)},
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )


def _state(directory: RunDirectory) -> dict[str, Any]:
    try:
        return read_state(directory)
    except NoStack:
        return {}
