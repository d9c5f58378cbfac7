"""One program kept running: started, asked whether it answers, started again after a pause when it dies."""

import subprocess
import time
from pathlib import Path

from khunjerab.stack.child import ask_to_stop, kill, make_stop, spawn
from khunjerab.stack.program import Program
from khunjerab.stack.readiness import answers

FIRST_PAUSE = 0.2
LONGEST_PAUSE = 10.0
STEADY_AFTER = 30.0
"""Seconds. A program that ran this long starts again without a grudge."""


class Supervised:
    """`restarts` counts how often the program died and was started again."""

    def __init__(self, program: Program, log: Path) -> None:
        self.program = program
        self.restarts = 0
        self.log = log
        self._process: subprocess.Popen[bytes] | None = None
        self._started_at = 0.0
        self.pause = FIRST_PAUSE
        self._start_at: float | None = None

    @property
    def pid(self) -> int | None:
        return self._process.pid if self._process and self.is_running() else None

    def start(self) -> None:
        self._process = spawn(self.program.argv, environment=self.program.environment, log=self.log)
        self._started_at = time.monotonic()
        self._start_at = None

    def is_running(self) -> bool:
        return self._process is not None and self._process.poll() is None

    def is_ready(self) -> bool:
        return self.is_running() and answers(self.program.ready)

    def revive(self) -> bool:
        """Starts the program again if it died and its pause is over; returns whether anything changed."""
        if self.is_running():
            return False
        now = time.monotonic()
        if self._start_at is None:
            self._start_at = now + self._next_pause(now)
            return True
        if now < self._start_at:
            return False
        self.start()
        self.restarts += 1
        return True

    def _next_pause(self, now: float) -> float:
        if now - self._started_at > STEADY_AFTER:
            self.pause = FIRST_PAUSE
        pause, self.pause = self.pause, min(self.pause * 2, LONGEST_PAUSE)
        return pause

    def ask_to_stop(self) -> None:
        if self._process:
            ask_to_stop(self._process)

    def make_stop(self) -> None:
        if self._process:
            make_stop(self._process, self.program.patience)

    def kill(self) -> None:
        if self._process:
            kill(self._process)


def stop_all(supervised: list[Supervised]) -> None:
    """Asks all of them, then waits for each as long as its patience lasts."""
    for one in supervised:
        one.ask_to_stop()
    for one in supervised:
        one.make_stop()
