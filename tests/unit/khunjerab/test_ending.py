"""A signal ends what runs, wherever it comes."""

import os
import signal
from typing import cast

import pytest

from khunjerab.stack.ending import Ending, Interrupted, ended_by_signals
from khunjerab.stack.state import StateFile
from khunjerab.stack.supervisor import _keep_up

ASKING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Dying:
    """Is signalled while it is destroyed: Python throws away what is raised there."""

    def __del__(self) -> None:
        os.kill(os.getpid(), signal.SIGTERM)


@pytest.mark.parametrize("number", ASKING)
def test_a_signal_ends_what_runs(number: signal.Signals) -> None:
    came_to_its_end = False
    with ended_by_signals():
        os.kill(os.getpid(), number)
        came_to_its_end = True
    assert not came_to_its_end


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_a_signal_that_python_throws_away_ends_it_at_the_next_look() -> None:
    with ended_by_signals() as ending:
        del_me = [Dying()]
        del_me.clear()
        thrown_away = True
        ending.check()
        pytest.fail("nobody was asked to end")
    assert thrown_away


def test_the_supervisor_looks_before_it_goes_on() -> None:
    ending = Ending()
    with pytest.raises(Interrupted):
        ending.ask("SIGTERM")
    with pytest.raises(Interrupted):
        _keep_up([], cast("StateFile", None), print, ending)


def test_a_second_signal_does_not_disturb_the_end() -> None:
    steps = []
    with ended_by_signals():
        try:
            os.kill(os.getpid(), signal.SIGTERM)
        finally:
            os.kill(os.getpid(), signal.SIGINT)
            steps.append("ended in order")
    assert steps == ["ended in order"]


def test_afterwards_signals_do_what_they_did_before() -> None:
    before = [signal.getsignal(number) for number in ASKING]
    with ended_by_signals():
        os.kill(os.getpid(), signal.SIGTERM)
    assert [signal.getsignal(number) for number in ASKING] == before


def test_who_was_not_asked_goes_on() -> None:
    Ending().check()
