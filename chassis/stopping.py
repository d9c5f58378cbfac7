"""Ending a process that has threads when it is asked to.

A handler that sets an event can meet the lock of that very event, held by the code it interrupted. Here nothing is
interrupted: the signals are held back from every thread, and one of them asks for them.
"""

import signal
from collections.abc import Callable

_ENDING = {signal.SIGTERM, signal.SIGINT}


def hold_signals() -> None:
    """Holds SIGTERM and SIGINT back from this thread and those it starts from now on."""
    signal.pthread_sigmask(signal.SIG_BLOCK, _ENDING)


def wait_for_signal(while_: Callable[[], bool]) -> bool:
    """True when the process is asked to end; false soon after `while_` says that there is nothing left to wait for."""
    while while_():
        if signal.sigtimedwait(_ENDING, 0.5) is not None:
            return True
    return False
