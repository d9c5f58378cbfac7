"""`kill -9` between any two steps of any process: the main job ends as if nothing had happened.

Each run has the same ids throughout, so that the whole final state can be compared with that of an undisturbed run.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from khunjerab.installation import Installation
from tests.chaos.playing import crash_at, playing
from tests.e2e.main_job import differences
from tests.fixtures.installations import MakeInstallation
from tests.fixtures.running import Processes
from tests.probes import Finding, eventually

SETTLED = 150.0
"""Seconds; the database alone keeps the transaction of a process that died for one minute."""

PROCESSES_AND_PLACES = [
    ("exchange-serve", "store.before-write#9"),
    ("exchange-serve", "store.after-write#14"),
    ("exchange-serve", "rpc.before-reply#12"),
    ("exchange-serve", "subscriber.before-effect"),
    ("exchange-serve", "subscriber.after-effect"),
    ("exchange-relay", "relay.after-publish#10"),
    ("exchange-relay", "relay.after-confirm#2"),
    ("exchange-relay", "relay.after-pull#2"),
    ("research-serve", "store.before-write"),
    ("research-serve", "store.after-write"),
    ("research-serve", "rpc.before-reply#2"),
    ("research-serve", "subscriber.before-effect#2"),
    ("research-serve", "subscriber.after-effect#2"),
    ("research-relay", "relay.after-publish#3"),
    ("research-relay", "relay.after-confirm"),
    ("research-relay", "relay.after-pull"),
    ("notify-serve", "subscriber.before-effect#12"),
    ("notify-serve", "subscriber.after-effect#12"),
    ("notify-relay", "relay.after-publish#3"),
    ("notify-relay", "relay.after-confirm"),
    ("notify-worker", "mail.before-smtp#3"),
    ("notify-worker", "mail.after-smtp#3"),
    ("notify-worker", "store.after-write#3"),
]
Undisturbed = dict[str, Any]


@pytest.fixture(scope="module")
def undisturbed() -> dict[str, Undisturbed]:
    """Filled by the first test that needs it: the fixtures that it takes are made per test."""
    return {}


@pytest.fixture
def played(
    make_installation: MakeInstallation, processes_of: Callable[[Installation], Processes]
) -> Callable[..., dict[str, Any]]:
    """Plays the main job in an installation of its own until all has settled; returns the final state."""

    def play(dies: str = "", crash: dict[str, str] | None = None) -> dict[str, Any]:
        with playing(processes_of(make_installation()), crash, dies) as run:
            run.job.play()
            eventually(lambda: _nothing(run.unfinished()), timeout=SETTLED)
            return run.state()

    return play


@pytest.mark.timeout(400)
@pytest.mark.parametrize(("process", "place"), PROCESSES_AND_PLACES)
def test_the_final_state_is_the_same_as_if_nobody_had_died(
    process: str,
    place: str,
    played: Callable[..., dict[str, Any]],
    undisturbed: dict[str, Undisturbed],
    tmp_path: Path,
) -> None:
    if not undisturbed:
        undisturbed |= played()
    after = played(process, crash_at(place, tmp_path))
    assert (tmp_path / "died").exists(), f"{process} never came to {place}"
    differing = differences(after, undisturbed)
    assert not differing, "\n".join(line[:300] for line in differing[:10])


def _nothing(unfinished: list[str]) -> Finding[list[str]]:
    return Finding(unfinished, not unfinished, "nothing under way")
