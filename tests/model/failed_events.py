"""The retry worker, and the operator who deploys a fix and replays dead letters."""

from collections.abc import Iterator
from typing import Any

from tests.model.explorer import Model, Step
from tests.model.guards import Guard
from tests.model.subscriber import RAISING, Failed, Handling, Trial, succeeds, with_effect, with_one, without_one

MOST_ATTEMPTS = 2


def worker_steps(model: Model[Any], state: Handling) -> Iterator[Step[Handling]]:
    """One worker; that two do no harm is shown by the model of retries."""
    if state.trial is None:
        for failed in state.failed:
            if not failed.dead:
                yield Step(f"worker: takes up {failed.id}", state._replace(trial=Trial(failed)))
        return
    yield Step("crash of the worker", state._replace(trial=None), fault=True)
    yield _try(model, state, state.trial)


def _try(model: Model[Any], state: Handling, trial: Trial) -> Step[Handling]:
    failed = trial.failed
    rest = state._replace(trial=None, failed=tuple(other for other in state.failed if other.id != failed.id))
    if trial.had_effect:
        return Step(f"worker: strikes {failed.id} off", rest)
    if succeeds(state, failed.event):
        tried = state._replace(trial=trial._replace(had_effect=True))
        after = with_effect(model, tried, failed.event, failed.event_id)
        return Step(f"worker: has the effect of {failed.id}", after)
    attempts = failed.attempts + 1
    again = failed._replace(attempts=attempts, dead=attempts >= MOST_ATTEMPTS)
    return Step(f"worker: fails at {failed.id}", rest._replace(failed=with_one(rest.failed, again)))


def operator_steps(model: Model[Any], state: Handling) -> Iterator[Step[Handling]]:
    """Fix and replay, in any order and as often as they like."""
    if not state.fixed:
        yield Step("operator: deploys the fix", state._replace(fixed=True))
    for failed in state.failed:
        if failed.dead and failed.event == RAISING:
            yield Step(f"operator: replays {failed.id}", state._replace(failed=_replayed(model, state, failed)))


def _replayed(model: Model[Any], state: Handling, failed: Failed) -> tuple[Failed, ...]:
    if model.has(Guard.REPLAY_KEEPS_ID):
        return with_one(without_one(state.failed, failed), failed._replace(attempts=0, dead=False))
    copy = Failed(f"{failed.event} again", failed.event, f"{failed.event} again")
    return state.failed if copy in state.failed else with_one(state.failed, copy)
