"""Decided documents in memory: `chassis.kernel.documents.Documents` without a database."""

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from typing import Any, Generic, TypeVar

from chassis.kernel.context import Context
from chassis.kernel.decision import Decision, Receipt
from chassis.kernel.documents import HistoryLine, HoldTaken, Loaded, Past, Recorded, Transaction
from chassis.kernel.errors import DeadlineExceeded, Unknown, WriteConflict
from tests.fakes.memory import Memory

State = TypeVar("State")
Result = TypeVar("Result")

ANSWERS_KEPT = 50


@dataclass(frozen=True)
class Kept(Generic[State]):
    """A document as it stands. `told` are the domain events that were decided on it, oldest first.

    `states` are those that its history led to, line by line.
    """

    version: int
    state: State
    holds: frozenset[str]
    history: tuple[HistoryLine, ...]
    applied: tuple[tuple[str, Receipt], ...]
    told: tuple[Any, ...]
    states: tuple[State, ...] = ()


def _nothing(_: Any) -> Sequence[str]:
    return ()


class InMemoryDocuments(Generic[State]):
    """One kind of document on a shelf of `memory`. `word` and `holds` are as in `chassis.store.Shape`.

    `beside`: kinds that are kept in the same collection, so that nothing is held twice among them all.
    """

    def __init__(
        self,
        memory: Memory,
        kind: str,
        word: Callable[[State], str],
        holds: Callable[[State], Sequence[str]] = _nothing,
        beside: Sequence[str] = (),
    ) -> None:
        self.memory, self.kind = memory, kind
        self._shelves = (kind, *beside)
        self._word, self._holds = word, holds

    @property
    def kept(self) -> dict[str, Kept[State]]:
        """Every document by its id, in the order in which they were made."""
        return self.memory.shelf(self.kind)

    @property
    def told(self) -> list[Any]:
        """Every domain event that was decided, document by document."""
        return [event for document in self.kept.values() for event in document.told]

    def load(self, document_id: str) -> Loaded[State]:
        document = self._get(document_id)
        return Loaded(document_id, document.version, document.state, dict(document.applied))

    def named(self, ids: Iterable[str]) -> dict[str, State]:
        return {each: self.kept[each].state for each in ids if each in self.kept}

    def recorded(self, document_id: str) -> Recorded[State]:
        document = self._get(document_id)
        return Recorded(document_id, document.version, document.state, document.history)

    def as_of(self, ids: Iterable[str], moment: datetime) -> dict[str, Past[State]]:
        pasts = {each: _past(each, self.kept[each], moment) for each in ids if each in self.kept}
        return {each: past for each, past in pasts.items() if past}

    def made(self, document_id: str, context: Context) -> Receipt | None:
        return self.load(document_id).answered(context) if document_id in self.kept else None

    def add(
        self,
        document_id: str,
        decision: Decision[State],
        context: Context,
        within: Transaction | None = None,
    ) -> Receipt:
        with self.memory.lock:
            _must_be_in_time(context)
            if document_id in self.kept and within is not None:
                raise WriteConflict(id=document_id)
            if document_id in self.kept:
                return self._first_answer(document_id, context)
            return self._put(document_id, decision, context, None)

    def save(
        self,
        loaded: Loaded[State],
        decision: Decision[State],
        context: Context,
        within: Transaction | None = None,  # noqa: ARG002 (whoever has begun one holds the lock)
    ) -> Receipt:
        with self.memory.lock:
            _must_be_in_time(context)
            before = self.kept.get(loaded.id)
            if before is None or before.version != loaded.version:
                raise WriteConflict(id=loaded.id, version=loaded.version)
            return self._put(loaded.id, decision, context, before)

    def saving(
        self, loaded: Loaded[State], decision: Decision[State], context: Context
    ) -> Callable[[Transaction | None], Receipt]:
        return lambda within: self.save(loaded, decision, context, within)

    def atomically(self, body: Callable[[Transaction], Result]) -> Result:
        return self.memory.atomically(body)

    def _get(self, document_id: str) -> Kept[State]:
        if document_id not in self.kept:
            raise Unknown(kind=self.kind, id=document_id)
        return self.kept[document_id]

    def _first_answer(self, document_id: str, context: Context) -> Receipt:
        receipt = self.load(document_id).answered(context)
        if receipt is None:
            raise WriteConflict(id=document_id)
        return receipt

    def _put(
        self, document_id: str, decision: Decision[State], context: Context, before: Kept[State] | None
    ) -> Receipt:
        version = before.version + 1 if before else 1
        holds = frozenset(self._holds(decision.state))
        self._must_be_free(document_id, holds)
        receipt = Receipt(document_id, version, self._word(decision.state))
        why = decision.what, decision.why
        line = HistoryLine(context.now, context.actor.person, *why, version, receipt.state, decision.on_behalf_of)
        self.kept[document_id] = Kept(
            version,
            decision.state,
            holds,
            (*(before.history if before else ()), line),
            (*(before.applied if before else ()), (context.command_id, receipt))[-ANSWERS_KEPT:],
            (*(before.told if before else ()), *decision.events),
            (*(before.states if before else ()), decision.state),
        )
        return receipt

    def _must_be_free(self, document_id: str, holds: frozenset[str]) -> None:
        for other, document in chain.from_iterable(self.memory.shelf(kind).items() for kind in self._shelves):
            if other != document_id and (taken := holds & document.holds):
                raise HoldTaken(key=min(taken))


def _past(document_id: str, kept: Kept[State], moment: datetime) -> Past[State] | None:
    until = len(kept.history)
    while until and kept.history[until - 1].at > moment:
        until -= 1
    if not until:
        return None
    return Past(document_id, kept.history[until - 1].version, kept.states[until - 1], kept.history[:until])


def _must_be_in_time(context: Context) -> None:
    if context.deadline is not None and time.time() > context.deadline:
        raise DeadlineExceeded(command=context.command_id)
