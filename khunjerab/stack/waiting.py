"""Waits for programs to answer, and says which one does not and where its log is."""

import time
from collections.abc import Sequence
from pathlib import Path

from khunjerab.stack.supervised import Supervised

PAUSE = 0.05
LAST_LINES = 15


class DidNotStart(RuntimeError):
    """A program ended or stayed silent; the message holds the end of its log."""


def wait_until_ready(programs: Sequence[Supervised], timeout: float) -> None:
    """Returns once every program answers. Raises `DidNotStart` as soon as one ends, or after `timeout` seconds."""
    deadline = time.monotonic() + timeout
    silent = list(programs)
    while silent:
        silent = [one for one in silent if not one.is_ready()]
        for one in silent:
            if not one.is_running():
                raise DidNotStart(f"{one.program.name} ended instead of starting\n{last_lines(one.log)}")
        if silent and time.monotonic() > deadline:
            one = silent[0]
            raise DidNotStart(f"{one.program.name} does not answer after {timeout:.0f} s\n{last_lines(one.log)}")
        if silent:
            time.sleep(PAUSE)


def last_lines(log: Path) -> str:
    """The end of a log and where the whole of it is."""
    try:
        lines = log.read_text(errors="replace").splitlines()[-LAST_LINES:]
    except FileNotFoundError:
        return f"(no log at {log})"
    return "\n".join([*lines, f"(the whole log: {log})"])
