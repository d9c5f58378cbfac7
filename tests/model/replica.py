"""The replica set under a document: what is written is known to the primary first, then to the majority."""

from collections.abc import Iterator
from typing import NamedTuple

from tests.model.explorer import Model, Step
from tests.model.guards import Guard
from tests.model.invariants import Invariant


class Replica(NamedTuple):
    """One decision with its one event; `attempts` counts the caller's repeats under one command id."""

    primary: bool = False
    majority: bool = False
    answered: bool = False
    told: bool = False  # the relay published the event
    given_up: bool = False


class DecisionOnAReplicaSet(Model[Replica]):
    """A primary may fail before the majority has its last write: that write is then rolled back."""

    def initial(self) -> Replica:
        return Replica()

    def steps(self, state: Replica) -> Iterator[Step[Replica]]:
        if not state.primary and not state.answered and not state.given_up:
            yield Step("service: writes the decision", state._replace(primary=True))
            yield Step("caller: gives up without an answer", state._replace(given_up=True))
        if state.primary and not state.majority:
            yield Step("replica set: the majority has the write", state._replace(majority=True))
            yield Step("the primary fails and its write is rolled back", state._replace(primary=False), fault=True)
        if state.primary and (state.majority or not self.has(Guard.MAJORITY_WRITE)):
            yield Step("service: answers", state._replace(answered=True))
        if state.primary and (state.majority or not self.has(Guard.MAJORITY_READ)):
            yield Step("relay: publishes the event", state._replace(told=True))

    def broken(self, state: Replica) -> Iterator[Invariant]:
        if state.answered and not state.primary:
            yield Invariant.NOTHING_LOST
        if state.told and not state.primary:
            yield Invariant.TOLD_ONLY_DECIDED

    def good(self, state: Replica) -> bool:
        return (state.majority and state.told and state.answered) or state.given_up
