"""A process that cannot outlive the one that started it."""

import contextlib
import ctypes
import os
import signal
import subprocess
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

_PR_SET_PDEATHSIG = 1
_libc = ctypes.CDLL(None)


def spawn(argv: Sequence[str], *, environment: Mapping[str, str], log: Path) -> subprocess.Popen[bytes]:
    """Starts a program in a session of its own, its output appended to `log`.

    The kernel kills it when the calling thread ends, so call this from the main one. A terminal's Ctrl-C does not reach
    it: stopping in the right order is the supervisor's work.
    """
    with log.open("ab") as output:
        return subprocess.Popen(
            argv,
            env=dict(environment),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            preexec_fn=_die_with(os.getpid()),
        )


def _die_with(parent: int) -> Callable[[], None]:
    def in_the_child() -> None:
        _libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
        signal.pthread_sigmask(signal.SIG_SETMASK, ())
        if os.getppid() != parent:
            os._exit(1)

    return in_the_child


def ask_to_stop(process: subprocess.Popen[bytes]) -> None:
    """SIGTERM, to the process itself alone: it knows best how to stop what it started."""
    if process.poll() is None:
        process.terminate()


def make_stop(process: subprocess.Popen[bytes], timeout: float) -> None:
    """Waits `timeout` seconds for the process to end, then kills it and whatever is left of its group."""
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.wait(timeout)
    kill(process)


def kill(process: subprocess.Popen[bytes]) -> None:
    """Ends the process and its group now, as a power cut would."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
