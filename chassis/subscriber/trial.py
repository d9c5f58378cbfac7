"""Trying an event in a process of its own, so that its death says who killed it.

A delivery count cannot: good messages in hand when a poison strikes are counted like the poison. Here a child of the
worker has one event at a time and nothing else. It tells what became of each; where it dies over one, that one is
tried again in a fresh child, and whoever ends two of them is the poison.

Bodies go to the child's standard input as lines of base64, its answers come back as lines of JSON.
"""

import os
import select
import signal
import subprocess
import sys
from base64 import b64decode, b64encode
from collections.abc import Callable, Sequence
from dataclasses import asdict
from typing import IO, Any

import orjson
import structlog

from chassis import crashpoints
from chassis.failed_events.judging import KILLED_THE_PROCESS, Judgement, database_is_away, judged
from chassis.roles import TRY
from chassis.store.faults import StoreUnavailable

log = structlog.get_logger(__name__)

DEATHS = 2
"""So many children that end over the same event are no accident."""
LONGEST_TRIAL = 25
"""Seconds after which a child that has not come to an end with an event is ended. Two such are within a lease."""
_KILLED = Judgement(KILLED_THE_PROCESS, True, {"type": "Killed", "message": "", "at": "unknown"})
_STEP = 0.5
_TO_LEAVE = 5.0


class CannotTry(RuntimeError):
    """The child ended before it was given anything: that is no event's fault."""


class Trial:
    """Tries events in a child, which stays for the next one. Not for several threads."""

    def __init__(self, command: Sequence[str]) -> None:
        self._command = command
        self._child: subprocess.Popen[bytes] | None = None

    def __call__(self, body: bytes, meanwhile: Callable[[], None] = lambda: None) -> Judgement | None:
        """What is to be said of the event; `None` where it was handled. `meanwhile` is called while waiting.

        Raises `StoreUnavailable` while the database is away, `CannotTry` where no child comes up.
        """
        for _ in range(DEATHS):
            answer = self._asked(body, meanwhile)
            if answer.endswith(b"\n"):
                return _judgement(orjson.loads(answer))
            log.warning("process died over an event", status=self.close())
        return _KILLED

    def close(self) -> int | None:
        """Ends the child, where there is one; returns its exit status."""
        child, self._child = self._child, None
        if child is None:
            return None
        try:
            child.communicate(timeout=_TO_LEAVE)
        except subprocess.TimeoutExpired:
            child.kill()
            child.communicate()
        return child.returncode

    def _asked(self, body: bytes, meanwhile: Callable[[], None]) -> bytes:
        """The child's answer; empty where it died."""
        child = self._running()
        try:
            _pipe(child.stdin).write(b64encode(body) + b"\n")
            _pipe(child.stdin).flush()
        except BrokenPipeError:
            return b""
        while not select.select([_pipe(child.stdout)], [], [], _STEP)[0]:
            meanwhile()
        return _pipe(child.stdout).readline()

    def _running(self) -> "subprocess.Popen[bytes]":
        if self._child is None or self._child.poll() is not None:
            self._child = subprocess.Popen(self._command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)  # noqa: S603
            if not _pipe(self._child.stdout).readline():
                raise CannotTry(f"ended with {self.close()}")
        return self._child


def same_program() -> tuple[str, ...]:
    """The command line of the child: this very program in the role `try`."""
    return (*sys.orig_argv[:-1], TRY)


def try_events(handle: Callable[[bytes], None]) -> None:
    """The child's part: handles what comes on standard input, until that ends."""
    # What a library prints must not pass for an answer.
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    _tell(answers, {"ready": True})
    for line in sys.stdin.buffer:
        signal.alarm(LONGEST_TRIAL)
        _tell(answers, _tried(handle, b64decode(line)))
        signal.alarm(0)


def _tried(handle: Callable[[bytes], None], body: bytes) -> dict[str, Any]:
    crashpoints.reached("trial.before-effect")
    try:
        handle(body)
    except Exception as error:  # noqa: BLE001 (whatever a handler raises is an answer about this one event)
        return {"away": True} if database_is_away(error) else {"failed": asdict(judged(error))}
    crashpoints.reached("trial.after-effect")
    return {"handled": True}


def _tell(answers: IO[bytes], what: dict[str, Any]) -> None:
    answers.write(orjson.dumps(what) + b"\n")
    answers.flush()


def _judgement(answer: dict[str, Any]) -> Judgement | None:
    if "away" in answer:
        raise StoreUnavailable(because="the child says so")
    return Judgement(**answer["failed"]) if "failed" in answer else None


def _pipe(end: IO[bytes] | None) -> IO[bytes]:
    if end is None:
        raise CannotTry("no pipe")
    return end
