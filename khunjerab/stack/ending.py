"""An orderly end, when a signal asks for it."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NoReturn


class Interrupted(BaseException):
    """Somebody asked the supervisor to end. Not an `Exception`: nothing on the way may take it for a failure."""


class Ending:
    """Whether somebody has asked."""

    def __init__(self) -> None:
        self._by = ""

    def ask(self, by: str) -> NoReturn:
        self._by = by
        raise Interrupted(by)

    def check(self) -> None:
        """Raises `Interrupted` where somebody asked while Python threw that away, as it does within a destructor."""
        if self._by:
            raise Interrupted(self._by)


@contextmanager
def ended_by_signals() -> Iterator[Ending]:
    """Turns the first signal into an orderly end; those that follow find it under way already."""
    ending = Ending()

    def end(number: int, _: object) -> NoReturn:
        for ignored in before:
            signal.signal(ignored, signal.SIG_IGN)
        ending.ask(signal.Signals(number).name)

    before = {number: signal.signal(number, end) for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)}
    try:
        yield ending
    except Interrupted:
        pass
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
