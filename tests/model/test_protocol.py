"""The protocol keeps its promises, and each of its guards is there for a reason."""

from typing import Any

import pytest

from tests.model.catalogue import MODELS, REMOVALS
from tests.model.explorer import Model, explore
from tests.model.guards import Guard
from tests.model.invariants import Invariant
from tests.model.pipeline import FromDecisionToEffect
from tests.model.suspects import PoisonAmongGoodMessages
from tests.model.table import counterexample
from tests.model.trace import readable

ON_THE_WHOLE_WAY = {
    Guard.OUTBOX_WITH_STATE: Invariant.NOTHING_LOST,
    Guard.PULL_AFTER_CONFIRM: Invariant.NOTHING_LOST,
    Guard.NACK_IS_NO_CONFIRM: Invariant.NOTHING_LOST,
    Guard.RESEND_UNKNOWN: Invariant.NO_DEAD_END,
    Guard.EFFECT_ID_FROM_EVENT: Invariant.NO_EFFECT_TWICE,
    Guard.ACKNOWLEDGE_AFTER_EFFECT: Invariant.NOTHING_LOST,
    Guard.STORE_FAILED_BEFORE_ACK: Invariant.NOTHING_LOST,
}


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_with_every_guard_every_promise_holds_in_every_state(model: type[Model[Any]]) -> None:
    found = explore(model())
    assert found.counterexample is None, readable(found.counterexample)
    assert found.faults, "a model in which nothing goes wrong proves nothing"


@pytest.mark.parametrize("guard", Guard, ids=lambda guard: guard.name)
def test_without_the_guard_a_promise_is_broken(guard: Guard) -> None:
    _, promise = REMOVALS[guard]
    found = counterexample(guard)
    assert found is not None, f"nothing breaks without {guard.name}: is it a guard?"
    assert found.invariant is promise, readable(found)
    assert len(found.trace) > 1
    assert promise.value in readable(found)


@pytest.mark.parametrize(("guard", "promise"), ON_THE_WHOLE_WAY.items(), ids=lambda value: value.name)
def test_what_a_part_shows_the_whole_way_shows_too(guard: Guard, promise: Invariant) -> None:
    found = explore(FromDecisionToEffect(guard)).counterexample
    assert found is not None
    assert found.invariant is promise, readable(found)


def test_two_poisons_are_enough_to_condemn_a_good_message_that_shares_its_process_with_the_main_queue() -> None:
    class WithoutOtherCrashes(PoisonAmongGoodMessages):
        crashes = accidents = 0

    assert explore(WithoutOtherCrashes()).counterexample is None
    found = explore(WithoutOtherCrashes(Guard.SUSPECTS_APART)).counterexample
    assert found is not None
    assert found.invariant is Invariant.GOOD_IS_NOT_DEAD


def test_crashes_that_a_suspect_did_not_cause_never_condemn_it() -> None:
    class OftenUnlucky(PoisonAmongGoodMessages):
        crashes, accidents = 3, 0

    assert explore(OftenUnlucky()).counterexample is None


def test_a_trial_cannot_tell_two_accidents_of_its_own_from_a_poison() -> None:
    """The limit that docs/protocol.md owns up to: should this ever pass, the page is to say so."""

    class UnluckyTwice(PoisonAmongGoodMessages):
        accidents = 2

    found = explore(UnluckyTwice()).counterexample
    assert found is not None
    assert found.invariant is Invariant.GOOD_IS_NOT_DEAD


def test_no_guard_is_forgotten() -> None:
    assert set(REMOVALS) == set(Guard)
    assert {model for model, _ in REMOVALS.values()} <= set(MODELS)


def test_no_promise_holds_for_want_of_a_test() -> None:
    assert {promise for _, promise in REMOVALS.values()} == set(Invariant)
